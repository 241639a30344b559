"""The overview of this moment for everybody who watches it: read once per process, at most every few seconds."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from functools import lru_cache

from cchc_app.contest.access import Permission
from cchc_app.data.engine import Database, get_database
from cchc_app.services.item_jobs import flagged, get_jobs
from cchc_app.services.overview import Overview, PastDays, overview
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import who_still_may

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)


class OverviewFeed:
    """One process's newest figures. Shared by threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._newest: Overview | None = None
        self._past = PastDays()
        self._lock = threading.Lock()

    def newest(self, *, now: datetime) -> Overview:
        """Figures not older than EVERY; whoever asks while they are being read gets the same ones.

        Raises:
            ContestError: CONTEST_MISSING.
        """
        with self._lock:
            known = self._newest
            if known is None or not timedelta() <= now - known.at < EVERY:
                count = flagged(self._db, get_jobs())
                known = self._newest = overview(self._db, flagged=count, now=now, past=self._past)
            return known

    def allowed(self, sessions: Collection[str], *, now: datetime) -> set[str]:
        """Which of these sessions may still see the figures: asked each time, a session may have ended since."""
        return who_still_may(self._db, token_hashes=sessions, permission=Permission.READ_CONTEST, now=now)


async def publish(
    feed: OverviewFeed,
    *,
    clock: Callable[[], datetime],
    watched: Callable[[], Collection[str]],
    send: Callable[[Overview, Collection[str]], Awaitable[None]],
) -> None:
    """Send new figures to everybody who watches, every EVERY, until cancelled; nothing is read while nobody does.

    Args:
        feed: Where figures are read.
        clock: Now, in UTC.
        watched: Token hashes of the staff's sessions that look at the overview in this process.
        send: Hands one message to the tabs of these sessions.
    """
    lost = False
    while True:
        await asyncio.sleep(EVERY.total_seconds())
        sessions = watched()
        if not sessions:
            continue
        try:
            allowed = await in_thread(feed.allowed, sessions, now=clock())
            if allowed:
                await send(await in_thread(feed.newest, now=clock()), allowed)
            lost = False
        except Exception:
            # Whatever it was, it must not end the figures of the day; told once until it is over.
            if not lost:
                log.exception("the overview waits: it could not be read or sent")
            lost = True


@lru_cache
def get_feed() -> OverviewFeed:
    """The feed of this process."""
    return OverviewFeed(get_database())
