"""What happens when a handler fails for a reason nobody expected: a log for us, a sentence with its code for people."""

import logging
import traceback
from pathlib import Path
from typing import cast

from reflex.event import EventSpec
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from cchc_app.contest.errors import ErrorCode
from cchc_app.states.frame import FrameState

OWN_CODE = str(Path(__file__).parents[1])
log = logging.getLogger(__name__)


def on_failure(exception: Exception) -> EventSpec | None:
    """The framework's backend exception handler; `exception` is what the handler raised."""
    if isinstance(exception, DBAPIError | PoolTimeoutError):
        log.warning("a handler found no database: %s", type(exception).__name__)
        return _say(ErrorCode.DATABASE_UNREACHABLE)
    if not _reached_our_code(exception):
        # Wrong argument names or types: no page of ours sends them.
        log.warning("an event did not fit its handler: %s", type(exception).__name__)
        return _say(ErrorCode.BAD_REQUEST)
    log.error("a handler failed", exc_info=exception)
    return _say(ErrorCode.SERVER_ERROR)


def _reached_our_code(exception: Exception) -> bool:
    return any(frame.filename.startswith(OWN_CODE) for frame in traceback.extract_tb(exception.__traceback__))


def _say(code: ErrorCode) -> EventSpec:
    return cast(EventSpec, FrameState.fail(code.value))
