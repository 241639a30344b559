"""The audit log's page: newest first, searched, filtered, page by page."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import get_database
from cchc_app.services import audit_log as service
from cchc_app.services.audit_log import LogLine, LogTable
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.texts import admin as texts
from cchc_app.texts import message
from cchc_app.texts.formats import second_and_date


@dataclass
class EntryView:
    """One entry in words."""

    number: int = 0
    at: str = ""
    who: str = ""
    what: str = ""
    subject: str = ""
    change: str = ""


class AuditLogState(rx.State):
    """What the page shows."""

    entries: list[EntryView] = []
    table: TableView = TableView()
    actors: list[ChoiceView] = []
    actions: list[ChoiceView] = []
    loaded: bool = False
    notice: str = ""

    @rx.event
    async def load(self):
        """Show the entries the address asks for."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_AUDIT_LOG)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the entries that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_AUDIT_LOG) is None:
            return staff._turn_away()
        ways = service.shape([choice.value for choice in self.actors])
        query = table_query.parse(ways, self._asked())
        return rx.redirect(routes.with_query(routes.AUDIT_LOG, searched(ways, query, form)))

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(service.read_log, get_database(), actor=viewer.username, asked=self._asked())
            self._show(found)
        except ContestError as error:
            self.notice = message(error.code, error.details)

    def _show(self, found: LogTable) -> None:
        self.table = table_view(
            service.shape(found.actors),
            found.query,
            path=routes.AUDIT_LOG,
            file=routes.AUDIT_LOG_FILE,
            headings=((service.BY_TIME, texts.COLUMN_AT, False),),
            found=found.found,
            count=found.count,
            things=texts.LOG_THINGS,
        )
        self.entries = [entry_view(line) for line in found.lines]
        self.actors = [ChoiceView(actor, actor) for actor in found.actors]
        self.actions = [ChoiceView(action, texts.ACTIONS[action]) for action in Action]
        self.loaded = True

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def entry_view(line: LogLine) -> EntryView:
    """An entry in words; what has no words is shown by its name."""
    return EntryView(
        line.seq,
        second_and_date(line.at),
        line.actor,
        texts.ACTIONS.get(line.action, line.action),
        line.subject,
        texts.change(line.before, line.after),
    )
