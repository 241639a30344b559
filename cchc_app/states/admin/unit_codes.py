"""Codes of units and their representatives: made, printed once; appointed, dismissed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
import segno

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import organise_representatives as service
from cchc_app.services import representatives
from cchc_app.services.organise_representatives import Candidate, PrintedCode, WriterLine, WriterTable
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.settings import get_settings
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.texts import code_sheet as texts
from cchc_app.texts.register import bloc_name

HEADINGS = ((service.BY_NAME, texts.COLUMN_UNIT, False), (service.BY_CODE, texts.COLUMN_CODE, False))
CHOSEN = "u-"
# The element that says what came of it: far above the button that was pressed.
SAID = "said"


@dataclass
class TermView:
    """One term in words."""

    place: int = 0
    name: str = ""
    said: str = ""


@dataclass
class WriterRow:
    """One unit in words."""

    code: str = ""
    box: str = ""
    choose: str = ""
    unit: str = ""
    bloc: str = ""
    writer: str = ""
    tone: str = ""
    names: str = ""
    code_since: str = ""
    href: str = ""
    terms: list[TermView] = field(default_factory=list)


@dataclass
class CandidateView:
    """One person who could be appointed."""

    place: int = 0
    name: str = ""
    masked: str = ""


@dataclass
class SheetCard:
    """One code as it is printed."""

    unit: str = ""
    code: str = ""
    qr: str = ""
    address: str = ""


class UnitCodesState(Told, rx.State):
    """What the page shows. People and terms are named by their place in the list; their rows stay here."""

    rows: list[WriterRow] = []
    table: TableView = TableView()
    writers: list[ChoiceView] = []
    blocs: list[ChoiceView] = []
    make_missing: str = ""
    chosen: WriterRow = WriterRow()
    people: list[CandidateView] = []
    sheet: list[SheetCard] = []
    back: str = ""
    may_run: bool = False
    loaded: bool = False

    _people: list[int] = []
    _terms: list[int] = []
    _search: str = ""

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
        return rx.redirect(routes.with_query(routes.UNIT_CODES, searched(ways, query, form)))

    @rx.event
    async def find_people(self, form: dict[str, Any]):
        """Look for somebody of the chosen unit."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._search = typed(form, "name")
        await self._fill(viewer)
        return None

    @rx.event
    async def make_chosen(self, form: dict[str, Any]):
        """Make codes for the units whose boxes are ticked."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        names = form if isinstance(form, dict) else {}
        chosen = {
            str(name).removeprefix(CHOSEN) for name in names if str(name).startswith(CHOSEN) and ticked(form, name)
        }
        await self._make(viewer, chosen)
        return rx.set_focus(SAID)

    @rx.event
    async def make_for_missing(self):
        """Make codes for every unit nobody writes for."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._make(viewer, None)
        return rx.set_focus(SAID)

    @rx.event
    async def put_away(self):
        """Forget the codes on the screen."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.RUN_CONTEST) is None:
            return staff._turn_away()
        self.sheet, self.done = [], ""
        return None

    @rx.event
    async def appoint(self, place: int):
        """Let somebody of the list write for the unit."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        person = _at(self._people, place)
        name = self.people[place].name if person else ""
        said = texts.appointed(name, self.chosen.unit)
        await self._do(representatives.appoint, viewer, said, participant_id=person)
        return None

    @rx.event
    async def dismiss(self, place: int):
        """End a term of the list."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        term = _at(self._terms, place)
        name = self.chosen.terms[place].name if term else ""
        await self._do(representatives.dismiss, viewer, texts.dismissed(name, self.chosen.unit), term_id=term)
        return None

    async def _make(self, viewer: StaffViewer, unit_codes: Collection[str] | None) -> None:
        self._hush()
        self.sheet = []
        wanted = {"actor": viewer.username, "unit_codes": unit_codes, "now": server_now()}
        try:
            made = await in_thread(service.make_sheet, get_database(), **wanted)
        except ContestError as error:
            self._refuse(error)
            return
        await self._fill(viewer)
        self.sheet = await in_thread(lambda: [sheet_card(one) for one in made])
        self.done = texts.made(len(made))

    async def _do(self, work, viewer: StaffViewer, said: str, **wanted: int) -> None:
        self._hush()
        try:
            await in_thread(work, get_database(), actor=viewer.username, now=server_now(), **wanted)
        except ContestError as error:
            self._refuse(error)
        await self._fill(viewer)
        self.done = "" if self.notice else said

    async def _fill(self, viewer: StaffViewer) -> None:
        asked = self._asked()
        chosen = asked.get(routes.UNIT_QUERY, "")
        try:
            self._show(await in_thread(service.writer_table, get_database(), actor=viewer.username, asked=asked))
            if chosen:
                wanted = {"actor": viewer.username, "unit_code": chosen, "search": self._search}
                self._open(*await in_thread(service.candidates, get_database(), **wanted))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, found: WriterTable) -> None:
        ways = service.shape(found.blocs)
        self.table = table_view(
            ways,
            found.query,
            path=routes.UNIT_CODES,
            file=routes.WRITER_FILE,
            headings=HEADINGS,
            found=found.found,
            count=sum(found.counts.values()),
        )
        asked = table_query.parameters(ways, found.query)
        self.back = routes.with_query(routes.UNIT_CODES, asked)
        self.rows = [writer_row(line, asked) for line in found.lines]
        self.writers = [ChoiceView(writer, texts.counted(writer, count)) for writer, count in found.counts.items()]
        self.blocs = [ChoiceView(bloc, bloc_name(bloc)) for bloc in found.blocs]
        self.make_missing = texts.make_missing(found.without) if found.without else ""

    def _open(self, line: WriterLine, found: tuple[Candidate, ...]) -> None:
        self.chosen = writer_row(line, {})
        self._terms = [term.term_id for term in line.terms]
        self._people = [one.participant_id for one in found]
        self.people = [CandidateView(n, one.name, one.citizen_id_masked) for n, one in enumerate(found)]

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def writer_row(line: WriterLine, asked: Mapping[str, str]) -> WriterRow:
    """A unit in words; its link opens the panel and keeps the question of the list."""
    return WriterRow(
        code=line.unit_code,
        box=f"{CHOSEN}{line.unit_code}",
        choose=texts.choose(line.unit_name),
        unit=line.unit_name,
        bloc=bloc_name(line.bloc),
        writer=texts.WRITERS[line.writer],
        tone=texts.TONES[line.writer],
        names=", ".join(term.name for term in line.terms),
        code_since=texts.code_since(line.code_made_at) if line.code_made_at else "",
        href=routes.with_query(routes.UNIT_CODES, {**asked, routes.UNIT_QUERY: line.unit_code}),
        terms=[
            TermView(n, term.name, texts.term(term.appointed_by, term.appointed_at))
            for n, term in enumerate(line.terms)
        ],
    )


def sheet_card(made: PrintedCode) -> SheetCard:
    """A code as it is printed. It stands in the fragment of the QR code's address, which no server is told."""
    public = get_settings().resolved_public_url
    qr = segno.make(public + routes.unit_code(made.code), error="m")
    drawn = qr.svg_data_uri(scale=4, border=2, light="white", omitsize=True, svgclass=None, lineclass=None)
    return SheetCard(made.unit_name, made.code, drawn, public + routes.UNIT_CODE)


def _at(rows: list[int], place: object) -> int:
    """The row a browser names by its place; 0, which is none, when there is no such place."""
    if not isinstance(place, int) or isinstance(place, bool):
        return 0
    return rows[place] if 0 <= place < len(rows) else 0
