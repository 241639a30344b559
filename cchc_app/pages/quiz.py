"""/thi and /luyen-tap: the counted paper and the practice paper share one screen."""

import reflex as rx
from reflex.experimental.client_state import ClientStateVar

from cchc_app.components import quiz as parts
from cchc_app.components.controls import skeleton
from cchc_app.layout import page
from cchc_app.states.quiz import QuizState
from cchc_app.states.quiz_views import NO_CHOICE, FeedbackView, QuestionView
from cchc_app.texts import quiz as texts

# "Câu tiếp theo" asks nobody: the next question came with the feedback, and the browser shows it instead of the
# answered one until the server shows another. Kept is from which screen of the server one went on.
_went_on = ClientStateVar.create("went_on", default=0)
_gone_on = (_went_on.value == QuizState.shown_ms) & QuizState.feedback.shown
_question = rx.cond(_gone_on, QuizState.ahead, QuizState.question).to(QuestionView)
_feedback = rx.cond(_gone_on, FeedbackView(), QuizState.feedback).to(FeedbackView)
_choice = rx.cond(_gone_on, NO_CHOICE, QuizState.choice)


def quiz_page() -> rx.Component:
    """The week's paper."""
    return _screen(practice=False)


def practice_page() -> rx.Component:
    """The practice paper, never counted."""
    return _screen(practice=True)


def _screen(*, practice: bool) -> rx.Component:
    return rx.match(
        QuizState.screen,
        ("question", _taking(practice=practice)),
        ("door", page(_door(practice=practice), active="quiz")),
        page(skeleton(), active="quiz"),
    )


def _door(*, practice: bool) -> rx.Component:
    return parts.door_card(QuizState.door, notice=QuizState.notice, on_begin=QuizState.begin, practice=practice)


def _taking(*, practice: bool) -> rx.Component:
    return rx.el.main(
        _head(practice=practice),
        parts.question_form(
            question=_question,
            choice=_choice,
            feedback=_feedback,
            receipt=QuizState.paper,
            on_answer=QuizState.answer,
            footer=_footer(),
        ),
        rx.match(
            QuizState.panel,
            ("grid", _grid()),
            ("finish", _hand_in()),
            rx.fragment(),
        ),
        rx.el.button(
            type="button",
            hidden=True,
            on_click=QuizState.time_up,
            custom_attrs={"data-on-deadline": QuizState.deadline_ms},
        ),
        class_name="quiz-page",
    )


def _head(*, practice: bool) -> rx.Component:
    return rx.el.div(
        parts.top_bar(
            number=_question.position + 1,
            total=QuizState.marks.length(),
            correct_count=QuizState.correct_count,
            live_feedback=QuizState.live_feedback,
            deadline_ms=QuizState.deadline_ms,
            server_now_ms=QuizState.server_now_ms,
            on_grid=QuizState.show_panel("grid"),
        ),
        parts.progress(QuizState.marks, _question.position),
        rx.el.p(texts.PRACTICE_BADGE, class_name="practice-badge") if practice else rx.fragment(),
        class_name="quiz-head",
    )


def _footer() -> rx.Component:
    return rx.cond(
        _feedback.shown,
        parts.feedback_panel(
            feedback=_feedback,
            answered_count=QuizState.answered_count,
            total=QuizState.marks.length(),
            correct_count=QuizState.correct_count,
            notice=QuizState.notice,
            on_next=_went_on.set_value(QuizState.shown_ms),
            on_hand_in=QuizState.show_panel("finish"),
        ),
        parts.answer_bar(
            answered_count=QuizState.answered_count,
            total=QuizState.marks.length(),
            live_feedback=QuizState.live_feedback,
            notice=QuizState.notice,
            on_hand_in=QuizState.show_panel("finish"),
        ),
    )


def _grid() -> rx.Component:
    return parts.question_grid(
        marks=QuizState.marks,
        position=_question.position,
        on_go=QuizState.go,
        on_hand_in=QuizState.show_panel("finish"),
        on_close=QuizState.show_panel(""),
    )


def _hand_in() -> rx.Component:
    return parts.hand_in_sheet(
        answered_count=QuizState.answered_count,
        total=QuizState.marks.length(),
        prediction=QuizState.prediction,
        notice=QuizState.notice,
        on_finish=QuizState.finish,
        on_close=QuizState.show_panel(""),
    )
