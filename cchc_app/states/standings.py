"""The boards' page. What many look at is read once and shared; a tab keeps its own place and the pages it asked for."""

import asyncio
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import reflex as rx
from reflex_base.constants.state import FIELD_MARKER

from cchc_app import routes
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.types import to_millis
from cchc_app.services import standings
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import TOP_ROWS, News, get_feed, publish
from cchc_app.services.runner import in_thread
from cchc_app.services.standings import Board, BoardEntry, BoardMenu
from cchc_app.states.board_rooms import board_rooms
from cchc_app.states.session import SessionState
from cchc_app.texts import formats, message
from cchc_app.texts import standings as texts

NO_BOARD = -1
PODIUM = 3
MORE_ROWS = 50
MOST_ROWS = 500  # on one screen; beyond, searching is quicker than scrolling
FOUND_ROWS = 20
QUERY_LENGTH = 60
# One's own place below the top costs a query, 2 to 4 ms among 100,000 people, so it is asked for by tabs that need it,
# after a change, and at a moment of each half minute drawn by lot: 2,000 such tabs ask 70 times a second, not all at
# once. Inside the top it is in the message everybody gets.
SLOT_MS = 30_000
EARLIEST_MS = SLOT_MS // 2
# A rare name may take the database a fifth of a second; searchers wait for each other, nobody else waits for them.
_searching = asyncio.Semaphore(2)


@dataclass
class RowView:
    """A line of a board in words."""

    key: str = ""
    rank: int = 0
    name: str = ""
    unit: str = ""
    score: str = ""
    time: str = ""
    fresh: bool = False


@dataclass
class LiveView:
    """The top of a board as everybody who looks at it has it: what one message holds."""

    podium: list[RowView] = field(default_factory=list)
    rows: list[RowView] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    size: int = 0
    people: str = ""
    withheld: str = ""
    stamp: str = ""  # differs when anything differs
    at_ms: int = 0  # when it was sent; 0 when it was there as the page opened


@dataclass
class TabView:
    """A board one may choose."""

    name: str = ""
    href: str = ""
    number: int = NO_BOARD


class StandingsState(rx.State):
    """What the page shows. Public, but for the place of the person signed in, which nobody else is told."""

    screen: str = "loading"  # loading, board, none (not open yet) or missing
    notice: str = ""
    tabs: list[TabView] = []
    board: int = NO_BOARD
    live: LiveView = LiveView()
    own: RowView = RowView()  # rank 0: no place on this board
    more: list[RowView] = []
    seen: str = ""  # the stamp of the board `own` and `more` were read from
    slot_ms: int = 0  # where in each half minute this tab asks
    asked_ms: int = 0  # when `own` was read
    query: str = ""
    found: list[RowView] = []

    @rx.event
    async def load(self):
        """Show the board that the address names. Public."""
        now, wanted = server_now(), _wanted(self.router.url.query_parameters.get(routes.BOARD_QUERY))
        self.reset()
        try:
            await self._open(await in_thread(standings.menu, get_database(), wanted=wanted, now=now), now)
        except ContestError as error:
            self.screen, self.notice = "missing", message(error.code, error.details)

    @rx.event
    async def show_more(self):
        """Add the next lines. Public."""
        if self.screen == "board" and TOP_ROWS + len(self.more) < MOST_ROWS:
            await self._read_more(len(self.more) + MORE_ROWS, server_now())

    @rx.event
    async def search(self, wanted: str):
        """Find people on the board by name or unit. Public."""
        if self.screen != "board" or not isinstance(wanted, str):
            return
        typed = wanted[:QUERY_LENGTH].strip()
        self.query = typed if len(typed) >= standings.MIN_SEARCH else ""
        async with _searching:
            found = await in_thread(
                standings.search_board,
                get_database(),
                period_number=self.board,
                wanted=self.query,
                now=server_now(),
                limit=FOUND_ROWS,
            )
        self.found = [row_view(row) for row in found]

    @rx.event
    async def refresh(self):
        """Read again what is this tab's own, not more often than its slot comes. Public; own rows by the session."""
        now = server_now()
        if self.screen != "board" or to_millis(now) - self.asked_ms < EARLIEST_MS:
            return
        await self._read_own(now)
        if self.more:
            await self._read_more(len(self.more), now)

    async def _open(self, menu: BoardMenu, now: datetime) -> None:
        if menu.current is None:
            self.screen, self.notice = "none", texts.not_open(menu.opens_at)
            return
        self.tabs = [TabView(texts.board_name(n), routes.standings(slug(n)), n) for n in menu.numbers]
        self.board = menu.current
        self.slot_ms = random.randrange(SLOT_MS)  # noqa: S311 (spreads load, guards nothing)
        await board_rooms.enter(self.router.session.session_id, self.board)
        await self._read_own(now)
        # Last: whatever is published from now on comes after this.
        self.live = live_view(await in_thread(get_feed().top, self.board, now=now), now)
        self.screen = "board"

    async def _read_own(self, now: datetime) -> None:
        self.asked_ms, self.own = to_millis(now), RowView()
        self.seen = live_view(await in_thread(get_feed().top, self.board, now=now), now).stamp
        viewer = await (await self.get_state(SessionState))._viewer()
        if viewer is None:
            return
        db, person = get_database(), viewer.participant_id
        place = await in_thread(standings.own_place, db, participant_id=person, period_number=self.board, now=now)
        key = await in_thread(standings.own_key, db, participant_id=person)
        self.own = RowView(key=key) if place is None else row_view(place)

    async def _read_more(self, count: int, now: datetime) -> None:
        rows: list[RowView] = []
        for offset in range(0, count, standings.MAX_PAGE):
            page = await in_thread(
                standings.board,
                get_database(),
                period_number=self.board,
                now=now,
                offset=TOP_ROWS + offset,
                limit=min(standings.MAX_PAGE, count - offset),
            )
            rows += [row_view(row) for row in page.rows]
        self.more = rows


