"""The organisers' list of slogans, and the panel of one unit."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import organise_slogans as service
from cchc_app.services.organise_slogans import SloganDetail, SloganLine, SloganTable
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.texts import slogan_desk as texts
from cchc_app.texts.formats import parse_local, second_and_date
from cchc_app.texts.register import bloc_name

HEADINGS = (
    (service.BY_NAME, texts.COLUMN_UNIT, False),
    (service.BY_STATE, texts.COLUMN_STATE, False),
    (service.BY_WORDS, texts.COLUMN_WORDS, True),
    (service.BY_VERSIONS, texts.COLUMN_VERSIONS, True),
    (service.BY_CHANGE, texts.COLUMN_CHANGED, False),
)


@dataclass
class SloganRow:
    """One unit of the list in words."""

    code: str = ""
    unit: str = ""
    bloc: str = ""
    state: str = ""
    state_name: str = ""
    tone: str = ""
    text: str = ""
    words: str = ""
    versions: str = ""
    changed: str = ""
    who: str = ""
    extended: str = ""
    reason: str = ""
    href: str = ""


@dataclass
class VersionView:
    """One version in words."""

    title: str = ""
    text: str = ""
    explanation: str = ""
    author: str = ""
    writer: str = ""
    receipt: str = ""


@dataclass
class PanelView:
    """Everything about the chosen unit; without a code none is chosen."""

    row: SloganRow = field(default_factory=SloganRow)
    versions: list[VersionView] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)


class SloganDeskState(Told, rx.State):
    """What the page shows."""

    rows: list[SloganRow] = []
    table: TableView = TableView()
    states: list[ChoiceView] = []
    blocs: list[ChoiceView] = []
    deadline: str = ""
    panel: PanelView = PanelView()
    back: str = ""
    may_run: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the list as the address asks for it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the list that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        ways = service.shape([choice.value for choice in self.blocs])
        query = table_query.parse(ways, self._asked())
        return rx.redirect(routes.with_query(routes.STAFF_SLOGANS, searched(ways, query, form)))

    @rx.event
    async def disqualify(self, form: dict[str, Any]):
        """Take a slogan out of the round."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(service.disqualify, viewer, form, texts.disqualified)
        return None

    @rx.event
    async def reinstate(self, form: dict[str, Any]):
        """Take a slogan back into the round."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(service.reinstate, viewer, form, texts.reinstated)
        return None

    @rx.event
    async def extend(self, form: dict[str, Any]):
        """Give one unit more time."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        until = parse_local(typed(form, "until"))
        await self._do(
            service.grant_exception, viewer, form, lambda name: texts.granted(name, until or server_now()), until=until
        )
        return None

    async def _do(self, work, viewer: StaffViewer, form: object, said, **wanted) -> None:
        self._hush()
        deed = {"unit_code": typed(form, "unit"), "reason": typed(form, "reason"), **wanted}
        try:
            await in_thread(work, get_database(), actor=viewer.username, now=server_now(), **deed)
        except ContestError as error:
            self._refuse(error)
            return
        await self._fill(viewer)
        self.done = said(self.panel.row.unit or deed["unit_code"])

    async def _fill(self, viewer: StaffViewer) -> None:
        asked, chosen = self._asked(), self._asked().get(routes.UNIT_QUERY, "")
        try:
            self._show(await in_thread(service.slogan_table, get_database(), actor=viewer.username, asked=asked))
            if chosen:
                found = await in_thread(service.slogan_detail, get_database(), actor=viewer.username, unit_code=chosen)
                self.panel = panel_view(found)
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, found: SloganTable) -> None:
        ways = service.shape(found.blocs)
        self.table = table_view(
            ways,
            found.query,
            path=routes.STAFF_SLOGANS,
            file=routes.SLOGAN_LIST_FILE,
            headings=HEADINGS,
            found=found.found,
            count=sum(found.counts.values()),
        )
        asked = table_query.parameters(ways, found.query)
        self.back = routes.with_query(routes.STAFF_SLOGANS, asked)
        self.rows = [row_view(line, asked) for line in found.lines]
        self.states = [ChoiceView(state, texts.counted(state, count)) for state, count in found.counts.items()]
        self.blocs = [ChoiceView(bloc, bloc_name(bloc)) for bloc in found.blocs]
        self.deadline = texts.deadline(found.closes_at)

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def row_view(line: SloganLine, asked: dict[str, str]) -> SloganRow:
    """A unit in words; its link opens the panel and keeps the question of the list."""
    return SloganRow(
        code=line.unit_code,
        unit=line.unit_name,
        bloc=bloc_name(line.bloc),
        state=line.state.value,
        state_name=texts.STATES[line.state],
        tone=texts.TONES[line.state],
        text=line.text,
        words=str(line.words or ""),
        versions=str(line.versions or ""),
        changed=second_and_date(line.changed_at) if line.changed_at else "",
        who=", ".join(line.representatives),
        extended=texts.extended(line.extended_to) if line.extended_to else "",
        reason=line.disqualified_reason,
        href=routes.with_query(routes.STAFF_SLOGANS, {**asked, routes.UNIT_QUERY: line.unit_code}),
    )


def panel_view(found: SloganDetail) -> PanelView:
    """A unit's slogan in words."""
    return PanelView(
        row_view(found.line, {}),
        [
            VersionView(
                title=texts.version_title(one.number, one.submitted, one.written_at),
                text=one.text,
                explanation=one.explanation,
                author=one.author if one.author_public or not one.author else f"{one.author} ({texts.AUTHOR_PRIVATE})",
                writer=one.written_by,
                receipt=one.receipt,
            )
            for one in found.versions
        ],
        [texts.exception_line(one.closes_at, one.reason, one.granted_by, one.granted_at) for one in found.exceptions],
    )
