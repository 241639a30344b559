"""Pages that are open while their session is ended elsewhere go to the door by themselves."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import ended_since
from cchc_app.states.clock import server_now
from cchc_app.states.rooms import session_rooms

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# A transaction may be committed a little after the instant it wrote down.
OVERLAP = timedelta(seconds=10)


async def send_signed_out_people_on() -> None:
    """Look for sessions that have just ended, for as long as the server runs.

    One query a second per process on an index of ended sessions, however many people are connected, and nothing while
    nobody is signed in; a query per tab would cost as much as all answers, a message between processes a broker.
    """
    told: set[str] = set()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if not session_rooms.open():
            continue
        try:
            told = await tell(told, since=server_now() - OVERLAP)
        except SQLAlchemyError:
            log.warning("signed-out pages wait: the database does not answer")


async def tell(told: set[str], *, since: datetime) -> set[str]:
    """Send the tabs of sessions ended since an instant to the door.

    Args:
        told: sessions that were ended earlier; their tabs have been sent on.
        since: how far to look back.

    Returns:
        What is `told` the next time.
    """
    ended = await in_thread(ended_since, get_database(), since)
    for hashed in (ended - told) & session_rooms.open():
        await session_rooms.send_on(hashed, routes.sign_in_refused(ErrorCode.SESSION_ENDED))
    return ended
