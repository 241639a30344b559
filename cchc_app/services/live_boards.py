"""Live boards: what changed is read once, however many people watch, and handed on as one message per board."""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cchc_app.data.engine import Database, get_database
from cchc_app.services import standings
from cchc_app.services.runner import in_thread
from cchc_app.services.standings import Board, BoardStamp

log = logging.getLogger(__name__)

TOP_ROWS = 100
# A quarter of a second of sleep is simpler than waking an event loop from a thread, and nobody sees the difference.
TICK_SECONDS = 0.25
PUBLISH_SECONDS = 1.0

_changed = threading.Event()
# What other processes have not been told yet (services/board_news.py); without Redis nobody asks.
untold_change = threading.Event()


def board_changed() -> None:
    """Say that a paper has been closed by this process. Cheap, from any thread.

    Other processes learn it from Redis, or else by the version, which each looks at once a second.
    """
    _changed.set()
    untold_change.set()


def heard_of_change() -> None:
    """Say that another process has closed a paper."""
    _changed.set()


@dataclass(frozen=True, slots=True)
class News:
    """A board that differs from what its watchers have.

    Args:
        board: Its first TOP_ROWS lines.
        fresh: Keys of the lines that are new or whose figures changed; empty when it is not known.
    """

    board: Board
    fresh: frozenset[str]


class BoardFeed:
    """One process's newest copy of the top of every board. Shared by threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._newest: dict[int, tuple[BoardStamp, Board]] = {}
        self._lock = threading.Lock()

    def top(self, number: int, *, now: datetime) -> Board:
        """The first lines of a board, read again only when a board has changed; never older than a copy given before.

        Raises:
            ContestError: as `services.standings.board`.
        """
        # The stamp first: what is read afterwards is at least as new.
        stamp = standings.board_stamp(self._db, period_number=number, now=now)
        known = self._newest.get(number)
        if known is None or known[0] != stamp:
            board = standings.board(self._db, period_number=number, now=now, limit=TOP_ROWS)
            known = self._keep(number, stamp, board)
        return known[1]

    def news(self, watched: Collection[int], *, had: Mapping[int, Board], now: datetime) -> list[News]:
        """The watched boards that differ from `had`: so many queries as boards, whoever watches.

        A withheld board never differs from itself: neither its messages nor their times tell how many took part.
        """
        tops = [self.top(number, now=now) for number in watched]
        return [News(top, _fresh(had.get(top.number), top)) for top in tops if had.get(top.number) != top]

    def _keep(self, number: int, stamp: BoardStamp, board: Board) -> tuple[BoardStamp, Board]:
        with self._lock:
            known = self._newest.get(number)
            if known is None or known[0].version <= stamp.version:
                known = self._newest[number] = (stamp, board)
            return known


def _fresh(before: Board | None, after: Board) -> frozenset[str]:
    """Lines that are not as they were, wherever they stood. Of a board seen for the first time none is known to be."""
    if before is None or before.size is None:
        return frozenset()
    figures = {row.key: (row.points, row.time_used_ms) for row in before.rows}
    return frozenset(row.key for row in after.rows if figures.get(row.key) != (row.points, row.time_used_ms))


async def publish(
    feed: BoardFeed,
    *,
    clock: Callable[[], datetime],
    watched: Callable[[], Collection[int]],
    send: Callable[[News], Awaitable[None]],
) -> None:
    """Send every watched board when it has changed, at most once a second, until cancelled.

    Args:
        feed: Where boards are read.
        clock: Now, in UTC.
        watched: Numbers of the boards somebody looks at in this process; without any, nothing is read.
        send: Hands one message to everybody who looks at its board.
    """
    had: dict[int, Board] = {}
    looked, sent, lost = 0.0, 0.0, False
    while True:
        await asyncio.sleep(TICK_SECONDS)
        numbers, instant = watched(), time.monotonic()
        had = {number: board for number, board in had.items() if number in numbers}
        hurried = _changed.is_set() and instant - sent >= PUBLISH_SECONDS
        if not numbers or not (hurried or instant - looked >= PUBLISH_SECONDS):
            continue
        looked = instant
        _changed.clear()
        try:
            for news in await in_thread(feed.news, numbers, had=had, now=clock()):
                await send(news)
                had[news.board.number], sent = news.board, instant
            lost = False
        except Exception:
            # Whatever it was, it must not end the boards of the day; told once until it is over.
            if not lost:
                log.exception("boards wait: they could not be read or sent")
            lost = True


@lru_cache
def get_feed() -> BoardFeed:
    """The feed of this process."""
    return BoardFeed(get_database())
