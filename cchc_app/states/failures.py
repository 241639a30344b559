"""What happens when a handler fails for a reason nobody expected: a log for us, a sentence with its code for people."""

import asyncio
import logging
import traceback
from pathlib import Path
from typing import cast

from redis.exceptions import RedisError
from reflex.event import EventSpec
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event.context import EventContext
from reflex_base.utils.exceptions import LockExpiredError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from cchc_app.contest.errors import ErrorCode
from cchc_app.states.frame import FrameState
from cchc_app.texts import message

OWN_CODE = str(Path(__file__).parents[1])
log = logging.getLogger(__name__)
_telling: set[asyncio.Task[None]] = set()


def on_failure(exception: Exception) -> EventSpec | None:
    """The framework's backend exception handler; `exception` is what the handler raised."""
    if isinstance(exception, DBAPIError | PoolTimeoutError):
        log.warning("a handler found no database: %s", type(exception).__name__)
        return _say(ErrorCode.DATABASE_UNREACHABLE)
    if isinstance(exception, RedisError | LockExpiredError):
        log.warning("a handler found no shared state: %s", type(exception).__name__)
        _tell(ErrorCode.DATABASE_UNREACHABLE)
        return None
    if not _reached_our_code(exception):
        # Wrong argument names or types: no page of ours sends them.
        log.warning("an event did not fit its handler: %s", type(exception).__name__)
        return _say(ErrorCode.BAD_REQUEST)
    log.error("a handler failed", exc_info=exception)
    return _say(ErrorCode.SERVER_ERROR)


def _reached_our_code(exception: Exception) -> bool:
    return any(frame.filename.startswith(OWN_CODE) for frame in traceback.extract_tb(exception.__traceback__))


def _tell(code: ErrorCode) -> None:
    """Say it to the tab without an event of its own, which would need the missing state and fail for ever."""
    values = {"trouble": message(code), "trouble_code": code.value}
    delta = {FrameState.get_full_name(): {f"{name}{FIELD_MARKER}": value for name, value in values.items()}}
    task = asyncio.get_running_loop().create_task(EventContext.get().emit_delta(delta))
    _telling.add(task)
    task.add_done_callback(_telling.discard)


def _say(code: ErrorCode) -> EventSpec:
    return cast(EventSpec, FrameState.fail(code.value))
