"""What every page's frame shows: names, support, the visit counter. Kept in memory, brought up to date by one task."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from cchc_app.contest.errors import ContestError
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.home import contest_row
from cchc_app.data.visits import VisitSums, add_visits, connected_to_others, say_connected, sums
from cchc_app.texts.formats import local

# A process that said nothing for so long has ended.
GONE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The frame's contents; empty names before the contest is set up."""

    short_title: str
    organiser: str
    support: str
    visits: VisitSums


class Site:
    """One process's share of the visit counter and its copy of the frame's contents.

    A visit is one opened tab. Visits are added to the database every few seconds, as they came.
    """

    def __init__(self) -> None:
        self.facts: SiteFacts | None = None
        # How many browsers are connected to this process; the composition root knows.
        self.connected: Callable[[], int] = lambda: 0
        self._elsewhere = 0
        self._process = secrets.token_hex(8)
        self._pending = 0
        self._lock = threading.Lock()

    def note_visit(self) -> None:
        """Count one visit."""
        with self._lock:
            self._pending += 1

    def online(self) -> int:
        """Browsers connected to all processes: here now, elsewhere as of the last time all was read."""
        return self.connected() + self._elsewhere

    def refresh(self, db: Database, *, now: datetime) -> None:
        """Write the visits that came since the last time and who is connected, then read what the frame shows."""
        today = local(now).date()
        self._write_visits(db, today)
        said = {"process": self._process, "connected": self.connected(), "now": now, "gone_before": now - GONE}
        with db.write() as session:
            say_connected(session, **said)
            self._elsewhere = connected_to_others(session, self._process)
        self.facts = _facts(db, today)

    def _write_visits(self, db: Database, today: date) -> None:
        with self._lock:
            noted, self._pending = self._pending, 0
        if not noted:
            return
        try:
            with db.write() as session:
                add_visits(session, day=today, count=noted)
        except Exception:
            with self._lock:
                self._pending += noted
            raise


def _facts(db: Database, today: date) -> SiteFacts:
    with db.read() as session:
        visits = sums(session, day=today, monday=today - timedelta(days=today.weekday()))
        try:
            row = contest_row(session, contest_in_force(session).contest_id)
        except ContestError:
            return SiteFacts("", "", "", visits)
        return SiteFacts(row.short_title, row.content.get("organiser", ""), row.content.get("support", ""), visits)


@lru_cache
def get_site() -> Site:
    """This process's site."""
    return Site()
