"""The audit log's page: newest first, searched, some at a time."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.audit_log import LogLine, read_log
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.session import StaffState
from cchc_app.states.forms import typed
from cchc_app.texts import admin as texts
from cchc_app.texts import message
from cchc_app.texts.formats import second_and_date

LONGEST_SEARCH = 60


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
    loaded: bool = False
    more: bool = False
    newest: bool = True
    notice: str = ""

    _search: str = ""

    @rx.event
    async def load(self):
        """Show the newest entries."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_AUDIT_LOG)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._read(viewer, None)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Show the newest entries that say what was typed."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_AUDIT_LOG)
        if viewer is None:
            return staff._turn_away()
        self._search = typed(form, "search")[:LONGEST_SEARCH]
        await self._read(viewer, None)
        return None

    @rx.event
    async def older(self):
        """Show the entries before those on the screen."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_AUDIT_LOG)
        if viewer is None:
            return staff._turn_away()
        await self._read(viewer, self.entries[-1].number if self.entries else None)
        return None

    async def _read(self, viewer: StaffViewer, before: int | None) -> None:
        try:
            found = await in_thread(
                read_log, get_database(), actor=viewer.username, search=self._search, before_seq=before
            )
        except ContestError as error:
            self.reset()
            self.notice = message(error.code, error.details)
            return
        self.entries, self.more = [entry_view(line) for line in found.lines], found.more
        self.newest, self.loaded, self.notice = before is None, True, ""


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