async def publish_boards() -> None:
    """Keep every open board up to date, for as long as the server runs."""

    async def send(news: News) -> None:
        view = news_view(news, server_now())
        delta = {StandingsState.get_full_name(): {f"live{FIELD_MARKER}": view}}
        await board_rooms.send(news.board.number, delta)

    await publish(get_feed(), clock=server_now, watched=board_rooms.watched, send=send)


def slug(number: int) -> str:
    """How addresses name a board."""
    return routes.OVERALL_BOARD if number == OVERALL else str(number)


def _wanted(name: object) -> int | None:
    """The board an address names, or None."""
    if name == routes.OVERALL_BOARD:
        return OVERALL
    if not isinstance(name, str) or not (name.isascii() and name.isdigit() and len(name) <= 3):
        return None
    return int(name) or None


def row_view(row: BoardEntry, *, fresh: bool = False) -> RowView:
    """A line in words."""
    return RowView(
        key=row.key,
        rank=row.rank,
        name=row.full_name,
        unit=row.unit_name,
        score=str(row.correct),
        time=formats.minutes_and_seconds(row.time_used_ms),
        fresh=fresh,
    )


def live_view(board: Board, now: datetime) -> LiveView:
    """The top of a board in words. Tabs that open at the same version share one view: it is never changed."""
    return _shared_view(board, _is_over(board, now))


def news_view(news: News, now: datetime) -> LiveView:
    """The same as a message of this moment, with what is fresh."""
    return _view(news.board, _is_over(news.board, now), news.fresh, to_millis(now))


def _is_over(board: Board, now: datetime) -> bool:
    return board.withheld_until is not None and board.withheld_until <= now


@lru_cache(maxsize=32)
def _shared_view(board: Board, over: bool) -> LiveView:
    return _view(board, over, frozenset(), 0)


def _view(board: Board, over: bool, fresh: frozenset[str], at_ms: int) -> LiveView:
    if board.withheld_until is not None:
        return LiveView(withheld=texts.withheld(board.number, board.withheld_until, over=over), stamp="withheld")
    rows: Sequence[RowView] = [row_view(row, fresh=row.key in fresh) for row in board.rows]
    size = board.size or 0
    return LiveView(
        podium=list(rows[:PODIUM]),
        rows=list(rows[PODIUM:]),
        shown=[row.key for row in rows],
        size=size,
        people=texts.people(size),
        stamp=hashlib.sha256(repr(board).encode()).hexdigest()[:16],
        at_ms=at_ms,
    )
