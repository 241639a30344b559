"""The answer ledger: an answer is acknowledged after its commit, and many waiting answers share one commit."""

import asyncio
import logging
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache

from sqlalchemy.exc import DBAPIError

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.answers import NewAnswer, Outcome, store
from cchc_app.data.engine import Database, get_database
from cchc_app.texts.privacy import VERSION

log = logging.getLogger(__name__)

BATCH_LIMIT = 512
# The first answer is committed at once, those that come within this time of a commit's beginning with the next one.
# With the log written back beside the commits, 400 answers a second took 74 % of a core instead of 88 %.
COMMIT_EVERY_SECONDS = 0.025
# So many share a commit well enough: in a rush nobody waits for more.
ENOUGH = 32
# A database that restarts is back within seconds; storing is idempotent, so waiting and repeating is safe.
RETRY_SECONDS = 20.0
RETRY_PAUSE_SECONDS = 0.25


class AnswerLedger:
    """Group commit for one process. Use from one event loop."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: deque[tuple[NewAnswer, asyncio.Future[Outcome]]] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._next_commit = 0.0  # by the event loop's clock
        self._enough = asyncio.Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer-ledger")

    async def record(self, answer: NewAnswer) -> Outcome:
        """Store one answer durably.

        Returns:
            What the database holds after the commit.

        Raises:
            ContestError: DATABASE_UNREACHABLE when nothing could be committed; the answer may be sent again.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((answer, future))
        if len(self._waiting) >= ENOUGH:
            self._enough.set()
        if self._writer is None or self._writer.done():
            self._writer = loop.create_task(self._write_all())
        return await future

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await self._company(self._next_commit - loop.time())
            self._next_commit = loop.time() + COMMIT_EVERY_SECONDS
            batch = [self._waiting.popleft() for _ in range(min(BATCH_LIMIT, len(self._waiting)))]
            try:
                outcomes = await loop.run_in_executor(self._thread, self._commit, [answer for answer, _ in batch])
            except Exception:
                log.exception("answers not stored", extra={"count": len(batch)})
                for _, future in batch:
                    if not future.done():
                        future.set_exception(ContestError(ErrorCode.DATABASE_UNREACHABLE))
                continue
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                if not future.done():
                    future.set_result(outcome)

    async def _company(self, seconds: float) -> None:
        """Wait so long, or until enough answers wait."""
        if seconds <= 0 or len(self._waiting) >= ENOUGH:
            return
        self._enough.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._enough.wait()

    def _commit(self, answers: list[NewAnswer]) -> list[Outcome]:
        give_up = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                with self._db.connection() as connection:
                    outcomes = store(connection, answers, notice=VERSION)
                return outcomes  # only here, after the commit at the end of the block
            except DBAPIError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(RETRY_PAUSE_SECONDS)

    def close(self) -> None:
        """Stop the writer thread after what it is doing."""
        self._thread.shutdown(wait=True)


@lru_cache
def get_ledger() -> AnswerLedger:
    """The ledger of this process."""
    return AnswerLedger(get_database())
