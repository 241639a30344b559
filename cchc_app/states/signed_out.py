"""Pages that are open while their session is ended elsewhere go to their door by themselves."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database, get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import ended_since
from cchc_app.services.staff_sessions import staff_ended_since
from cchc_app.states.clock import server_now
from cchc_app.states.rooms import Rooms, session_rooms, staff_rooms

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# A transaction may be committed a little after the instant it wrote down.
OVERLAP = timedelta(seconds=10)


@dataclass(frozen=True)
class Door:
    """One kind of session.

    Args:
        rooms: Its open tabs, by the hash of the session's token.
        ended: Token hashes of its sessions that ended from an instant on.
        path: Where the tabs of an ended one go.
    """

    rooms: Rooms
    ended: Callable[[Database, datetime], set[str]]
    path: str


PARTICIPANTS = Door(session_rooms, ended_since, routes.sign_in_refused(ErrorCode.SESSION_ENDED))
STAFF = Door(staff_rooms, staff_ended_since, routes.staff_sign_in_refused(ErrorCode.SESSION_ENDED))


async def send_signed_out_people_on(door: Door) -> None:
    """Look for sessions that have just ended, for as long as the server runs.

    One query a second per process on an index of ended sessions, however many people are connected, and nothing while
    nobody is signed in; a query per tab would cost as much as all answers, a message between processes a broker.
    """
    told: set[str] = set()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if not door.rooms.any_open():
            continue
        try:
            told = await tell(door, told, since=server_now() - OVERLAP)
        except SQLAlchemyError:
            log.warning("signed-out pages wait: the database does not answer")


async def send_signed_out_participants_on() -> None:
    """Watch the participants' sessions."""
    await send_signed_out_people_on(PARTICIPANTS)


async def send_signed_out_staff_on() -> None:
    """Watch the staff's sessions."""
    await send_signed_out_people_on(STAFF)


async def tell(door: Door, told: set[str], *, since: datetime) -> set[str]:
    """Send the tabs of sessions ended since an instant to their door.

    Args:
        door: Which kind of sessions.
        told: sessions that were ended earlier; their tabs have been sent on.
        since: how far to look back.

    Returns:
        What is `told` the next time.
    """
    ended = await in_thread(door.ended, get_database(), since)
    for hashed in door.rooms.somebody_in(ended - told):
        await door.rooms.send_on(hashed, door.path)
    return ended
