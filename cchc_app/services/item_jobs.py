"""The long part of the item analysis: one computation at a time per process, in a thread, kept until papers are added.

A period's sums change only when one of its papers is finished, so a closed period is added up once. While a period is
open its last sums are shown, with when they were made, until somebody asks for newer ones.
"""

import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from cchc_app.contest.item_analysis import ItemAnalysis, ItemFlag, analyse
from cchc_app.data import item_analysis as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database, get_database
from cchc_app.data.item_analysis import ItemText, VersionSums
from cchc_app.services.own_core import work_anywhere

log = logging.getLogger(__name__)

# Sums of an open period are good enough for so long, however many papers were finished meanwhile.
FRESH = timedelta(minutes=1)
MOST_KEPT = 32  # sets of figures


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """One period added up: from how many finished papers, when."""

    papers: int
    at: datetime
    versions: Mapping[int, VersionSums]


@dataclass(frozen=True, slots=True)
class AnalysedItem:
    """One question version with its figures."""

    text: ItemText
    analysis: ItemAnalysis


class ItemJobs:
    """One process's sums by period row. Shared by threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._sums: dict[int, PeriodSums] = {}
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="item-analysis", initializer=work_anywhere)
        self._running: Future[None] | None = None
        self._percent = 0
        self._analyses: dict[tuple[tuple[int, datetime], ...], Mapping[int, ItemAnalysis]] = {}

    def stale(self, period_ids: tuple[int, ...], *, now: datetime) -> list[int]:
        """Periods whose sums are missing, or older than their papers and than FRESH."""
        with self._db.read() as session:
            papers = rows.finished_papers(session, period_ids)
        known = {period_id: self._sums.get(period_id) for period_id in period_ids}
        return [
            period_id
            for period_id, sums in known.items()
            if sums is None or (sums.papers != papers[period_id] and now - sums.at >= FRESH)
        ]

    def start(self, period_ids: tuple[int, ...], *, now: datetime) -> Future[None] | None:
        """Compute what is stale, unless something is being computed already; None when nothing is stale.

        Returns:
            The computation that runs now, this one or an earlier one.
        """
        stale = self.stale(period_ids, now=now)
        with self._lock:
            if self._running is not None and not self._running.done():
                return self._running
            if not stale:
                return None
            self._percent = 0
            self._running = self._worker.submit(self._compute, stale, now)
            return self._running

    def progress(self) -> int | None:
        """How far the computation is, in percent; None when none runs."""
        running = self._running
        return None if running is None or running.done() else self._percent

    def failed(self) -> bool:
        """Whether the last computation failed; another one may be begun."""
        running = self._running
        return running is not None and running.done() and running.exception() is not None

    def known(self, period_ids: tuple[int, ...]) -> Mapping[int, PeriodSums]:
        """The sums there are, by period row."""
        return {period_id: self._sums[period_id] for period_id in period_ids if period_id in self._sums}

    def analyses(self, known: Mapping[int, PeriodSums], texts: Mapping[int, ItemText]) -> Mapping[int, ItemAnalysis]:
        """The figures of every question version of these periods together, by version; computed once.

        Args:
            known: As `known` gave them.
            texts: Of every version in them.
        """
        key = tuple(sorted((period_id, sums.at) for period_id, sums in known.items()))
        found = self._analyses.get(key)
        if found is None:
            papers = sum(one.papers for one in known.values())
            found = {version: _analyse(sums, texts[version], papers) for version, sums in _by_version(known).items()}
            if len(self._analyses) >= MOST_KEPT:
                self._analyses.clear()
            self._analyses[key] = found
        return found

    def _compute(self, period_ids: list[int], now: datetime) -> None:
        try:
            self._add_up(period_ids, now)
        except Exception:
            log.exception("the item analysis could not be computed")
            raise

    def _add_up(self, period_ids: list[int], now: datetime) -> None:
        for done, period_id in enumerate(period_ids):

            def tell(share: float, done: int = done) -> None:
                self._percent = int(100 * (done + share) / len(period_ids))

            with self._db.look() as connection:
                versions = rows.add_up(connection, period_id=period_id, progress=tell)
            self._sums[period_id] = PeriodSums(rows.papers_in(versions), now, versions)


@lru_cache
def get_jobs() -> ItemJobs:
    """The jobs of this process."""
    return ItemJobs(get_database())


def analysed(db: Database, jobs: ItemJobs, known: Mapping[int, PeriodSums]) -> tuple[AnalysedItem, ...]:
    """Every question version that was on a finished paper of these periods, by code and version; one query."""
    with db.read() as session:
        texts = rows.item_texts(session, list(_by_version(known)))
    figures = jobs.analyses(known, texts)
    found = [AnalysedItem(texts[version], figures[version]) for version in figures]
    return tuple(sorted(found, key=lambda item: (item.text.code, item.text.version)))


def flagged(db: Database, jobs: ItemJobs) -> int | None:
    """Questions with something to look at in all that has been added up so far; None before anything was."""
    with db.read() as session:
        known = jobs.known(tuple(contest_in_force(session).period_ids.values()))
    return sum(is_notable(item.analysis) for item in analysed(db, jobs, known)) if known else None


def is_notable(analysis: ItemAnalysis) -> bool:
    """Whether an organiser should look at a question; too few papers is nothing to look at."""
    return any(flag is not ItemFlag.TOO_FEW_PAPERS for flag in analysis.flags)


def _by_version(known: Mapping[int, PeriodSums]) -> dict[int, list[VersionSums]]:
    found: dict[int, list[VersionSums]] = {}
    for period_id in sorted(known):
        for version, sums in known[period_id].versions.items():
            # A version only the times know of belongs to a paper finished while they were read.
            if sums.groups:
                found.setdefault(version, []).append(sums)
    return found


def _analyse(sums: Sequence[VersionSums], text: ItemText, papers: int) -> ItemAnalysis:
    times = sum((Counter(one.times) for one in sums), Counter[int]())
    found = analyse(
        sums=[one for part in sums for one in rows.item_sums(part, option_count=len(text.options))],
        key=text.key,
        times=times,
        all_papers=papers,
    )
    # The histogram is rounded, the sum is not.
    return replace(found, mean_ms=sum(one.spent_ms for one in sums) // times.total() if times else None)
