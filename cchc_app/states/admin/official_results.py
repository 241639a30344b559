"""Official results: every board with its versions, closing one in steps, one version's places and units."""

import asyncio
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.data.official_pages import BY_NAME, BY_PLACE, BY_UNIT
from cchc_app.services import result_desk as service
from cchc_app.services.close_board import Check, CloseWish
from cchc_app.services.closing_jobs import Job, get_closing_jobs
from cchc_app.services.result_desk import ResultDesk
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.result_words import (
    BoardView,
    CheckView,
    PlaceRow,
    UnitRow,
    VersionView,
    check_view,
    place_row,
    unit_row,
    version_view,
)
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.texts import admin_results as texts
from cchc_app.texts import message
from cchc_app.texts.register import bloc_name

FOLLOW_SECONDS = 0.4
HEADINGS = (
    (BY_PLACE, texts.COLUMN_PLACE, True),
    (BY_NAME, texts.COLUMN_NAME, False),
    (BY_UNIT, texts.COLUMN_UNIT, False),
)


class OfficialResultsState(Told, rx.State):
    """What the page shows."""

    boards: list[BoardView] = []
    board_name: str = ""
    ends: str = ""
    obstacle: str = ""
    obstacle_code: str = ""
    versions: list[VersionView] = []
    table: TableView = TableView()
    blocs: list[ChoiceView] = []
    rows: list[PlaceRow] = []
    units: list[UnitRow] = []
    units_said: str = ""
    found: CheckView = CheckView()
    running: bool = False
    percent: int = 0
    progress: str = ""
    may_run: bool = False
    loaded: bool = False

    _board: int = -1
    _check: Check | None = None
    _job: int = 0

    @rx.event
    async def load(self):
        """Show the board the address asks for; go on watching a check that goes on."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        job = get_closing_jobs().checking(self._board)
        return self._watch(job) if job else None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the places that the search form asks for."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        try:
            desk = await self._read(viewer)
        except ContestError as error:
            self._refuse(error)
            return None
        wanted = {**desk.query.filters, "search": typed(form, "search"), service.BLOC: typed(form, service.BLOC)}
        return rx.redirect(routes.with_query(routes.OFFICIAL_RESULTS, searched(desk.shape, desk.query, wanted)))

    @rx.event
    async def check(self):
        """Compute the board from the raw answers, without closing it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self._check, self.found = None, CheckView()
        jobs = get_closing_jobs()
        job = jobs.start_check(get_database(), actor=viewer.username, board=self._board, now=server_now())
        return self._watch(job)

    @rx.event
    async def close(self, form: dict[str, Any]):
        """Freeze the board as it was checked."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        if self._check is None:
            self._refuse(ContestError(ErrorCode.RESULT_MOVED))
            return None
        wish = CloseWish(
            board=self._check.board,
            version=self._check.version,
            digest=self._check.digest,
            acknowledged=ticked(form, "seen"),
            reason=typed(form, "reason"),
            code=typed(form, "code"),
        )
        jobs = get_closing_jobs()
        return self._watch(jobs.start_close(get_database(), actor=viewer.username, wish=wish, now=server_now()))

    @rx.event
    async def follow(self):
        """Show how far the computation is; what came of it once it is over."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await asyncio.sleep(FOLLOW_SECONDS)
        job = get_closing_jobs().find(self._job)
        if job is not None and job.running:
            return self._watch(job)
        self.running = False
        if job is not None:
            await self._settle(viewer, job)
        return None

    def _watch(self, job: Job):
        self._job, self.running, self.percent = job.number, True, job.percent
        self.progress = texts.progress(job.percent)
        return OfficialResultsState.follow

    async def _settle(self, viewer: StaffViewer, job: Job) -> None:
        if job.refusal is not None:
            self._refuse(job.refusal)
        elif job.closes:
            self._check, self.found = None, CheckView()
            await self._fill(viewer)
            self.done = texts.closed(job.board, job.version)
        elif job.check is not None and job.board == self._board:
            self._check, self.found = job.check, check_view(job.check)

    async def _read(self, viewer: StaffViewer) -> ResultDesk:
        asked = dict(self.router.url.query_parameters)
        return await in_thread(
            service.result_desk, get_database(), actor=viewer.username, asked=asked, now=server_now()
        )

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            self._show(await self._read(viewer))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, desk: ResultDesk) -> None:
        self._board, self.board_name = desk.board, texts.board_name(desk.board)
        self.boards = [
            BoardView(
                texts.board_tab(one.board, one.version), routes.official_results(one.board), one.board == desk.board
            )
            for one in desk.boards
        ]
        self.ends = next(texts.ends(one.closes_at) for one in desk.boards if one.board == desk.board)
        self.obstacle = message(desk.obstacle.code, desk.obstacle.details) if desk.obstacle else ""
        self.obstacle_code = desk.obstacle.code.value if desk.obstacle else ""
        self.versions = [version_view(one, desk) for one in desk.versions]
        self.rows = [place_row(line) for line in desk.lines]
        self.units = [unit_row(line) for line in desk.units]
        self.units_said = texts.units(sum(line.rank is not None for line in desk.units), len(desk.units))
        self.blocs = [ChoiceView(bloc, bloc_name(bloc)) for bloc in desk.shape.filters[service.BLOC]]
        people = next((one.people for one in desk.versions if one.version == desk.shown), 0)
        self.table = table_view(
            desk.shape,
            desk.query,
            path=routes.OFFICIAL_RESULTS,
            file=routes.OFFICIAL_FILE,
            headings=HEADINGS,
            found=desk.found,
            count=people,
        )
        self.table.totals = texts.totals(desk.found, people)
        searching = desk.query.search or service.BLOC in desk.query.filters
        self.table.clear = routes.official_results(desk.board, desk.shown) if searching else ""
