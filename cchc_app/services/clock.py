"""The server's clock, the only one that counts: one for all nodes, also when somebody sets the clock of one of them.

With PostgreSQL it is the database's: asked for every few seconds, counted on in between by a clock nobody sets. With
SQLite all processes are on one machine and read its clock.
"""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from cchc_app.data.clock import database_clock
from cchc_app.data.engine import Database, get_database
from cchc_app.services.runner import in_thread

log = logging.getLogger(__name__)

ASK_SECONDS = 10.0
# An answer that took longer says too little about now.
SLOW_SECONDS = 0.5
TELL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """The database's time at an instant of this process's steady clock."""

    at: datetime
    steady: float

    def now(self) -> datetime:
        """Counted on from there."""
        return self.at + timedelta(seconds=time.monotonic() - self.steady)


_anchor: Anchor | None = None


def server_now() -> datetime:
    """Now, in UTC, cut to the millisecond."""
    now = datetime.now(UTC) if _anchor is None else _anchor.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def measure(db: Database) -> tuple[Anchor, float] | None:
    """Ask the database for its time: what it said, at the middle of the question, and how long it took in seconds."""
    began = time.monotonic()
    told = database_clock(db)
    took = time.monotonic() - began
    return None if told is None else (Anchor(told, began + took / 2), took)


def follow(anchor: Anchor | None) -> None:
    """Count on from what the database said; None: read this machine's clock."""
    global _anchor
    _anchor = anchor


async def keep_time() -> None:
    """Follow the database's clock for as long as the server runs."""
    told = False
    while True:
        try:
            measured = await in_thread(measure, get_database())
        except SQLAlchemyError:
            measured = None  # counted on from what is known
        if measured is not None and (_anchor is None or measured[1] <= SLOW_SECONDS):
            follow(measured[0])
            told = _tell_difference(told)
        await asyncio.sleep(ASK_SECONDS)


def _tell_difference(told: bool) -> bool:
    """Say once that this machine's clock is not the database's; whether it was said."""
    difference = (datetime.now(UTC) - server_now()).total_seconds()
    if abs(difference) < TELL_SECONDS:
        return False
    if not told:
        log.warning("this machine's clock is %.0f s off the database's, which is followed", difference)
    return True
