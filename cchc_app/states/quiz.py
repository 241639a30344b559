"""The quiz screen: one question at a time. The database decides; this state is what is on the screen."""

from dataclasses import replace
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode
from cchc_app.data.engine import get_database
from cchc_app.data.quiz import COUNTED, PRACTICE
from cchc_app.data.types import to_millis
from cchc_app.services import answer_quiz, take_quiz
from cchc_app.services.answer_ledger import get_ledger
from cchc_app.services.live_boards import board_changed
from cchc_app.services.paper_events import paper_to_show
from cchc_app.services.runner import in_thread
from cchc_app.services.take_quiz import OpenPaper, StoredAnswer
from cchc_app.states.clock import server_now
from cchc_app.states.quiz_forms import checked_position, read_answer, read_prediction
from cchc_app.states.quiz_views import NO_CHOICE, DoorView, FeedbackView, QuestionView, question_view, unanswered_after
from cchc_app.states.session import SessionState, session_token_hash
from cchc_app.texts import message
from cchc_app.texts import quiz as texts


class QuizState(rx.State):
    """What the quiz page shows."""

    screen: str = "loading"  # loading, door, question
    door: DoorView = DoorView()
    question: QuestionView = QuestionView()
    feedback: FeedbackView = FeedbackView()
    ahead: QuestionView = QuestionView()  # comes with the feedback, so that going on asks nobody
    shown_ms: int = 0  # when the server showed this question last; what the browser went on from before is past
    choice: int = NO_CHOICE
    marks: list[str] = []  # one per question: "", "saved", "right" or "wrong"
    paper: str = ""  # receipt of the paper on the screen
    answered_count: int = 0
    correct_count: int = 0
    live_feedback: bool = True
    deadline_ms: int = 0
    server_now_ms: int = 0
    panel: str = ""  # "", "grid" or "finish"
    prediction: str = ""  # the question, empty when the paper asks none
    notice: str = ""

    _kind: str = COUNTED
    _owner: int = 0
    _paper: OpenPaper | None = None

    @rx.event
    async def open_counted(self):
        """Load /thi."""
        return await self._open(COUNTED)

    @rx.event
    async def open_practice(self):
        """Load /luyen-tap."""
        return await self._open(PRACTICE)

    @rx.event
    async def begin(self):
        """Hand out the paper, or go on with the open one."""
        viewer = await self._viewer()
        if viewer is None:
            return await self._way_in()
        db = get_database()
        try:
            await in_thread(take_quiz.begin, db, participant_id=viewer, kind=self._kind, now=server_now())
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return None
        self._reset_screen(self._kind)
        await self._show_what_is_due(viewer, held=None)
        return None

    @rx.event
    async def answer(self, form: dict[str, Any]):
        """Save one answer; the feedback comes after the commit."""
        received_at = server_now()
        try:
            receipt, position, choice = read_answer(form)
            paper = await self._paper_in_hand(receipt)
            recorded = await answer_quiz.answer(
                get_ledger(),
                get_database(),
                paper=paper,
                token_hash=session_token_hash(self),
                position=position,
                choice=choice,
                now=received_at,
            )
        except ContestError as error:
            return await self._refused(error)
        self._show_recorded(paper, position, recorded)
        return None

    @rx.event
    async def go(self, position: int):
        """Show a question of the paper."""
        try:
            paper = await self._paper_checked()
            answer_quiz.question_text(get_database(), paper, checked_position(position, len(paper.items)))
        except ContestError as error:
            return await self._refused(error)
        self._show(paper, int(position))
        return None

    @rx.event
    async def show_panel(self, panel: str):
        """Open the grid of questions or the question before handing in; anything else closes them."""
        if await self._viewer() is not None:
            self.panel = panel if panel in ("grid", "finish") else ""

    @rx.event
    async def finish(self, form: dict[str, Any]):
        """Hand in."""
        try:
            prediction = read_prediction(form)
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return None
        return await self._finish(prediction)

    @rx.event
    async def time_up(self):
        """The browser's countdown has reached zero: the server looks at its own clock, and whether time was added."""
        paper = self._held()
        if paper is not None and server_now() >= paper.deadline_at:
            paper = await self._with_added_time(paper)
        if paper is None or server_now() >= paper.deadline_at:
            return await self._finish(None)
        self.deadline_ms, self.server_now_ms = to_millis(paper.deadline_at), to_millis(server_now())
        return None

    async def _viewer(self) -> int | None:
        """The signed-in person's id, checked against the session's row."""
        viewer = await (await self.get_state(SessionState))._viewer()
        return None if viewer is None else viewer.participant_id

    async def _way_in(self):
        return await (await self.get_state(SessionState))._way_in(self._path())

    def _path(self) -> str:
        return routes.QUIZ if self._kind == COUNTED else routes.PRACTICE

    async def _open(self, kind: str):
        held = self._held()
        self._reset_screen(kind)
        viewer = await self._viewer()
        if viewer is None:
            return await self._way_in()
        await self._show_what_is_due(viewer, held)
        return None

    async def _show_what_is_due(self, viewer: int, held: OpenPaper | None) -> None:
        """The open paper, or the door to the next one."""
        asked = {"participant_id": viewer, "kind": self._kind, "token_hash": session_token_hash(self)}
        in_hand = "" if held is None else held.receipt
        paper = await in_thread(paper_to_show, get_database(), **asked, in_hand=in_hand, now=server_now())
        self._owner, self._paper = viewer, paper
        if paper is None:
            await self._show_door(viewer)
            return
        self._take_in_hand(paper)
        unanswered = (n for n in range(len(paper.items)) if n not in paper.answers)
        self._show(paper, next(unanswered, len(paper.items) - 1))

    async def _with_added_time(self, paper: OpenPaper) -> OpenPaper:
        """The paper with the deadline it has by now: an organiser may have given its person more time meanwhile."""
        viewer = await self._viewer()
        if viewer is None:
            return paper
        asked = {"participant_id": viewer, "kind": paper.kind, "now": server_now()}
        stored = await in_thread(take_quiz.open_paper, get_database(), **asked)
        if stored is not None and stored.receipt == paper.receipt:
            self._paper = paper = replace(paper, deadline_at=stored.deadline_at)
        return paper

    def _reset_screen(self, kind: str) -> None:
        self.reset()
        self._kind = kind

    async def _show_door(self, viewer: int) -> None:
        door = await in_thread(take_quiz.door, get_database(), participant_id=viewer, now=server_now())
        self.door = DoorView(**texts.door(door, practice=self._kind == PRACTICE))
        self.screen = "door"

    async def _load(self, viewer: int) -> OpenPaper | None:
        db = get_database()
        paper = await in_thread(take_quiz.open_paper, db, participant_id=viewer, kind=self._kind, now=server_now())
        if paper is not None:
            await in_thread(answer_quiz.question_text, db, paper, 0)  # wordings are in memory from here on
        self._owner, self._paper = viewer, paper
        return paper

    async def _paper_in_hand(self, receipt: str) -> OpenPaper:
        """The paper an answer is meant for. The ledger checks the session with the write itself."""
        paper = self._held()
        if paper is None or paper.receipt != receipt:
            paper = await self._resume()
        if paper is None or paper.receipt != receipt:
            raise ContestError(ErrorCode.ATTEMPT_FINISHED)
        return paper

    def _held(self) -> OpenPaper | None:
        """The paper as it is, not wrapped to watch for changes: it never changes, and watching costs time."""
        return self.get_value("_paper")

    async def _paper_checked(self) -> OpenPaper:
        """The paper, for reading: the session is looked up each time."""
        viewer = await self._viewer()
        if viewer is None:
            raise ContestError(ErrorCode.SIGN_IN_REQUIRED)
        paper = self._held()
        if paper is None or self._owner != viewer:
            paper = await self._resume()
        if paper is None:
            raise ContestError(ErrorCode.ATTEMPT_FINISHED)
        return paper

    async def _resume(self) -> OpenPaper | None:
        """Read the open paper again: this state may be brand new while the browser shows an old screen."""
        viewer = await self._viewer()
        if viewer is None:
            raise ContestError(ErrorCode.SIGN_IN_REQUIRED)
        paper = await self._load(viewer)
        if paper is not None:
            self._take_in_hand(paper)
        return paper

    def _take_in_hand(self, paper: OpenPaper) -> None:
        self.paper = paper.receipt
        self.live_feedback = paper.feedback is FeedbackMode.IMMEDIATE
        self.prediction = texts.PREDICTIONS[paper.prediction] if paper.prediction else ""
        self.deadline_ms, self.server_now_ms = to_millis(paper.deadline_at), to_millis(server_now())
        self.marks = [self._mark(paper.answers.get(n)) for n in range(len(paper.items))]
        self.answered_count = len(paper.answers)
        self.correct_count = self.marks.count("right")
        self.screen = "question"

    def _mark(self, stored: StoredAnswer | None) -> str:
        if stored is None:
            return ""
        return ("right" if stored.correct else "wrong") if self.live_feedback else "saved"

    def _show(self, paper: OpenPaper, position: int) -> None:
        self.question = question_view(paper, position)
        stored = paper.answers.get(position)
        self.choice = paper.items[position].option_order.index(stored.option) if stored else NO_CHOICE
        self._show_feedback(paper, position, stored)
        self._clear_sentences()

    def _show_feedback(self, paper: OpenPaper, position: int, stored: StoredAnswer | None, notice: str = "") -> None:
        self.shown_ms = to_millis(server_now())
        if stored is None or not self.live_feedback:
            self.feedback, self.ahead = FeedbackView(), QuestionView()
            return
        text = answer_quiz.question_text(get_database(), paper, position)
        said = answer_quiz.feedback(text, order=paper.items[position].option_order, option=stored.option)
        right_choices = list(said.right_choices)
        self.feedback = FeedbackView(True, said.correct, right_choices, said.explanation, said.legal_basis, notice)
        following = unanswered_after(position, self.get_value("marks"))
        self.ahead = QuestionView() if following is None else question_view(paper, following)

    def _show_recorded(self, paper: OpenPaper, position: int, recorded: answer_quiz.Recorded) -> None:
        self._paper = paper = replace(paper, answers={**paper.answers, position: recorded.stored})
        marks = self.get_value("marks")
        self.marks = [*marks[:position], self._mark(recorded.stored), *marks[position + 1 :]]
        self.answered_count = recorded.answered_count
        if not self.live_feedback:
            self._show(paper, min(position + 1, len(marks) - 1))
            return
        self.correct_count = recorded.correct_count
        self.question, self.choice = question_view(paper, position), recorded.choice
        stands = texts.FIRST_ANSWER_STANDS if recorded.replaced else ""
        self._show_feedback(paper, position, recorded.stored, stands)
        self._clear_sentences()

    def _clear_sentences(self) -> None:
        """Nothing stands above the question; mostly nothing did, and what is set is sent."""
        if self.panel or self.notice:
            self.panel, self.notice = "", ""

    async def _refused(self, error: ContestError):
        if error.code in (ErrorCode.SIGN_IN_REQUIRED, ErrorCode.SESSION_EXPIRED):
            return await self._way_in()
        self.notice = message(error.code, error.details)
        return None

    async def _finish(self, prediction: int | None):
        viewer = await self._viewer()
        if viewer is None:
            return await self._way_in()
        paper = self._held() if self._owner == viewer else None
        paper = paper or await self._load(viewer)
        if paper is None:
            return await self._open(self._kind)
        receipt = await in_thread(
            take_quiz.finish,
            get_database(),
            participant_id=viewer,
            receipt=paper.receipt,
            now=server_now(),
            prediction=prediction,
        )
        board_changed()
        self._reset_screen(self._kind)
        return rx.redirect(routes.result(receipt))
