"""Live boards: what changed is read once, however many people watch, and handed on as one message per board."""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from cchc_app.data.engine import Database, get_database
from cchc_app.services import standings
from cchc_app.services.runner import in_thread
from cchc_app.services.standings import Board, BoardStamp
from cchc_app.services.unit_standings import UnitBoard, unit_board

log = logging.getLogger(__name__)

TOP_ROWS = 100
# A quarter of a second of sleep is simpler than waking an event loop from a thread, and nobody sees the difference.
TICK_SECONDS = 0.25
PUBLISH_SECONDS = 1.0


class _Bell:
    """Rung by whoever changes a board; each of several listeners hears it for itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.rung = 0

    def ring(self) -> None:
        with self._lock:
            self.rung += 1


_bell = _Bell()
# What other processes have not been told yet (services/board_news.py); without Redis nobody asks.
untold_change = threading.Event()


def board_changed() -> None:
    """Say that a paper has been closed by this process. Cheap, from any thread.

    Other processes learn it from Redis, or else by the version, which each looks at once a second.
    """
    _bell.ring()
    untold_change.set()


def heard_of_change() -> None:
    """Say that another process has closed a paper."""
    _bell.ring()


class Line(Protocol):
    """A line of a board: how it is recognised, and what of it may change."""

    @property
    def key(self) -> str: ...

    @property
    def figures(self) -> tuple[object, ...]: ...


class Watchable(Protocol):
    """A board of people or of units."""

    @property
    def number(self) -> int: ...

    @property
    def rows(self) -> Sequence[Line]: ...

    @property
    def size(self) -> int | None: ...


B = TypeVar("B", bound=Watchable)


@dataclass(frozen=True, slots=True)
class News(Generic[B]):
    """A board that differs from what its watchers have.

    Args:
        board: It; of a board of people the first TOP_ROWS lines.
        fresh: Keys of the lines that are new or whose figures changed; empty when it is not known.
    """

    board: B
    fresh: frozenset[str]


def first_lines(db: Database, *, period_number: int, now: datetime) -> Board:
    """What is sent of a board of people."""
    return standings.board(db, period_number=period_number, now=now, limit=TOP_ROWS)


class BoardFeed(Generic[B]):
    """One process's newest copy of every board of one kind. Shared by threads.

    Args:
        db: Where boards are.
        read: Reads one.
    """

    def __init__(self, db: Database, read: Callable[..., B] = first_lines) -> None:
        self._db, self._read = db, read
        self._newest: dict[int, tuple[BoardStamp, B]] = {}
        self._lock = threading.Lock()

    def top(self, number: int, *, now: datetime) -> B:
        """A board, read again only when a board has changed; never older than a copy given before.

        Raises:
            ContestError: as `services.standings.board`.
        """
        # The stamp first: what is read afterwards is at least as new.
        stamp = standings.board_stamp(self._db, period_number=number, now=now)
        known = self._newest.get(number)
        if known is None or known[0] != stamp:
            board = self._read(self._db, period_number=number, now=now)
            known = self._keep(number, stamp, board)
        return known[1]

    def held(self, number: int) -> B:
        """A board as this process read it last, which is never older than what has been sent of it. Asks nothing.

        Raises:
            KeyError: It was never read.
        """
        return self._newest[number][1]

    def news(self, watched: Collection[int], *, had: Mapping[int, B], now: datetime) -> list[News[B]]:
        """The watched boards that differ from `had`: so many queries as boards, whoever watches.

        A withheld board never differs from itself: neither its messages nor their times tell how many took part.
        """
        tops = [self.top(number, now=now) for number in watched]
        return [News(top, _fresh(had.get(top.number), top)) for top in tops if had.get(top.number) != top]

    def _keep(self, number: int, stamp: BoardStamp, board: B) -> tuple[BoardStamp, B]:
        with self._lock:
            known = self._newest.get(number)
            if known is None or known[0].version <= stamp.version:
                known = self._newest[number] = (stamp, board)
            return known


def _fresh(before: Watchable | None, after: Watchable) -> frozenset[str]:
    """Lines that are not as they were, wherever they stood. Of a board seen for the first time none is known to be."""
    if before is None or before.size is None:
        return frozenset()
    figures = {row.key: row.figures for row in before.rows}
    return frozenset(row.key for row in after.rows if figures.get(row.key) != row.figures)


async def publish(
    feed: BoardFeed[B],
    *,
    clock: Callable[[], datetime],
    watched: Callable[[], Collection[int]],
    send: Callable[[News[B]], Awaitable[None]],
) -> None:
    """Send every watched board when it has changed, at most once a second, until cancelled.

    Args:
        feed: Where boards are read.
        clock: Now, in UTC.
        watched: Numbers of the boards somebody looks at in this process; without any, nothing is read.
        send: Hands one message to everybody who looks at its board.
    """
    had: dict[int, B] = {}
    looked, sent, heard, lost = 0.0, 0.0, _bell.rung, False
    while True:
        await asyncio.sleep(TICK_SECONDS)
        numbers, instant = watched(), time.monotonic()
        had = {number: board for number, board in had.items() if number in numbers}
        hurried = _bell.rung != heard and instant - sent >= PUBLISH_SECONDS
        if not numbers or not (hurried or instant - looked >= PUBLISH_SECONDS):
            continue
        looked, heard = instant, _bell.rung
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
def get_feed() -> BoardFeed[Board]:
    """The feed of people's boards of this process."""
    return BoardFeed(get_database())


@lru_cache
def get_unit_feed() -> BoardFeed[UnitBoard]:
    """The feed of units' boards of this process."""
    return BoardFeed(get_database(), unit_board)
