"""Computing boards takes seconds: it goes on in a thread while pages look at how far it is, leave and come back.

Kept by this process. Another one, or this one after a restart, knows nothing of a job; a check is then made again, and
a result is either frozen or not.
"""

import asyncio
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.services.close_board import Check, CloseWish, check, close
from cchc_app.services.runner import in_thread

KEPT = 20  # jobs that are over

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """A board being computed.

    Attributes:
        number: Names it inside this process.
        board: Which one.
        closes: Whether its end is a frozen result; else it is a check, which every organiser may look at.
        done: People computed so far.
        total: Of how many; 0 before that is known.
        running: Whether it goes on.
        check: What a check found.
        version: What was frozen.
        refusal: Why nothing came of it.
    """

    number: int
    board: int
    closes: bool
    done: int = 0
    total: int = 0
    running: bool = True
    check: Check | None = None
    version: int = 0
    refusal: ContestError | None = None

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.total if self.total else 0

    def progress(self, done: int, total: int) -> None:
        """Told from the thread."""
        self.done, self.total = done, total


class ClosingJobs:
    """The jobs of this process."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = itertools.count(1)

    def find(self, number: int) -> Job | None:
        """A job by its number; None when it is not known (any more)."""
        return self._jobs.get(number)

    def checking(self, board: int) -> Job | None:
        """The check of a board that goes on now."""
        return next((job for job in self._jobs.values() if job.running and job.board == board and not job.closes), None)

    def start_check(self, db: Database, *, actor: str, board: int, now: datetime) -> Job:
        """Check a board, unless somebody does so already."""
        running = self.checking(board)
        if running is not None:
            return running
        job = self._new(board, closes=False)

        def work() -> None:
            job.check = check(db, actor=actor, board=board, now=now, progress=job.progress)

        return self._begin(job, work)

    def start_close(self, db: Database, *, actor: str, wish: CloseWish, now: datetime) -> Job:
        """Close a board as it was checked."""
        job = self._new(wish.board, closes=True)

        def work() -> None:
            job.version = close(db, actor=actor, wish=wish, now=now, progress=job.progress)

        return self._begin(job, work)

    def _new(self, board: int, *, closes: bool) -> Job:
        over = [number for number, job in self._jobs.items() if not job.running]
        for number in over[: max(0, len(over) - KEPT)]:
            del self._jobs[number]
        job = Job(next(self._numbers), board, closes)
        self._jobs[job.number] = job
        return job

    def _begin(self, job: Job, work: Callable[[], Any]) -> Job:
        task = asyncio.create_task(self._run(job, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _run(self, job: Job, work: Callable[[], Any]) -> None:
        try:
            await in_thread(work)
        except ContestError as error:
            job.refusal = error
        except Exception:
            log.exception("a board could not be computed")
            job.refusal = ContestError(ErrorCode.SERVER_ERROR)
        finally:
            job.running = False


@lru_cache
def get_closing_jobs() -> ClosingJobs:
    """The jobs of this process."""
    return ClosingJobs()
