"""The boards of units and of blocs. One message holds the first page for everybody; the rest is cut from one copy."""

import random
from collections.abc import Mapping
from datetime import datetime

import reflex as rx
from reflex_base.constants.state import FIELD_MARKER

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.types import to_millis
from cchc_app.services import standings
from cchc_app.services import unit_standings as service
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import News, get_unit_feed, publish
from cchc_app.services.runner import in_thread
from cchc_app.services.unit_standings import UnitBoard
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
from cchc_app.states.standings import EARLIEST_MS, QUERY_LENGTH, SLOT_MS
from cchc_app.states.unit_board_views import (
    PAGE_ROWS,
    FormulaView,
    UnitLive,
    UnitRowView,
    board_view,
    formula_view,
    is_over,
    live_view,
    row_view,
)
from cchc_app.texts import message
from cchc_app.texts import standings as common
from cchc_app.texts import unit_standings as texts
from cchc_app.texts.register import bloc_name


class UnitStandingsState(rx.State):
    """What the pages of units and of blocs show. Public; which unit is one's own is told to its people only."""

    screen: str = "loading"  # loading, board, none or missing
    notice: str = ""
    tabs: list[TabView] = []
    periods: list[TabView] = []
    blocs: list[TabView] = []
    board: int = NO_BOARD
    bloc: str = ""
    live: UnitLive = UnitLive()
    own: UnitRowView = UnitRowView()
    picked: bool = False  # something else than the first page of all units is shown
    rows: list[UnitRowView] = []
    page: int = 1
    pager: PagerView = PagerView()
    query: str = ""
    opened: FormulaView = FormulaView()
    closed_href: str = ""  # the same page with no unit's numbers open
    seen: str = ""
    slot_ms: int = 0
    asked_ms: int = 0

    @rx.event
    async def load(self):
        """Show the board of units that the address names. Public."""
        await self._load("units")

    @rx.event
    async def load_blocs(self):
        """Show the blocs of the board that the address names. Public."""
        await self._load("blocs")

    @rx.event
    async def search(self, wanted: str):
        """Find units by name. Public."""
        if self.screen == "board" and isinstance(wanted, str):
            self.query, self.page = wanted[:QUERY_LENGTH].strip(), 1
            self._cut(await self._newest(server_now()))

    @rx.event
    async def refresh(self):
        """Cut again what is this tab's own, not more often than its slot comes. Public."""
        now = server_now()
        if self.screen == "board" and to_millis(now) - self.asked_ms >= EARLIEST_MS:
            await self._read_own(await self._newest(now), now)

    async def _load(self, kind: str) -> None:
        now, asked = server_now(), self.router.url.query_parameters
        self.reset()
        try:
            await self._open(kind, asked, now)
        except ContestError as error:
            self.screen, self.notice = "missing", message(error.code, error.details)

    async def _open(self, kind: str, asked: Mapping[str, str], now: datetime) -> None:
        wanted = wanted_board(asked.get(routes.BOARD_QUERY))
        menu = await in_thread(standings.menu, get_database(), wanted=wanted, now=now)
        if menu.current is None:
            self.screen, self.notice = "none", common.not_open(menu.opens_at)
            return
        address = routes.unit_standings if kind == "units" else routes.bloc_standings
        self.tabs = kinds(menu.numbers, menu.current, kind)
        self.periods = periods(menu.numbers, menu.current, address, overall=True)
        self.slot_ms = random.randrange(SLOT_MS)  # noqa: S311 (spreads load, guards nothing)
        self.page = wanted_page(asked.get(routes.PAGE_QUERY))
        self.query = asked.get(routes.SEARCH_QUERY, "")[:QUERY_LENGTH].strip()
        await self._watch(menu.current, now)
        board = get_unit_feed().held(self.board)
        self._choose(board, asked)
        await self._read_own(board, now)
        # Last: of what has been published meanwhile nothing is missing, and what comes comes after this.
        self.live = live_view(get_unit_feed().held(self.board), now)
        self.screen = "board"

    async def _watch(self, board: int, now: datetime) -> None:
        """Get the messages of a board from now on, and of no other."""
        self.board = board
        await board_rooms.leave(self.router.session.session_id)
        await unit_board_rooms.enter(self.router.session.session_id, board)
        self.live = live_view(await self._newest(now), now)

    async def _newest(self, now: datetime) -> UnitBoard:
        return await in_thread(get_unit_feed().top, self.board, now=now)

    def _choose(self, board: UnitBoard, asked: Mapping[str, str]) -> None:
        codes = {bloc.code for bloc in board.blocs}
        self.bloc = asked.get(routes.BLOC_QUERY, "") if asked.get(routes.BLOC_QUERY) in codes else ""
        every = TabView(texts.ALL_BLOCS, routes.unit_standings(slug(self.board)), not self.bloc)
        address = routes.unit_standings
        each = [
            TabView(bloc_name(one.code), address(slug(self.board), bloc=one.code), one.code == self.bloc)
            for one in board.blocs
        ]
        self.blocs = [every, *each] if each else []
        self.opened = FormulaView(key=asked.get(routes.OPEN_QUERY, "")[:QUERY_LENGTH])

    async def _read_own(self, board: UnitBoard, now: datetime) -> None:
        self.asked_ms, self.seen, self.own = to_millis(now), live_view(board, now).stamp, UnitRowView()
        viewer = await (await self.get_state(SessionState))._viewer()
        mine = [row for row in board.rows if viewer is not None and row.formula.totals.unit_id == viewer.unit_id]
        if mine:
            self.own = row_view(mine[0], self._opening(mine[0].key))
        self._cut(board)

    def _cut(self, board: UnitBoard) -> None:
        """The lines and the numbers this tab asked for, of one copy of the board."""
        found = [row for row in service.found_units(board, self.query) if self.bloc in ("", row.bloc)]
        pages = max(1, -(-len(found) // PAGE_ROWS))
        self.page = min(self.page, pages)
        self.picked = self.page > 1 or bool(self.bloc or self.query)
        shown = found[(self.page - 1) * PAGE_ROWS : self.page * PAGE_ROWS] if self.picked else []
        self.rows = [row_view(row, self._opening(row.key), in_bloc=bool(self.bloc)) for row in shown]
        self.pager = pager(
            self.page,
            pages,
            lambda page: routes.unit_standings(slug(self.board), bloc=self.bloc, wanted=self.query, page=page),
        )
        self.closed_href = self._opening("")
        opened = service.unit_line(board, self.opened.key)
        self.opened = FormulaView() if opened is None else formula_view(opened)

    def _opening(self, code: str) -> str:
        board = slug(self.board)
        return routes.unit_standings(board, bloc=self.bloc, page=self.page, wanted=self.query, opened=code)


async def publish_unit_boards() -> None:
    """Keep every open board of units up to date, for as long as the server runs."""

    async def send(news: News[UnitBoard]) -> None:
        view = board_view(news.board, is_over(news.board, server_now()), news.fresh, to_millis(server_now()))
        delta = {UnitStandingsState.get_full_name(): {f"live{FIELD_MARKER}": view}}
        await unit_board_rooms.send(news.board.number, delta)

    await publish(get_unit_feed(), clock=server_now, watched=unit_board_rooms.watched, send=send)
