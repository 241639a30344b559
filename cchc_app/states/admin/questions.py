"""The question bank's table, and what is done to the questions chosen in it."""

from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState
from cchc_app.data.engine import get_database
from cchc_app.services import question_bank as service
from cchc_app.services.question_bank import BankLine, BankTable
from cchc_app.services.question_bank_files import KINDS
from cchc_app.services.question_deeds import ACTIONS, LONGEST_TOPIC, DeedResult, do_to_questions, found_questions
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.texts import admin_questions as texts
from cchc_app.texts import message
from cchc_app.texts.formats import second_and_date

HEADINGS = (
    ("ma", texts.COLUMN_CODE, False),
    ("chu-de", texts.COLUMN_TOPIC, False),
    ("do-kho", texts.COLUMN_DIFFICULTY, True),
    ("trang-thai", texts.COLUMN_STATE, False),
    ("luc", texts.COLUMN_CHANGED, False),
)
BOX = "cau-"  # what the names of the checkboxes begin with
ALL, DEED, TOPIC = "tat-ca", "viec", "chu-de-moi"
MOST_TOLD = 20


@dataclass
class QuestionRow:
    """One question of the table in words."""

    code: str = ""
    href: str = ""
    box: str = ""
    choose: str = ""
    stem: str = ""
    pool: str = ""
    topic: str = ""
    difficulty: str = ""
    state: str = ""
    tone: str = ""
    aside: str = ""
    changed: str = ""
    by: str = ""
    version: int = 0


@dataclass
class FileView:
    """A file to take away."""

    name: str = ""
    href: str = ""


class QuestionBankState(Told, rx.State):
    """What the page shows."""

    rows: list[QuestionRow] = []
    table: TableView = TableView()
    topics: list[ChoiceView] = []
    topic_names: list[str] = []
    states: list[ChoiceView] = []
    files: list[FileView] = []
    choose_all: str = ""
    confirm_text: str = ""
    left: list[str] = []
    empty: bool = False
    may_edit: bool = False
    loaded: bool = False
    form_key: int = 0

    _chosen: dict[str, int] = {}
    _deed: str = ""
    _topic: str = ""

    @rx.event
    async def load(self):
        """Show the bank as the address asks for it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the table that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_QUESTIONS) is None:
            return staff._turn_away()
        ways = service.shape([choice.value for choice in self.topics])
        query = table_query.parse(ways, self._asked())
        return rx.redirect(routes.with_query(routes.STAFF_QUESTIONS, searched(ways, query, form)))

    @rx.event
    async def prepare(self, form: dict[str, Any]):
        """Ask before the chosen deed is done to the chosen questions."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        self._clear()
        try:
            await self._prepare(viewer, form)
        except ContestError as error:
            self._refuse(error)
        return None

    @rx.event
    async def confirm(self):
        """Do what was asked about."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.EDIT_QUESTIONS)
        if viewer is None:
            return staff._turn_away()
        await self._confirm(viewer)
        return None

    @rx.event
    async def cancel(self):
        """Do nothing after all."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_QUESTIONS) is None:
            return staff._turn_away()
        self._clear()
        return None

    async def _prepare(self, viewer: StaffViewer, form: object) -> None:
        deed, topic = typed(form, DEED), " ".join(typed(form, TOPIC)[:LONGEST_TOPIC].split())
        if deed not in {one.value for one in ACTIONS}:
            raise ContestError(ErrorCode.DEED_NOT_CHOSEN)
        if deed == QuestionDeed.MOVED and not topic:
            raise ContestError(ErrorCode.TOPIC_MISSING)
        if ticked(form, ALL):
            wanted = {"actor": viewer.username, "asked": self._asked(), "now": server_now()}
            chosen = await in_thread(found_questions, get_database(), **wanted)
        else:
            chosen = {row.code: row.version for row in self.rows if ticked(form, row.box)}
        if not chosen:
            raise ContestError(ErrorCode.QUESTIONS_NOT_CHOSEN)
        self._chosen, self._deed, self._topic = chosen, deed, topic
        self.confirm_text = texts.confirm(deed, len(chosen), topic)

    async def _confirm(self, viewer: StaffViewer) -> None:
        chosen, deed, topic = self._chosen, self._deed, self._topic
        self._clear()
        if not deed:
            return
        try:
            result = await in_thread(
                do_to_questions,
                get_database(),
                actor=viewer.username,
                deed=QuestionDeed(deed),
                chosen=chosen,
                topic=topic,
                now=server_now(),
            )
        except ContestError as error:
            self._refuse(error)
            return
        await self._fill(viewer)
        self._tell(deed, result)

    def _tell(self, deed: str, result: DeedResult) -> None:
        self.done = texts.done(deed, len(result.done)) if result.done else ""
        told = [texts.not_done(code, message(error)) for code, error in result.refused[:MOST_TOLD]]
        self.left = told + ["…"] * (len(result.refused) > MOST_TOLD)
        self.form_key += 1

    async def _fill(self, viewer: StaffViewer) -> None:
        wanted = {"actor": viewer.username, "asked": self._asked(), "now": server_now()}
        try:
            self._show(await in_thread(service.bank_table, get_database(), **wanted))
        except ContestError as error:
            self._refuse(error)
        self.may_edit, self.loaded = viewer.may(Permission.EDIT_QUESTIONS), True

    def _show(self, found: BankTable) -> None:
        ways = service.shape(found.topics)
        table = table_view(
            ways,
            found.query,
            path=routes.STAFF_QUESTIONS,
            file=routes.question_file("xlsx"),
            headings=HEADINGS,
            found=found.found,
            count=found.count,
        )
        self.table = replace(table, totals=texts.totals(found.found, found.count))
        self.rows = [row_view(line) for line in found.lines]
        self.topics = [ChoiceView(topic, topic) for topic in found.topics]
        self.topic_names = list(found.topics)
        self.states = [ChoiceView(key, state_choice(key, found)) for key in service.STATES]
        asked = table_query.parameters(ways, found.query.on_page(1))
        self.files = [
            FileView(texts.EXPORTS[one], routes.with_query(routes.question_file(one), asked)) for one in KINDS
        ]
        self.choose_all = texts.choose_all(found.found) if found.found > len(found.lines) else ""
        self.empty = found.count == 0

    def _clear(self) -> None:
        self.confirm_text = self.done = self.notice = self.notice_code = self._deed = self._topic = ""
        self.left, self._chosen = [], {}

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def state_choice(key: str, found: BankTable) -> str:
    """A filter of states with how many questions it finds."""
    state = service.STATES[key]
    return texts.counted(texts.STATES.get(state, texts.WAITING), found.counts.get(state, 0))


def row_view(line: BankLine) -> QuestionRow:
    """A question in words."""
    asides = [texts.WAITS_BESIDE] if line.waits and line.state is QuestionState.APPROVED else []
    asides += [words] if (words := texts.validity(line.valid_from, line.valid_until)) else []
    return QuestionRow(
        code=line.code,
        href=routes.question(line.code),
        box=f"{BOX}{line.code}",
        choose=texts.choose(line.code),
        stem=line.stem,
        pool=texts.POOLS[line.pool],
        topic=line.topic,
        difficulty=str(line.difficulty),
        state=texts.STATES[line.state],
        tone=texts.TONES[line.state],
        aside=". ".join(asides),
        changed=second_and_date(line.changed_at),
        by=line.written_by or texts.PRESET,
        version=line.version,
    )
