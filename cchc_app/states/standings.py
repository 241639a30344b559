"""The boards' page. What many look at is read once and shared; a tab keeps its own place and the pages it asked for."""

import asyncio
import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import reflex as rx
from reflex_base.constants.state import FIELD_MARKER

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.types import to_millis
from cchc_app.services import standings
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import TOP_ROWS, News, get_feed, publish
from cchc_app.services.runner import in_thread
from cchc_app.services.standings import Board, BoardEntry
from cchc_app.states.board_rooms import board_rooms, unit_board_rooms
from cchc_app.states.board_tabs import (
    NO_BOARD,
    PagerView,
    TabView,
    kinds,
    pager,
    periods,
    slug,
    wanted_board,
    wanted_page,
)
from cchc_app.states.session import SessionState
from cchc_app.texts import formats, message
from cchc_app.texts import standings as texts

PODIUM = 3
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
    frozen: str = ""  # why it does not move
    stamp: str = ""  # differs when anything differs
    at_ms: int = 0  # when it was sent; 0 when it was there as the page opened


class StandingsState(rx.State):
    """What the page shows. Public, but for the place of the person signed in, which nobody else is told."""

    screen: str = "loading"  # loading, board, none (not open yet) or missing
    notice: str = ""
    tabs: list[TabView] = []
    periods: list[TabView] = []
    board: int = NO_BOARD
    page: int = 1
    pager: PagerView = PagerView()
    live: LiveView = LiveView()
    own: RowView = RowView()  # rank 0: no place on this board
    later: list[RowView] = []  # the lines of a page after the first
    seen: str = ""  # the stamp of the board `own` and `later` were read from
    slot_ms: int = 0  # where in each half minute this tab asks
    asked_ms: int = 0  # when `own` was read
    query: str = ""
    found: list[RowView] = []

    @rx.event
    async def load(self):
        """Show the board, the page and the search that the address names. Public."""
        now, asked = server_now(), self.router.url.query_parameters
        self.reset()
        try:
            await self._open(asked, now)
            await self._search(asked.get(routes.SEARCH_QUERY, ""), now)
        except ContestError as error:
            self.screen, self.notice = "missing", message(error.code, error.details)

    @rx.event
    async def search(self, wanted: str):
        """Find people on the board by name or unit. Public."""
        if self.screen == "board" and isinstance(wanted, str):
            await self._search(wanted, server_now())

    @rx.event
    async def refresh(self):
        """Read again what is this tab's own, not more often than its slot comes. Public; own rows by the session."""
        now = server_now()
        if self.screen != "board" or to_millis(now) - self.asked_ms < EARLIEST_MS:
            return
        await self._read_own(await self._newest(now), now)
        if self.page > 1:
            await self._read_page(now)

    async def _open(self, asked: Mapping[str, str], now: datetime) -> None:
        wanted = wanted_board(asked.get(routes.BOARD_QUERY))
        menu = await in_thread(standings.menu, get_database(), wanted=wanted, now=now)
        if menu.current is None:
            self.screen, self.notice = "none", texts.not_open(menu.opens_at)
            return
        self.tabs = kinds(menu.numbers, menu.current, "people")
        self.periods = periods(menu.numbers, menu.current, routes.standings, overall=False)
        self.page = wanted_page(asked.get(routes.PAGE_QUERY))
        self.slot_ms = random.randrange(SLOT_MS)  # noqa: S311 (spreads load, guards nothing)
        await self._watch(menu.current, now)
        await self._read_own(get_feed().held(self.board), now)
        if self.page > 1:
            await self._read_page(now)
        # Last: of what has been published meanwhile nothing is missing, and what comes comes after this.
        self.live = live_view(get_feed().held(self.board), now)
        self.pager = self._pages(self.live.size)
        self.screen = "board"

    async def _watch(self, board: int, now: datetime) -> None:
        """Get the messages of a board from now on, and of no other."""
        self.board = board
        await unit_board_rooms.leave(self.router.session.session_id)
        await board_rooms.enter(self.router.session.session_id, board)
        self.live = live_view(await self._newest(now), now)

    async def _newest(self, now: datetime) -> Board:
        return await in_thread(get_feed().top, self.board, now=now)

    async def _read_own(self, top: Board, now: datetime) -> None:
        self.asked_ms, self.own, self.seen = to_millis(now), RowView(), live_view(top, now).stamp
        viewer = await (await self.get_state(SessionState))._viewer()
        if viewer is None:
            return
        db, person = get_database(), viewer.participant_id
        place = await in_thread(standings.own_place, db, participant_id=person, period_number=self.board, now=now)
        key = await in_thread(standings.own_key, db, participant_id=person)
        self.own = RowView(key=key) if place is None else row_view(place)

    async def _read_page(self, now: datetime) -> None:
        """The lines of a page after the first, or of the last one when there are not so many."""
        top = await self._newest(now)
        self.page = min(self.page, page_count(top.size or 0))
        offset = (self.page - 1) * TOP_ROWS
        which = {"period_number": self.board, "now": now, "offset": offset, "limit": TOP_ROWS}
        found = await in_thread(standings.board, get_database(), **which) if offset else top
        self.later = [row_view(row) for row in found.rows] if offset else []
        self.pager = self._pages(top.size or 0)

    def _pages(self, size: int) -> PagerView:
        return pager(self.page, page_count(size), lambda page: routes.standings(slug(self.board), page=page))

    async def _search(self, wanted: str, now: datetime) -> None:
        typed = wanted[:QUERY_LENGTH].strip()
        self.query = typed if len(typed) >= standings.MIN_SEARCH else ""
        if not self.query or self.screen != "board":
            self.found = []
            return
        which = {"period_number": self.board, "wanted": self.query, "now": now, "limit": FOUND_ROWS}
        async with _searching:
            found = await in_thread(standings.search_board, get_database(), **which)
        self.found = [row_view(row) for row in found]


async def publish_boards() -> None:
    """Keep every open board up to date, for as long as the server runs."""

    async def send(news: News[Board]) -> None:
        view = news_view(news, server_now())
        delta = {StandingsState.get_full_name(): {f"live{FIELD_MARKER}": view}}
        await board_rooms.send(news.board.number, delta)

    await publish(get_feed(), clock=server_now, watched=board_rooms.watched, send=send)


def page_count(size: int) -> int:
    """How many pages a board of people has."""
    return max(1, -(-size // TOP_ROWS))


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


def news_view(news: News[Board], now: datetime) -> LiveView:
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
    size, freeze = board.size or 0, board.freeze
    return LiveView(
        podium=list(rows[:PODIUM]),
        rows=list(rows[PODIUM:]),
        shown=[row.key for row in rows],
        size=size,
        people=texts.people(size),
        stamp=hashlib.sha256(repr(board).encode()).hexdigest()[:16],
        at_ms=at_ms,
        frozen="" if freeze is None else texts.frozen(freeze.since, freeze.until, freeze.note),
    )
