"""Official results: every board with its versions, closing one in steps, one version's places or units."""

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
from cchc_app.states.admin.tables import Listed
from cchc_app.states.board_tabs import TabView
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
UNIT_HEADINGS = (
    (service.BY_RANK, texts.COLUMN_PLACE, True),
    (service.BY_UNIT_NAME, texts.COLUMN_UNIT, False),
    (service.BY_BLOC_RANK, texts.COLUMN_BLOC_RANK, True),
    (service.BY_RESULT, texts.COLUMN_RESULT, True),
    (service.BY_HEADCOUNT, texts.COLUMN_HEADCOUNT, True),
    (service.BY_PARTICIPANTS, texts.COLUMN_PARTICIPANTS, True),
    (service.BY_RATE, texts.COLUMN_RATE, True),
    (service.BY_SCORE, texts.COLUMN_SCORE, True),
)


class OfficialResultsState(Told, Listed, rx.State):
    """What the page shows."""

    boards: list[TabView] = []
    board_name: str = ""
    ends: str = ""
    obstacle: str = ""
    obstacle_code: str = ""
    versions: list[VersionView] = []
    views: list[TabView] = []
    of_units: bool = False
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
    _path: str = ""  # of the table shown, without its question
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
        """Go to the places or units that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        return self._to_question(self._path, form)

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
        return await in_thread(
            service.result_desk, get_database(), actor=viewer.username, asked=self._asked(), now=server_now()
        )

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            self._show(await self._read(viewer))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, desk: ResultDesk) -> None:
        self._board, self.board_name = desk.board, texts.board_name(desk.board)
        self.of_units = desk.units is not None
        view = routes.UNITS_VIEW if self.of_units else ""
        self.boards = [
            TabView(
                texts.board_tab(one.board, one.version),
                routes.official_results(one.board, view=view),
                one.board == desk.board,
            )
            for one in desk.boards
        ]
        self.ends = next(texts.ends(one.closes_at) for one in desk.boards if one.board == desk.board)
        self.obstacle = message(desk.obstacle.code, desk.obstacle.details) if desk.obstacle else ""
        self.obstacle_code = desk.obstacle.code.value if desk.obstacle else ""
        self.versions = [version_view(one, desk, view) for one in desk.versions]
        self._show_table(desk, view)

    def _show_table(self, desk: ResultDesk, view: str) -> None:
        # An address without a version is of the newest one, also after a correction.
        version = desk.shown if desk.versions and desk.shown != desk.versions[0].version else 0
        self._path = routes.result_tables(desk.board, version, view)
        self.views = [
            TabView(texts.counted(name, count), routes.result_tables(desk.board, version, one), one == view)
            for name, count, one in (
                (texts.PLACES_VIEW, desk.people, ""),
                (texts.UNITS_VIEW, desk.unit_count, routes.UNITS_VIEW),
            )
        ]
        self.rows = [place_row(line) for line in desk.places.lines] if desk.places else []
        self.units = [unit_row(line) for line in desk.units.lines] if desk.units else []
        self.units_said = texts.units(desk.ranked_units, desk.unit_count)
        found = desk.units or desk.places
        if found is not None:
            self._arranged(
                found,
                path=self._path,
                file=routes.official_file(desk.board, version),
                headings=UNIT_HEADINGS if self.of_units else HEADINGS,
                things=texts.UNIT_THINGS if self.of_units else texts.PLACE_THINGS,
                words={service.BLOC: bloc_name},
            )
