"""One question: read, written, approved by a second person, retired, restored."""

from typing import Any
from urllib.parse import unquote

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState
from cchc_app.data.engine import get_database
from cchc_app.services.edit_question import add_question, save_question
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.question_deeds import do_to_questions
from cchc_app.services.question_files import Column
from cchc_app.services.read_question import QuestionDetail, bank_topics, question_detail
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.question_views import (
    VERSION,
    FactView,
    OptionView,
    VersionView,
    event_lines,
    feedback_view,
    newer_facts,
    option_views,
    question_view,
    typed_question,
    values_of,
    version_views,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, typed, whole_number
from cchc_app.states.quiz_views import FeedbackView, QuestionView
from cchc_app.texts import admin_questions as texts

FIELDS = tuple(column.value for column in Column)
REVISION = "revision"


class QuestionEditorState(Told, rx.State):
    """What the page shows. What is typed stays in the browser until it is saved."""

    title: str = texts.NEW
    code: str = ""
    revision: str = ""
    version: str = ""
    is_new: bool = False
    loaded: bool = False
    may_edit: bool = False
    may_approve: bool = False
    own_version: bool = False
    retired: bool = False
    state_name: str = ""
    tone: str = ""
    aside: str = ""
    values: dict[str, str] = dict.fromkeys(FIELDS, "")
    options: list[OptionView] = []
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    newer: list[FactView] = []
    topics: list[str] = []
    question: QuestionView = QuestionView()
    feedback: FeedbackView = FeedbackView()
    versions: list[VersionView] = []
    events: list[str] = []
    form_key: int = 0

    _answer: FeedbackView = FeedbackView()

    @rx.event
    async def load(self):
        """Open a question, or an empty form."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._open(viewer)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep what was typed."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self._clear()
        return await self._save(viewer, form)

    @rx.event
    async def approve(self, form: dict[str, Any]):
        """Be the second person for the version that is shown."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, QuestionDeed.APPROVED, whole_number(typed(form, VERSION)))
        return None

    @rx.event
    async def retire(self):
        """Have it drawn no more."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, QuestionDeed.RETIRED, 0)
        return None

    @rx.event
    async def restore(self):
        """Have it drawn again."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, QuestionDeed.RESTORED, 0)
        return None

    @rx.event
    async def toggle_answer(self):
        """Show the preview answered, or not yet."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_QUESTIONS) is None:
            return staff._turn_away()
        self.feedback = FeedbackView() if self.feedback.shown else self._answer
        return None

    def _asked_code(self) -> str:
        return unquote(self.router.url.path.rstrip("/").rpartition("/")[2])

    async def _open(self, viewer: StaffViewer) -> None:
        code = self._asked_code()
        try:
            if code == routes.NEW_QUESTION:
                self._show_empty(await in_thread(bank_topics, get_database(), actor=viewer.username))
            else:
                self._show(await in_thread(question_detail, get_database(), actor=viewer.username, code=code), viewer)
        except ContestError as error:
            self._refuse(error)
        self.may_edit = viewer.may(Permission.EDIT_QUESTIONS)

    async def _save(self, viewer: StaffViewer, form: object):
        code, typed_in = self._asked_code(), typed_question(form)
        wanted: dict[str, Any] = {"actor": viewer.username, "typed": typed_in, "now": server_now()}
        try:
            if code == routes.NEW_QUESTION:
                return rx.redirect(routes.question(await in_thread(add_question, get_database(), **wanted)))
            revision = whole_number(typed(form, REVISION))
            found = await in_thread(save_question, get_database(), code=code, revision=revision, **wanted)
        except FieldErrors as refused:
            self.errors = dict.fromkeys(FIELDS, "") | field_messages(refused)
            self.refusals += 1
            return None
        except ContestError as error:
            await self._refuse_save(viewer, code, error)
            return None
        self._show(found, viewer)
        self.done = texts.SAVED_WAITS if found.waits else texts.SAVED
        return None

    async def _refuse_save(self, viewer: StaffViewer, code: str, error: ContestError) -> None:
        self._refuse(error)
        if error.code is ErrorCode.QUESTION_CHANGED:
            found = await in_thread(question_detail, get_database(), actor=viewer.username, code=code)
            self.newer, self.revision = newer_facts(found), str(found.revision)

    async def _do(self, viewer: StaffViewer, deed: QuestionDeed, seen: int) -> None:
        self._clear()
        code = self._asked_code()
        wanted: dict[str, Any] = {"actor": viewer.username, "deed": deed, "chosen": {code: seen}, "now": server_now()}
        try:
            result = await in_thread(do_to_questions, get_database(), **wanted)
            self._show(await in_thread(question_detail, get_database(), actor=viewer.username, code=code), viewer)
        except ContestError as error:
            self._refuse(error)
            return
        if result.refused:
            self._refuse(ContestError(result.refused[0][1]))
        else:
            self.done = texts.done(deed, 1)

    def _show_empty(self, topics: tuple[str, ...]) -> None:
        self.title, self.is_new, self.loaded, self.topics = texts.NEW, True, True, list(topics)
        self.options = option_views(())

    def _show(self, found: QuestionDetail, viewer: StaffViewer) -> None:
        newest = found.versions[0]
        self.title, self.code, self.loaded = texts.title(found.code), found.code, True
        self.revision, self.version = str(found.revision), str(newest.number)
        self.values, self.options = values_of(found), option_views(newest.options, newest.key)
        self.errors, self.newer, self.topics = dict.fromkeys(FIELDS, ""), [], list(found.topics)
        self.question, self._answer = question_view(found), feedback_view(found)
        self.feedback = FeedbackView()
        self.versions, self.events = version_views(found), event_lines(found)
        self.own_version = found.waits and newest.written_by == viewer.username
        self.may_approve = found.waits and not self.own_version and viewer.may(Permission.EDIT_QUESTIONS)
        self.retired = found.state is QuestionState.RETIRED
        self.state_name, self.tone = texts.STATES[found.state], texts.TONES[found.state]
        in_use = found.waits and found.approved_version is not None
        self.aside = texts.WAITS_BESIDE if in_use else ""
        self.form_key += 1

    def _clear(self) -> None:
        self._hush()
        self.errors, self.newer = dict.fromkeys(FIELDS, ""), []
