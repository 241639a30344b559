"""The organisers' list of participants."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.people_table import PersonRow
from cchc_app.services import organise_people as service
from cchc_app.services.organise_people import PeopleTable, UnitName
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.forms import typed
from cchc_app.texts import admin_people as texts
from cchc_app.texts.register import bloc_name

HEADINGS = (
    (service.BY_NAME, texts.COLUMN_NAME, False),
    (service.BY_UNIT, texts.COLUMN_UNIT, False),
    (service.BY_CREATED, texts.COLUMN_CREATED, False),
)


@dataclass
class StateMark:
    """One word about a person."""

    name: str = ""
    tone: str = ""


@dataclass
class PersonView:
    """One participant in words."""

    key: int = 0
    name: str = ""
    masked: str = ""
    unit: str = ""
    bloc: str = ""
    created: str = ""
    states: list[StateMark] = field(default_factory=list)
    identity: str = ""
    papers: str = ""
    href: str = ""


class ParticipantsState(Told, rx.State):
    """What the page shows."""

    rows: list[PersonView] = []
    table: TableView = TableView()
    units: list[ChoiceView] = []
    blocs: list[ChoiceView] = []
    loaded: bool = False

    _units: tuple[UnitName, ...] = ()

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
        """Go to the list that the search form asks for; a whole number does not go into the address."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        ways = service.shape(self._units)
        query = table_query.parse(ways, dict(self.router.url.query_parameters))
        tidy = {**form, "search": service.tidy_search(typed(form, "search"))} if isinstance(form, dict) else {}
        return rx.redirect(routes.with_query(routes.PARTICIPANTS, searched(ways, query, tidy)))

    async def _fill(self, viewer: StaffViewer) -> None:
        asked = dict(self.router.url.query_parameters)
        try:
            self._show(await in_thread(service.people_table, get_database(), actor=viewer.username, asked=asked))
        except ContestError as error:
            self._refuse(error)
        self.loaded = True

    def _show(self, found: PeopleTable) -> None:
        self._units = found.units
        self.table = table_view(
            service.shape(found.units),
            found.query,
            path=routes.PARTICIPANTS,
            file=routes.PEOPLE_LIST_FILE,
            headings=HEADINGS,
            found=found.found,
            count=found.count,
            things=texts.THINGS,
        )
        self.rows = [person_view(row) for row in found.lines]
        self.units, self.blocs = unit_choices(found.units), bloc_choices(found.units)


def unit_choices(units: tuple[UnitName, ...]) -> list[ChoiceView]:
    """Units as a filter offers them."""
    return [ChoiceView(unit.code, unit.name) for unit in units]


def bloc_choices(units: tuple[UnitName, ...]) -> list[ChoiceView]:
    """Blocs as a filter offers them."""
    return [ChoiceView(bloc, bloc_name(bloc)) for bloc in dict.fromkeys(unit.bloc for unit in units)]


def person_view(row: PersonRow) -> PersonView:
    """One participant in words."""
    return PersonView(
        key=row.participant_id,
        name=row.full_name,
        masked=row.citizen_id_masked,
        unit=row.unit_name,
        bloc=bloc_name(row.bloc),
        created=texts.day(row.created_at),
        states=[StateMark(*state) for state in texts.states(row)],
        identity=texts.identity(row),
        papers=str(row.papers),
        href=routes.participant(row.participant_id),
    )
