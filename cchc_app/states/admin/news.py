"""The staff's list of news, and the editor of one."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services import announcements as service
from cchc_app.services import desk_lists
from cchc_app.services.announcements import NewsEntry
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.markdown import to_html
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.services.typed_fields import LONGEST_MARKDOWN
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.sections import typed_values, whole_number
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages
from cchc_app.texts import admin_news as texts
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import message
from cchc_app.texts.admin_contest import typed_instant

FIELDS = ("title", "body", "starts_at", "ends_at")
HEADINGS = (
    (desk_lists.BY_NAME, texts.COLUMN_TITLE, False),
    (desk_lists.BY_STATE, texts.COLUMN_STATE, False),
    (desk_lists.BY_TIME, texts.COLUMN_STARTS, False),
)


@dataclass
class NewsRow:
    """One line of the list."""

    number: int = 0
    title: str = ""
    href: str = ""
    state: str = ""
    tone: str = ""
    starts: str = ""
    by: str = ""
    pinned: bool = False


class NewsDeskState(Listed, rx.State):
    """The list."""

    rows: list[NewsRow] = []
    loaded: bool = False
    may_edit: bool = False
    notice: str = ""

    @rx.event
    async def load(self):
        """Show the news the address asks for."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._read(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the news that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        return self._to_question(routes.NEWS_DESK, form)

    async def _read(self, viewer: StaffViewer) -> None:
        try:
            entries = await in_thread(service.news_list, get_database(), actor=viewer.username, now=server_now())
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return
        found = arrange(desk_lists.NEWS, entries, self._asked())
        self._arranged(
            found,
            path=routes.NEWS_DESK,
            file=routes.NEWS_FILE,
            headings=HEADINGS,
            things=list_texts.NEWS_THINGS,
            words={desk_lists.STATE: texts.STATES.__getitem__},
        )
        self.rows, self.loaded = [_row(entry) for entry in found.lines], True
        self.may_edit = viewer.may(Permission.RUN_CONTEST)


def _row(entry: NewsEntry) -> NewsRow:
    return NewsRow(
        entry.number,
        entry.title,
        routes.news_editor(entry.number),
        texts.STATES[entry.state],
        texts.TONES[entry.state],
        texts.shown_from(entry.starts_at),
        texts.AUTHORS.get(entry.written_by, entry.written_by),
        entry.pinned,
    )


class NewsEditorState(Told, rx.State):
    """The editor."""

    number: int = 0
    revision: int = 0
    form_key: int = 0
    loaded: bool = False
    may_edit: bool = False
    pinned: bool = False
    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    newer: dict[str, str] = {}
    preview_html: str = ""

    @rx.event
    async def load(self):
        """Open an announcement, or an empty form."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._open(viewer)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep what was typed."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        return await self._save(viewer, typed_values(form))

    @rx.event
    async def preview(self, text: str):
        """Show the text as visitors will read it."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        if isinstance(text, str):
            self.preview_html = to_html(text[:LONGEST_MARKDOWN])
        return None

    @rx.event
    async def remove(self):
        """Take it away."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        return await self._remove(viewer)

    async def _open(self, viewer: StaffViewer) -> None:
        self.may_edit = viewer.may(Permission.RUN_CONTEST)
        raw = self.router.url.path.rstrip("/").rpartition("/")[2]
        if raw == routes.NEW_NEWS:
            self.loaded = True
            return
        try:
            self._show(await self._stored(viewer, whole_number(raw)))
        except ContestError as error:
            self._refuse(error)

    async def _stored(self, viewer: StaffViewer, number: int) -> NewsEntry:
        return await in_thread(
            service.news_entry, get_database(), actor=viewer.username, number=max(0, number), now=server_now()
        )

    async def _save(self, viewer: StaffViewer, form: dict[str, str]):
        self.errors = dict.fromkeys(FIELDS, "")
        number = max(0, whole_number(form.get("number")))
        try:
            found = await in_thread(
                service.write_news,
                get_database(),
                actor=viewer.username,
                number=number,
                revision=whole_number(form.get("revision")),
                form=form,
                pinned="pinned" in form,
                now=server_now(),
            )
        except FieldErrors as refused:
            self.errors = dict.fromkeys(FIELDS, "") | field_messages(refused)
            return None
        except ContestError as error:
            self._refuse(error)
            if error.code is ErrorCode.CHANGED_MEANWHILE:
                entry = await self._stored(viewer, number)
                self.newer, self.revision = _values(entry), entry.revision
            return None
        self._show(found)
        self.done = texts.SAVED
        return rx.redirect(routes.news_editor(found.number)) if number == 0 else None

    async def _remove(self, viewer: StaffViewer):
        try:
            await in_thread(
                service.remove_news, get_database(), actor=viewer.username, number=self.number, now=server_now()
            )
        except ContestError as error:
            self._refuse(error)
            return None
        return rx.redirect(routes.NEWS_DESK)

    def _show(self, entry: NewsEntry) -> None:
        self.number, self.revision, self.pinned, self.loaded = entry.number, entry.revision, entry.pinned, True
        self.values, self.newer = _values(entry), {}
        self.preview_html = to_html(entry.body)
        self.form_key += 1


def _values(entry: NewsEntry) -> dict[str, str]:
    return {
        "title": entry.title,
        "body": entry.body,
        "starts_at": typed_instant(entry.starts_at),
        "ends_at": typed_instant(entry.ends_at) if entry.ends_at else "",
    }
