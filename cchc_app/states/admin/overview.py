"""The staff's first page: how the contest goes, for whoever may read it; what the role may do, for the others."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx
from reflex_base.constants.state import FIELD_MARKER

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import PERMISSIONS, Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import live_overview as feeds
from cchc_app.services import participation as service
from cchc_app.services.overview import Overview
from cchc_app.services.participation import Participation, ParticipationTable
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.overview_view import LiveOverview, live_overview
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.rooms import overview_rooms
from cchc_app.texts import admin, message
from cchc_app.texts import admin_overview as texts
from cchc_app.texts.register import bloc_name

HEADINGS = (
    (service.BY_ORDER, texts.COLUMN_ORDER, True),
    (service.BY_UNIT, texts.COLUMN_UNIT, False),
    (service.BY_BLOC, texts.COLUMN_BLOC, False),
    (service.BY_HEADCOUNT, texts.COLUMN_HEADCOUNT, True),
    (service.BY_REGISTERED, texts.COLUMN_REGISTERED, True),
    (service.BY_TAKING_PART, texts.COLUMN_TAKING_PART, True),
    (service.BY_RATE, texts.COLUMN_RATE, True),
    (service.BY_SCORE, texts.COLUMN_SCORE, True),
)


@dataclass
class UnitLine:
    """One unit or bloc in words; `bar` is the rate in whole percent, at most 100."""

    number: str = ""
    code: str = ""
    name: str = ""
    href: str = ""  # of the unit's own panel
    bloc: str = ""
    headcount: str = ""
    registered: str = ""
    participants: str = ""
    rate: str = ""
    bar: int = 0
    score: str = ""


@dataclass
class BoardTab:
    """A board one may choose."""

    name: str = ""
    href: str = ""
    current: bool = False


class OverviewState(rx.State):
    """What the page shows. `live` is sent anew to every open tab."""

    may: list[str] = []
    reads: bool = False
    live: LiveOverview = LiveOverview()
    tabs: list[BoardTab] = []
    blocs: list[UnitLine] = []
    lines: list[UnitLine] = []
    table: TableView = TableView()
    bloc_choices: list[ChoiceView] = []
    zero_choices: list[ChoiceView] = [ChoiceView(service.ONLY_ZERO, texts.ONLY_ZERO)]
    withheld: str = ""
    notice: str = ""
    notice_code: str = ""

    _ways: table_query.TableShape | None = None

    @rx.event
    async def load(self):
        """Fill the page for a member of staff."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.ENTER_DESK)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        allowed = PERMISSIONS[viewer.role] - {Permission.ENTER_DESK}
        self.may = [admin.PERMISSIONS[permission] for permission in Permission if permission in allowed]
        if viewer.may(Permission.READ_CONTEST):
            await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the units that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        if self._ways is None:
            return None
        query = table_query.parse(self._ways, self._asked())
        # The week stays: it is chosen by its tab, not in the form.
        kept = {name: value for name, value in query.filters.items() if name == service.BOARD}
        asked = {**kept, **searched(self._ways, query, form)}
        return rx.redirect(f"{routes.with_query(routes.STAFF, asked)}#{routes.UNITS_PART}")

    async def _fill(self, viewer: StaffViewer) -> None:
        db, now, asked = get_database(), server_now(), self._asked()
        try:
            found = await in_thread(service.participation_table, db, actor=viewer.username, asked=asked, now=now)
            self._show(found)
            # First the room, then the figures: whatever is sent from now on is newer.
            session = (await self.get_state(StaffState))._session_token_hash()
            await overview_rooms.enter(self.router.session.session_id, session)
            self.live = live_overview(await in_thread(feeds.get_feed().newest, now=now))
            self.reads = True
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value

    def _show(self, found: ParticipationTable) -> None:
        ways = self._ways = service.shape([bloc.code for bloc in found.blocs], found.boards)
        table = table_view(
            ways,
            found.query,
            path=routes.STAFF,
            file=routes.PARTICIPATION_FILE,
            headings=HEADINGS,
            found=found.found,
            count=found.count,
        )
        self.table = replace(table, totals=texts.totals(found.found, found.count))
        first = (found.query.page - 1) * ways.page_size + 1
        self.lines = [unit_line(line, number) for number, line in enumerate(found.lines, first)]
        self.blocs = [unit_line(line, number) for number, line in enumerate(found.blocs, 1)]
        self.bloc_choices = [ChoiceView(bloc.code, bloc.name) for bloc in found.blocs]
        self.tabs = [self._tab(number, found) for number in found.boards]
        self.withheld = texts.withheld(found.withheld_until, server_now()) if found.withheld_until else ""

    def _tab(self, number: int, found: ParticipationTable) -> BoardTab:
        asked = {**table_query.parameters(self._ways or service.shape((), ()), found.query.on_page(1))}
        href = routes.with_query(routes.STAFF, {**asked, service.BOARD: service.board_slug(number)})
        return BoardTab(texts.board_name(number), f"{href}#{routes.UNITS_PART}", number == found.board)

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


async def publish_overview() -> None:
    """Keep every open overview up to date, for as long as the server runs."""

    async def send(found: Overview, sessions: Collection[str]) -> None:
        delta = {OverviewState.get_full_name(): {f"live{FIELD_MARKER}": live_overview(found)}}
        for session in sessions:
            await overview_rooms.send(session, delta)

    await feeds.publish(feeds.get_feed(), clock=server_now, watched=overview_rooms.open, send=send)


def unit_line(line: Participation, number: int) -> UnitLine:
    """A unit or a bloc in words."""
    return UnitLine(
        number=str(number),
        code=line.code,
        name=line.name,
        href=routes.with_query(routes.STAFF_UNITS, {routes.UNIT_QUERY: line.code}),
        bloc=bloc_name(line.bloc),
        headcount=texts.count(line.headcount),
        registered=texts.count(line.registered),
        participants=texts.count(line.participants),
        rate=texts.percent(line.rate),
        bar=min(100, int(line.rate or 0)),
        score=texts.percent(line.score),
    )
