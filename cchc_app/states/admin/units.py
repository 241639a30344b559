"""The organisers' list of units, the panel of one, and the files that were sent."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.data.units import ALWAYS
from cchc_app.services import change_units, import_units
from cchc_app.services import organise_units as service
from cchc_app.services.change_units import UnitForm
from cchc_app.services.import_units import JobLine
from cchc_app.services.organise_units import UnitDetail, UnitLine, UnitTable
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.texts import admin_units as texts
from cchc_app.texts.formats import date_text, local
from cchc_app.texts.register import bloc_name

HEADINGS = (
    (service.BY_NAME, texts.COLUMN_UNIT, False),
    (service.BY_HEADCOUNT, texts.COLUMN_HEADCOUNT, True),
    (service.BY_REGISTERED, texts.COLUMN_REGISTERED, True),
    (service.BY_WEEK, texts.COLUMN_WEEK, True),
    (service.BY_OVERALL, texts.COLUMN_OVERALL, True),
    (service.BY_RATE, texts.COLUMN_RATE, True),
)
FIELDS = ("name", "bloc", "aliases")
REFUSAL = "loi"


@dataclass
class UnitRow:
    """One unit of the list in words."""

    code: str = ""
    name: str = ""
    bloc: str = ""
    headcount: str = ""
    since: str = ""
    registered: str = ""
    week: str = ""
    overall: str = ""
    rate: str = ""
    width: str = "0%"
    href: str = ""


@dataclass
class UnitPanel:
    """Everything about the chosen unit; without a code none is chosen."""

    code: str = ""
    name: str = ""
    bloc: str = ""
    bloc_name: str = ""
    aliases: str = ""
    headcounts: list[str] = field(default_factory=list)
    roster: str = ""


@dataclass
class JobRow:
    """One import in words."""

    number: int = 0
    kind: str = ""
    file: str = ""
    state: str = ""
    tone: str = ""
    by: str = ""
    summary: str = ""
    href: str = ""


class StaffUnitsState(Told, rx.State):
    """What the page shows."""

    rows: list[UnitRow] = []
    table: TableView = TableView()
    blocs: list[ChoiceView] = []
    panel: UnitPanel = UnitPanel()
    jobs: list[JobRow] = []
    back: str = ""
    today: str = ""
    may_run: bool = False
    loaded: bool = False
    stale: bool = False  # the chosen unit is another than its form was filled with

    @rx.event
    async def load(self):
        """Show the list as the address asks for it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        refused = self._asked().get(REFUSAL, "")
        if refused in set(ErrorCode):
            self._refuse(ContestError(ErrorCode(refused)))
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the list that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        ways = service.shape([choice.value for choice in self.blocs])
        query = table_query.parse(ways, self._asked())
        return rx.redirect(routes.with_query(routes.STAFF_UNITS, searched(ways, query, form)))

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Change the chosen unit."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        asked = UnitForm(*(typed(form, name) for name in FIELDS))
        seen = UnitForm(*(typed(form, f"seen_{name}") for name in FIELDS))
        code = typed(form, "unit")
        ok, _ = await self._work(change_units.change_unit, viewer, code=code, form=asked, seen=seen)
        self.stale = self.notice_code == ErrorCode.UNIT_EDITED
        await self._after(viewer, ok, texts.saved(asked.name))
        return None

    @rx.event
    async def add(self, form: dict[str, Any]):
        """Add a unit and open it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        asked = UnitForm(*(typed(form, name) for name in FIELDS))
        ok, _ = await self._work(change_units.add_unit, viewer, code=typed(form, "code"), form=asked)
        await self._after(viewer, ok, texts.added(asked.name))
        return None

    @rx.event
    async def set_headcount(self, form: dict[str, Any]):
        """Say how many people the chosen unit has from a day on."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = {
            "headcount": typed(form, "headcount"),
            "from_day": typed(form, "from"),
            "source": typed(form, "source"),
        }
        ok, kept = await self._work(change_units.set_headcount, viewer, code=typed(form, "unit"), **wanted)
        await self._after(viewer, ok, texts.headcount_saved(self.panel.name, *kept) if ok else "")
        return None

    async def _after(self, viewer: StaffViewer, ok: bool, said: str) -> None:
        await self._fill(viewer)
        self.done = said if ok else ""

    async def _fill(self, viewer: StaffViewer) -> None:
        asked, chosen, now = self._asked(), self._asked().get(routes.UNIT_QUERY, ""), server_now()
        look = {"actor": viewer.username, "now": now}
        try:
            self._show(await in_thread(service.unit_table, get_database(), **look, asked=asked))
            jobs = await in_thread(import_units.recent_jobs, get_database(), actor=viewer.username)
            self.jobs = [job_row(job) for job in jobs]
            if chosen:
                found = await in_thread(service.unit_detail, get_database(), **look, code=chosen)
                self.panel = panel_view(found)
        except ContestError as error:
            self._refuse(error)
        self.today = date_text(local(now).date())
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, found: UnitTable) -> None:
        ways = service.shape(found.blocs)
        self.table = table_view(
            ways,
            found.query,
            path=routes.STAFF_UNITS,
            file=routes.UNIT_LIST_FILE,
            headings=HEADINGS,
            found=found.found,
            count=found.count,
        )
        asked = table_query.parameters(ways, found.query)
        self.back = routes.with_query(routes.STAFF_UNITS, asked)
        self.rows = [unit_row(line, asked) for line in found.lines]
        self.blocs = [ChoiceView(bloc, bloc_name(bloc)) for bloc in found.blocs]

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def unit_row(line: UnitLine, asked: dict[str, str]) -> UnitRow:
    """A unit in words; its link opens the panel and keeps the question of the list."""
    return UnitRow(
        code=line.code,
        name=line.name,
        bloc=bloc_name(line.bloc),
        headcount=texts.NO_HEADCOUNT if line.headcount is None else texts.headcount(line.headcount),
        since=_since(line.since, line.source),
        registered=texts.headcount(line.registered),
        week=texts.headcount(line.this_week),
        overall=texts.headcount(line.overall),
        rate=texts.rate(line.permille),
        width=f"{(line.permille or 0) / 10:.1f}%",
        href=routes.with_query(routes.STAFF_UNITS, {**asked, routes.UNIT_QUERY: line.code}),
    )


def panel_view(found: UnitDetail) -> UnitPanel:
    """One unit in words."""
    return UnitPanel(
        code=found.line.code,
        name=found.line.name,
        bloc=found.line.bloc,
        bloc_name=bloc_name(found.line.bloc),
        aliases=found.aliases,
        headcounts=[
            texts.headcount_line(row.headcount, row.effective_from, ALWAYS, row.source, row.set_by, row.set_at)
            for row in found.headcounts
        ],
        roster=texts.roster_said(found.roster),
    )


def job_row(job: JobLine) -> JobRow:
    """One import in words."""
    return JobRow(
        number=job.number,
        kind=texts.KINDS[job.kind],
        file=job.file_name,
        state=texts.TRIED if job.trial and job.state == import_units.DROPPED else texts.JOB_STATES[job.state],
        tone=texts.JOB_TONES[job.state],
        by=texts.job_by(job.made_by, job.made_at),
        summary=texts.job_summary(job.kind, job.counts),
        href=routes.unit_import(job.number),
    )


def _since(day: date | None, source: str) -> str:
    return "" if day is None else f"{texts.since(day, ALWAYS)} · {texts.source(source)}"
