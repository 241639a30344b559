"""Open pages of people who have ceased to write for a unit stop taking text by themselves, and say why."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services.representatives import dismissed_since
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.states.slogan import SloganState, writer_rooms
from cchc_app.texts import message

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# A transaction may be committed a little after the instant it wrote down.
OVERLAP = timedelta(seconds=10)
SUFFIX = "_rx_state_"


async def stop_dismissed_writers() -> None:
    """Look for terms that have just ended, while somebody writes, for as long as the server runs."""
    told: set[int] = set()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if not writer_rooms.any_open():
            continue
        try:
            told = await tell(told, since=server_now() - OVERLAP)
        except SQLAlchemyError:
            log.warning("pages of dismissed representatives wait: the database does not answer")


async def tell(told: set[int], *, since: datetime) -> set[int]:
    """Stop the open pages of terms ended since an instant; their next event would be refused anyway.

    Args:
        told: people who were told earlier.
        since: how far to look back.

    Returns:
        What is `told` the next time.
    """
    ended = await in_thread(dismissed_since, get_database(), since)
    code = ErrorCode.NOT_REPRESENTATIVE
    values = {"may_write": False, "panel": "", "notice": message(code), "notice_code": code.value}
    delta = {SloganState.get_full_name(): {f"{name}{SUFFIX}": value for name, value in values.items()}}
    for person in ended - told:
        await writer_rooms.send(str(person), delta)
    return ended
