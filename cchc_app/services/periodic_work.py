"""Work without anybody's tap: once across the fleet, whichever process does it."""

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from cchc_app.data.engine import Database, get_database
from cchc_app.services.clock import server_now
from cchc_app.services.leases import LENGTH, give_back_lease, renew_lease, take_lease
from cchc_app.services.live_boards import board_changed
from cchc_app.services.retention import retire
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import purge
from cchc_app.services.standings import settle_predictions
from cchc_app.services.take_quiz import sweep
from cchc_app.settings import get_settings

log = logging.getLogger(__name__)

RENEWALS = 3  # in the length of a lease


@dataclass(frozen=True)
class PeriodicWork:
    """One piece of work.

    Args:
        name: Of its row.
        every: From one turn to the next.
        look: How often a process asks whether it is its turn, seconds.
        do: Does it; blocking, and doing it twice does no more.
        length: How long after its death a process still counts as the holder.
    """

    name: str
    every: timedelta
    look: float
    do: Callable[[Database, datetime], None]
    length: timedelta = LENGTH


def close_papers(db: Database, now: datetime) -> None:
    """Close papers at their deadline and settle what then is complete."""
    closed, settled = sweep(db, now=now), settle_predictions(db, now=now)
    if closed or settled:
        board_changed()


def keep_house(db: Database, now: datetime) -> None:
    """Delete sessions that are over, anonymise people whose time is over."""
    purge(db, now=now)
    retire(db, days=get_settings().retention_days, now=now)


PAPERS = PeriodicWork("papers", timedelta(seconds=2), 2, close_papers)
HOUSE = PeriodicWork("house", timedelta(hours=1), 60, keep_house)
WORK = (PAPERS, HOUSE)


async def do_periodic_work() -> None:
    """Take this process's turns at all of it, for as long as the server runs."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    await asyncio.gather(*(take_turns(work, get_database(), holder=holder, clock=server_now) for work in WORK))


async def take_turns(work: PeriodicWork, db: Database, *, holder: str, clock: Callable[[], datetime]) -> None:
    """Do a piece of work whenever it is due and nobody else's turn, until cancelled."""
    while True:
        try:
            await take_turn(work, db, holder=holder, clock=clock)
        except SQLAlchemyError:
            log.warning("%s: the database does not answer", work.name)
        except Exception:
            log.exception("%s failed", work.name)
        await asyncio.sleep(work.look)


async def take_turn(work: PeriodicWork, db: Database, *, holder: str, clock: Callable[[], datetime]) -> bool:
    """Do it once if it is this process's turn; whether it was."""
    asked = {"holder": holder, "length": work.length}
    if not await in_thread(take_lease, db, work.name, every=work.every, now=clock(), **asked):
        return False
    began, renewing = clock(), asyncio.create_task(_renew(work, db, holder=holder, clock=clock))
    due_at: datetime | None = began  # what failed is tried again by whoever asks first
    try:
        await in_thread(work.do, db, began)
        due_at = began + work.every
    except asyncio.CancelledError:
        due_at = None  # the thread goes on to its end: the lease has to run out by itself
        raise
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        if due_at is not None:
            await in_thread(give_back_lease, db, work.name, holder=holder, due_at=due_at, now=clock())
    return True


async def _renew(work: PeriodicWork, db: Database, *, holder: str, clock: Callable[[], datetime]) -> None:
    while True:
        await asyncio.sleep(work.length.total_seconds() / RENEWALS)
        with suppress(SQLAlchemyError):
            if not await in_thread(renew_lease, db, work.name, holder=holder, now=clock(), length=work.length):
                log.warning("%s: another process has taken over", work.name)
                return
