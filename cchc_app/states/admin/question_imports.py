"""Imports of questions: the list, and one of them from upload to decision."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.data.question_imports import DONE, READING, READY, REFUSED
from cchc_app.services import desk_lists
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.import_preview import (
    ImportLine,
    ImportPreview,
    Part,
    import_list,
    import_preview,
    import_progress,
)
from cchc_app.services.import_questions import (
    Defaults,
    confirm_import,
    decide_repair,
    drop_import,
    start_reading,
)
from cchc_app.services.question_files import Column, RepairKind
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.question_import_views import (
    ImportRow,
    LineView,
    OfferView,
    TabView,
    import_row,
    line_views,
    offer_views,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, typed, whole_number
from cchc_app.texts import admin_question_imports as texts
from cchc_app.texts import admin_questions
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import question_files as file_texts

PART, PAGE, ERROR = "muc", "trang", "loi"
TO_FILL = (Column.POOL, Column.TOPIC, Column.DIFFICULTY)
SHOWN_ERRORS = {code.value: code for code in (ErrorCode.FILE_TOO_LARGE, ErrorCode.FILE_EMPTY, ErrorCode.BAD_REQUEST)}


HEADINGS = (
    (desk_lists.BY_NAME, texts.COLUMN_FILE, False),
    (desk_lists.BY_STATE, texts.COLUMN_STATE, False),
    (desk_lists.BY_ROLE, texts.COLUMN_WHO, False),
    (desk_lists.BY_TIME, texts.COLUMN_WHEN, False),
)


class QuestionImportsState(Told, Listed, rx.State):
    """The list of imports."""

    rows: list[ImportRow] = []
    may_edit: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the newest imports."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the imports that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_QUESTIONS) is None:
            return staff._turn_away()
        return self._to_question(routes.QUESTION_IMPORTS, form)

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            lines = await in_thread(import_list, get_database(), actor=viewer.username, now=server_now())
            found = arrange(desk_lists.IMPORTS, lines, self._asked())
            self._arranged(
                found,
                path=routes.QUESTION_IMPORTS,
                file=routes.IMPORT_LIST_FILE,
                headings=HEADINGS,
                things=list_texts.IMPORT_THINGS,
                words={desk_lists.STATE: texts.STATES.__getitem__},
            )
            self.rows = [import_row(line) for line in found.lines]
            told = SHOWN_ERRORS.get(self.router.url.query_parameters.get(ERROR, ""))
            if told is not None:
                raise ContestError(told)
        except ContestError as error:
            self._refuse(error)
        self.may_edit, self.loaded = viewer.may(Permission.EDIT_QUESTIONS), True


class QuestionImportState(Told, rx.State):
    """One import."""

    row: ImportRow = ImportRow()
    state: str = ""
    interrupted: bool = False
    progress: str = ""
    permille: int = 0
    facts: str = ""
    tabs: list[TabView] = []
    part: str = ""
    lines: list[LineView] = []
    page: str = ""
    previous: str = ""
    next: str = ""
    offers: list[OfferView] = []
    missing: dict[str, str] = {}
    topics: list[str] = []
    errors: dict[str, str] = {column.value: "" for column in TO_FILL}
    blocked: bool = False
    confirm_label: str = ""
    written: str = ""
    may_edit: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the import of the address."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def refresh(self):
        """Look how far the reading is: the page asks every second while it shows that a file is being read."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._look(viewer)
        return None

    @rx.event
    async def accept(self, kind: str):
        """Have a kind of repair made."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._decide(viewer, kind, accept=True)
        return None

    @rx.event
    async def keep(self, kind: str):
        """Leave what a kind of repair is about as it is."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._decide(viewer, kind, accept=False)
        return None

    @rx.event
    async def confirm(self, form: dict[str, Any]):
        """Write every question, or none."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self._clear()
        await self._confirm(viewer, form)
        return None

    @rx.event
    async def drop(self):
        """Forget the file."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self._clear()
        await self._try(viewer, drop_import)
        return None

    def _number(self) -> int:
        return whole_number(self.router.url.path.rstrip("/").rpartition("/")[2])

    async def _look(self, viewer: StaffViewer) -> None:
        wanted: dict[str, Any] = {"actor": viewer.username, "number": self._number(), "now": server_now()}
        try:
            line = await in_thread(import_progress, get_database(), **wanted)
        except ContestError as error:
            self._refuse(error)
            return
        if line.state == READING:
            self._show_line(line)
        elif self.state != line.state:
            await self._fill(viewer)

    async def _decide(self, viewer: StaffViewer, kind: object, *, accept: bool) -> None:
        self._clear()
        if not isinstance(kind, str) or kind not in set(RepairKind):
            return
        if await self._try(viewer, decide_repair, kind=RepairKind(kind), accept=accept):
            start_reading(get_database(), self._number())

    async def _confirm(self, viewer: StaffViewer, form: object) -> None:
        difficulty = whole_number(typed(form, Column.DIFFICULTY))
        pool = typed(form, Column.POOL)
        defaults = Defaults(
            pool=pool if pool in admin_questions.POOLS else "",
            topic=typed(form, Column.TOPIC)[:200],
            difficulty=difficulty if difficulty in admin_questions.DIFFICULTIES else None,
        )
        try:
            await self._try(viewer, confirm_import, defaults=defaults)
        except FieldErrors as refused:
            self.errors = {column.value: "" for column in TO_FILL} | field_messages(refused)

    async def _try(self, viewer: StaffViewer, work, **wanted: Any) -> bool:
        """Do something to the import and show what it is then; whether it was done."""
        wanted |= {"actor": viewer.username, "number": self._number(), "now": server_now()}
        try:
            await in_thread(work, get_database(), **wanted)
        except ContestError as error:
            self._refuse(error)
            return False
        await self._fill(viewer)
        return True

    async def _fill(self, viewer: StaffViewer) -> None:
        asked = self.router.url.query_parameters
        wanted: dict[str, Any] = {"part": asked.get(PART, ""), "page": whole_number(asked.get(PAGE, "1"))}
        wanted |= {"actor": viewer.username, "number": self._number(), "now": server_now()}
        try:
            self._show(await in_thread(import_preview, get_database(), **wanted))
        except ContestError as error:
            self._refuse(error)
        self.may_edit, self.loaded = viewer.may(Permission.EDIT_QUESTIONS), True

    def _show(self, found: ImportPreview) -> None:
        self._show_line(found.line)
        path = routes.question_import(found.line.number)
        self.facts = texts.facts(found.kind, found.counts[Part.QUESTIONS]) if found.kind or found.counts else ""
        self.tabs = [
            TabView(texts.part(one, count), f"{path}?{PART}={one}", one is found.part)
            for one, count in found.counts.items()
        ]
        self.part, self.lines = found.part.value, line_views(found)
        self.page = texts.page_of(found.page, found.pages) if found.pages > 1 else ""
        there = f"{path}?{PART}={found.part}&{PAGE}="
        self.previous = f"{there}{found.page - 1}" if found.page > 1 else ""
        self.next = f"{there}{found.page + 1}" if found.page < found.pages else ""
        self.offers, self.topics = offer_views(found), list(found.topics)
        self.missing = {
            column.value: texts.missing(file_texts.column_title(column).lower(), found.missing[column])
            for column in TO_FILL
            if found.missing[column]
        }
        undecided = any(not (offer.accepted or offer.kept) for offer in self.offers)
        self.blocked = found.line.state == REFUSED or found.counts[Part.ERRORS] > 0
        ready = found.line.state == READY and not self.blocked and not undecided
        self.confirm_label = texts.confirm(found.counts[Part.QUESTIONS]) if ready else ""
        self.written = texts.written(found.written) if found.line.state == DONE else ""

    def _show_line(self, line: ImportLine) -> None:
        self.row, self.state, self.interrupted = import_row(line), line.state, line.interrupted
        self.progress = texts.progress(line.done, line.total)
        self.permille = 1000 * line.done // line.total if line.total else 0

    def _clear(self) -> None:
        self.notice = self.notice_code = ""
        self.errors = {column.value: "" for column in TO_FILL}
