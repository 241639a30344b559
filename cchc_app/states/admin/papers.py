"""The organisers' list of papers, and the timeline of one."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.paper_log import PaperRow
from cchc_app.services import paper_log as service
from cchc_app.services.organise_people import UnitName
from cchc_app.services.paper_log import PaperTable, Timeline, TimelineLine
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.participants import StateMark, bloc_choices, unit_choices
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.texts import admin_papers as texts

HEADINGS = (
    (service.BY_START, texts.COLUMN_STARTED, False),
    (service.BY_SCORE, texts.COLUMN_SCORE, True),
    (service.BY_TIME, texts.COLUMN_TIME, True),
)


@dataclass
class PaperLineView:
    """One paper of the list in words."""

    receipt: str = ""
    name: str = ""
    masked: str = ""
    unit: str = ""
    week: str = ""
    state: StateMark = field(default_factory=StateMark)
    started: str = ""
    score: str = ""
    time: str = ""
    href: str = ""
    person_href: str = ""


@dataclass
class TimelineRow:
    """One line of a timeline in words."""

    key: int = 0
    at: str = ""
    gap: str = ""
    what: str = ""
    place: str = ""
    question: str = ""
    option: str = ""
    mark: StateMark = field(default_factory=StateMark)


@dataclass
class PaperDetails:
    """What stands above a timeline, in words."""

    line: PaperLineView = field(default_factory=PaperLineView)
    deadline: str = ""
    answered: str = ""
    mode: str = ""
    prediction: str = ""
    version: str = ""


class StaffPapersState(Told, rx.State):
    """What the list shows."""

    rows: list[PaperLineView] = []
    table: TableView = TableView()
    weeks: list[ChoiceView] = []
    units: list[ChoiceView] = []
    blocs: list[ChoiceView] = []
    loaded: bool = False

    _units: tuple[UnitName, ...] = ()
    _weeks: tuple[int, ...] = ()

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
        ways = service.shape(self._weeks, self._units)
        query = table_query.parse(ways, dict(self.router.url.query_parameters))
        return rx.redirect(routes.with_query(routes.STAFF_PAPERS, searched(ways, query, form)))

    async def _fill(self, viewer: StaffViewer) -> None:
        asked = dict(self.router.url.query_parameters)
        try:
            self._show(await in_thread(service.paper_table, get_database(), actor=viewer.username, asked=asked))
        except ContestError as error:
            self._refuse(error)
        self.loaded = True

    def _show(self, found: PaperTable) -> None:
        self._units, self._weeks = found.units, found.periods
        self.table = table_view(
            service.shape(found.periods, found.units),
            found.query,
            path=routes.STAFF_PAPERS,
            file=routes.PAPER_LIST_FILE,
            headings=HEADINGS,
            found=found.found,
            count=found.count,
            things=texts.THINGS,
        )
        self.rows = [paper_line(row, None) for row in found.lines]
        self.weeks = [ChoiceView(str(number), f"{texts.FILTER_WEEK} {number}") for number in found.periods]
        self.units, self.blocs = unit_choices(found.units), bloc_choices(found.units)


class StaffPaperState(Told, rx.State):
    """What the timeline shows. Nothing here changes anything."""

    paper_details: PaperDetails = PaperDetails()
    lines: list[TimelineRow] = []
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the paper of the address."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        receipt = self.router.url.path.rstrip("/").rsplit("/", 1)[-1]
        try:
            found = await in_thread(service.timeline, get_database(), actor=viewer.username, receipt=receipt)
        except ContestError as error:
            self._refuse(error)
        else:
            self.paper_details, self.lines = paper_details(found), timeline_rows(found.lines)
        self.loaded = True
        return None


def paper_line(row: PaperRow, total: int | None) -> PaperLineView:
    """One paper in words; `total` when its most points are known."""
    score = "" if row.correct is None else str(row.correct)
    return PaperLineView(
        receipt=row.receipt,
        name=row.full_name,
        masked=row.citizen_id_masked,
        unit=row.unit_name,
        week=texts.week(row.period_number, row.number),
        state=StateMark(texts.STATES[row.status], texts.TONES[row.status]),
        started=texts.started(row.started_at),
        score=score if total is None else texts.score(row.correct, total),
        time=texts.seconds(row.time_used_ms),
        href=routes.staff_paper(row.receipt),
        person_href=routes.participant(row.participant_id),
    )


def paper_details(found: Timeline) -> PaperDetails:
    """What stands above a timeline."""
    return PaperDetails(
        line=paper_line(found.paper, found.total),
        deadline=texts.deadline(found.deadline_at, found.grace_ms, found.extra_time_ms),
        answered=texts.answered(found.answered, found.total),
        mode=texts.MODES[found.feedback],
        prediction="" if found.prediction is None else str(found.prediction),
        version=texts.version(found.rule_set_version),
    )


def timeline_rows(lines: tuple[TimelineLine, ...]) -> list[TimelineRow]:
    """A timeline in words."""
    return [_row(n, line) for n, line in enumerate(lines)]


def _row(place: int, line: TimelineLine) -> TimelineRow:
    row = TimelineRow(
        key=place,
        at=texts.step_time(line.at),
        gap=texts.gap(line.gap_ms),
        what=texts.EVENTS.get(line.event, line.event) if line.event else texts.STEPS[line.step],
        place=texts.browser(line.browser),
    )
    if line.position is not None and line.choice is not None:
        row.place, row.question = texts.question(line.position), line.stem
        row.option = texts.option(line.choice, line.option)
        row.mark = StateMark(texts.RIGHT, "right") if line.correct else StateMark(texts.WRONG, "wrong")
    return row
