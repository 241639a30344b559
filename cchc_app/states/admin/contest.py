"""The contest's own page: its names, its texts, its files."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.data.site_files import FileRow
from cchc_app.services import contest_texts as service
from cchc_app.services import site_files
from cchc_app.services.contest_texts import ContestTexts
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.markdown import to_html
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.services.typed_fields import LONGEST_MARKDOWN
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.sections import typed_values, whole_number
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages
from cchc_app.texts import admin_contest as texts
from cchc_app.texts import message

NAMES, TEXTS, FILES, BOARDS = texts.SECTIONS
FIELDS = (*service.NAMES, *service.LINES, *service.MARKDOWN, *service.LINKS)
UPLOAD_REFUSALS = (
    *(ErrorCode.FIELD_MISSING, ErrorCode.FILE_TYPE, ErrorCode.PICTURE_INVALID, ErrorCode.BAD_REQUEST),
    ErrorCode.UPLOAD_TOO_LARGE,
)


@dataclass
class FileView:
    """One file of the list."""

    number: int = 0
    name: str = ""
    href: str = ""
    slot: str = ""
    said: str = ""
    is_picture: bool = False


class ContestState(Told, rx.State):
    """What the page shows."""

    section: str = NAMES
    missing: bool = False
    may_edit: bool = False
    slug: str = ""
    code: str = ""
    revision: int = 0
    form_key: int = 0
    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    newer: dict[str, str] = {}
    previews: dict[str, str] = dict.fromkeys(service.MARKDOWN, "")
    files: list[FileView] = []

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        self._read_address()
        await self._fill(viewer)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep the names or the texts."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        await self._save(viewer, typed_values(form))
        return None

    @rx.event
    async def preview(self, field: str, text: str):
        """Show a text as visitors will read it."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        if field in service.MARKDOWN and isinstance(text, str):
            self.previews = self.previews | {field: to_html(text[:LONGEST_MARKDOWN])}
        return None

    @rx.event
    async def remove_file(self, number: int):
        """Show a file no longer."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        await self._remove_file(viewer, whole_number(number))
        return None

    async def _save(self, viewer: StaffViewer, form: dict[str, str]) -> None:
        try:
            found = await in_thread(
                service.save_texts,
                get_database(),
                actor=viewer.username,
                revision=whole_number(form.get("revision")),
                form=form,
                now=server_now(),
            )
        except FieldErrors as refused:
            self.errors = dict.fromkeys(FIELDS, "") | field_messages(refused)
        except ContestError as error:
            self._refuse(error)
            if error.code is ErrorCode.CHANGED_MEANWHILE:
                await self._show_newer(viewer, form)
        else:
            self._show(found)
            self.done = texts.SAVED

    async def _show_newer(self, viewer: StaffViewer, form: dict[str, str]) -> None:
        """The other's texts beside one's own; the next saving counts from them."""
        found = await in_thread(service.contest_texts, get_database(), actor=viewer.username)
        self.newer = {name: found.values[name] for name in FIELDS if name in form and form[name] != found.values[name]}
        self.revision = found.revision

    async def _remove_file(self, viewer: StaffViewer, number: int) -> None:
        try:
            await in_thread(
                site_files.remove_file, get_database(), actor=viewer.username, number=number, now=server_now()
            )
            self.done = texts.REMOVED
        except ContestError as error:
            self._refuse(error)
        await self._fill(viewer)

    async def _fill(self, viewer: StaffViewer) -> None:
        self.may_edit = viewer.may(Permission.RUN_CONTEST)
        try:
            self._show(await in_thread(service.contest_texts, get_database(), actor=viewer.username))
            found = await in_thread(site_files.files_of_contest, get_database(), actor=viewer.username)
        except ContestError as error:
            self.missing = error.code is ErrorCode.CONTEST_MISSING
            if not self.missing:
                self._refuse(error)
            return
        self.files = [file_view(row) for row in found]

    def _show(self, found: ContestTexts) -> None:
        self.slug, self.code, self.revision = found.slug, found.code, found.revision
        self.values, self.errors, self.newer = dict(found.values), dict.fromkeys(FIELDS, ""), {}
        self.previews = {name: to_html(found.values[name]) for name in service.MARKDOWN}
        self.form_key += 1

    def _read_address(self) -> None:
        asked = self.router.url.query_parameters
        self.section = asked.get(routes.SECTION_QUERY, NAMES)
        if self.section not in texts.SECTIONS:
            self.section = NAMES
        self.done = texts.UPLOADED if "xong" in asked else ""
        refused = next((code for code in UPLOAD_REFUSALS if code == asked.get("loi")), None)
        if refused is not None:
            self.notice, self.notice_code = message(refused, {"most": 20}), refused.value

        self.errors = dict.fromkeys(FIELDS, "")


def file_view(row: FileRow) -> FileView:
    """A file in words."""
    return FileView(
        row.number,
        row.name,
        routes.file(row.digest, row.name),
        texts.SLOTS[row.slot],
        texts.uploaded(row.uploaded_by, row.uploaded_at),
        row.media_type.startswith("image/"),
    )
