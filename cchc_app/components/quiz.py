"""Parts of the quiz screen. They take Vars and event handlers as arguments and know no state."""

import reflex as rx

from cchc_app import routes
from cchc_app.texts import quiz as texts

LETTERS = ("A", "B", "C", "D", "E", "F")
PAPER_FIELD, POSITION_FIELD, CHOICE_FIELD = "paper", "position", "choice"


def primary(label: str | rx.Var, **props) -> rx.Component:
    """The one main action of the moment, in the thumb's reach."""
    return rx.el.button(label, class_name="btn btn-primary w-full", **props)


def ghost(label: str | rx.Var, **props) -> rx.Component:
    """A second choice beside the main action."""
    return rx.el.button(label, type="button", class_name="btn btn-ghost w-full", **props)


def top_bar(*, number, total, correct_count, live_feedback, deadline_ms, server_now_ms, on_grid) -> rx.Component:
    """Where one is, how it goes, how long is left."""
    return rx.el.header(
        rx.el.button(
            grid_icon(),
            rx.el.span(
                rx.el.b(texts.QUESTION, " ", number), rx.el.span("/", total, class_name="font-normal text-ink-soft")
            ),
            type="button",
            on_click=on_grid,
            aria_label=texts.QUESTION_LIST,
            class_name="quiz-where",
        ),
        rx.cond(
            live_feedback,
            rx.el.span(correct_count, " ", texts.CORRECT_SO_FAR, class_name="quiz-score"),
        ),
        rx.el.span(
            rx.el.span(texts.TIME_LEFT, class_name="sr-only"),
            rx.el.span(custom_attrs={"data-countdown-text": ""}),
            role="timer",
            class_name="quiz-timer",
            custom_attrs={"data-deadline": deadline_ms, "data-server-now": server_now_ms},
        ),
        class_name="quiz-top",
    )


def grid_icon() -> rx.Component:
    """Nine squares."""
    squares = [
        rx.el.svg.rect(x=str(x), y=str(y), width="5", height="5", rx="1") for y in (2, 9, 16) for x in (2, 9, 16)
    ]
    return rx.el.svg(*squares, view_box="0 0 23 23", class_name="w-5 h-5 fill-current", aria_hidden="true")


def progress(marks, position) -> rx.Component:
    """One segment a question, coloured by result; the list of questions says the same in words."""
    return rx.el.div(
        rx.foreach(
            marks,
            lambda mark, index: rx.el.i(
                class_name=rx.match(
                    mark,
                    ("right", "seg seg-right"),
                    ("wrong", "seg seg-wrong"),
                    ("saved", "seg seg-saved"),
                    rx.cond(index == position, "seg seg-now", "seg"),
                )
            ),
        ),
        class_name="quiz-progress",
        aria_hidden="true",
    )


def option_card(text, index, *, choice, feedback, locked, question_position) -> rx.Component:
    """One option: a radio button that fills the width, named by its text alone."""
    letters = rx.Var.create(list(LETTERS))
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=CHOICE_FIELD,
            value=index.to(str),
            default_checked=choice == index,
            disabled=locked,
            class_name="sr-only",
        ),
        rx.el.span(letters[index], class_name="option-letter", aria_hidden="true"),
        rx.el.span(text, class_name="min-w-0"),
        rx.cond(
            feedback.shown & feedback.right_choices.contains(index),
            rx.el.span("✓ ", texts.RIGHT_MARK, class_name="option-said option-said-right", aria_hidden="true"),
            rx.cond(
                feedback.shown & (choice == index),
                rx.el.span("✗ ", texts.YOUR_CHOICE, class_name="option-said option-said-wrong", aria_hidden="true"),
            ),
        ),
        class_name=rx.cond(
            feedback.shown,
            rx.cond(
                feedback.right_choices.contains(index),
                "option option-right",
                rx.cond(choice == index, "option option-wrong", "option option-dim"),
            ),
            "option",
        ),
        key=question_position.to(str) + "-" + index.to(str),
    )


def question_form(*, question, choice, feedback, locked, receipt, on_answer, footer) -> rx.Component:
    """The question with its options; what is chosen stays in the browser until it is sent."""
    return rx.el.form(
        rx.el.input(type="hidden", name=PAPER_FIELD, value=receipt, read_only=True),
        rx.el.input(type="hidden", name=POSITION_FIELD, value=question.position.to(str), read_only=True),
        rx.el.fieldset(
            rx.el.legend(
                rx.el.span(question.topic, class_name="quiz-topic"),
                rx.el.h1(question.stem, class_name="quiz-stem", id="question"),
            ),
            rx.el.div(
                rx.foreach(
                    question.options,
                    lambda text, index: option_card(
                        text,
                        index,
                        choice=choice,
                        feedback=feedback,
                        locked=locked,
                        question_position=question.position,
                    ),
                ),
                class_name="grid gap-2.5 mt-3.5",
            ),
            class_name="quiz-question",
            key=question.position.to(str),
        ),
        footer,
        on_submit=on_answer,
        class_name="quiz-form",
    )


def answer_bar(*, answered_count, total, live_feedback, notice, on_hand_in) -> rx.Component:
    """The button that saves, and what is saved so far."""
    return rx.el.div(
        notice_line(notice),
        rx.el.div(
            primary(texts.ANSWER, type="submit"),
            rx.cond(
                answered_count == total,
                ghost(texts.HAND_IN, on_click=on_hand_in),
            ),
            class_name="grid gap-2",
        ),
        rx.el.p(
            texts.SAVED,
            " ",
            answered_count,
            " ",
            texts.SAVED_ANSWERS,
            " · ",
            rx.cond(live_feedback, texts.FINAL_HINT, texts.CHANGEABLE_HINT),
            class_name="quiz-saved",
            custom_attrs={"data-saved": ""},
        ),
        class_name="quiz-bar",
    )


def notice_line(notice) -> rx.Component:
    """A refusal in one sentence, read out when it appears."""
    return rx.el.p(notice, role="alert", class_name=rx.cond(notice != "", "quiz-notice", "hidden"))


def feedback_panel(*, feedback, answered_count, total, correct_count, notice, on_next, on_hand_in) -> rx.Component:
    """Right or wrong in sign and word, why, with its legal basis; then on."""
    return rx.el.div(
        rx.el.div(
            rx.el.b(
                rx.cond(feedback.correct, "✓ " + texts.CORRECT, "✗ " + texts.INCORRECT), class_name="feedback-word"
            ),
            rx.el.span(
                rx.cond(feedback.correct, "+1 · ", ""),
                correct_count,
                "/",
                answered_count,
                " ",
                texts.CORRECT_ANSWERS,
                class_name="tabular-nums font-semibold",
            ),
            class_name="flex items-center justify-between gap-3",
        ),
        rx.el.p(feedback.explanation, class_name="feedback-why"),
        rx.cond(feedback.legal_basis != "", rx.el.span(feedback.legal_basis, class_name="legal-chip")),
        notice_line(notice),
        rx.cond(
            answered_count == total,
            primary(texts.HAND_IN, type="button", on_click=on_hand_in),
            primary(texts.NEXT, type="button", on_click=on_next),
        ),
        role="status",
        class_name=rx.cond(feedback.correct, "feedback-panel", "feedback-panel feedback-panel-wrong"),
    )


def sheet(title: str, *children, on_close, label: str) -> rx.Component:
    """A panel over the lower part of the screen."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, class_name="text-lg font-bold"),
                rx.el.button(label, type="button", on_click=on_close, class_name="link-button"),
                class_name="flex items-center justify-between gap-3",
            ),
            *children,
            role="dialog",
            aria_modal="true",
            aria_label=title,
            class_name="sheet",
        ),
        class_name="sheet-veil",
    )


def question_grid(*, marks, position, on_go, on_hand_in, on_close) -> rx.Component:
    """All questions by number; colour, and the state in words."""
    names = rx.Var.create(texts.STATUS_NAMES)
    return sheet(
        texts.QUESTION_LIST,
        rx.el.div(
            rx.foreach(
                marks,
                lambda mark, index: rx.el.button(
                    index + 1,
                    type="button",
                    on_click=on_go(index),
                    aria_label=texts.QUESTION + " " + (index + 1).to(str) + ", " + names[mark],
                    aria_current=rx.cond(index == position, "step", "false"),
                    class_name="grid-cell grid-cell-" + rx.cond(mark == "", "none", mark),
                ),
            ),
            class_name="question-grid",
        ),
        primary(texts.HAND_IN, type="button", on_click=on_hand_in),
        on_close=on_close,
        label=texts.CLOSE,
    )


def hand_in_sheet(*, answered_count, total, asks_prediction, notice, on_finish, on_close) -> rx.Component:
    """Asks once, says how many are unanswered."""
    return sheet(
        texts.HAND_IN_QUESTION,
        rx.el.p(
            rx.cond(
                answered_count == total,
                texts.ALL_ANSWERED,
                texts.UNANSWERED_BEFORE + " " + (total - answered_count).to(str) + " " + texts.UNANSWERED_AFTER,
            ),
            class_name="text-ink-soft",
        ),
        rx.el.form(
            rx.cond(
                asks_prediction,
                rx.el.label(
                    rx.el.span(texts.PREDICTION_LABEL, class_name="font-semibold"),
                    rx.el.input(name="prediction", input_mode="numeric", auto_complete="off", class_name="field"),
                    rx.el.span(texts.PREDICTION_HINT, class_name="text-sm text-ink-soft"),
                    class_name="grid gap-1.5",
                ),
            ),
            notice_line(notice),
            primary(texts.CONFIRM_HAND_IN, type="submit"),
            ghost(texts.KEEP_WORKING, on_click=on_close),
            on_submit=on_finish,
            class_name="grid gap-3",
        ),
        on_close=on_close,
        label=texts.CLOSE,
    )


def door_card(door, *, notice, on_begin, practice: bool) -> rx.Component:
    """What the paper is, before the clock runs."""
    return rx.el.section(
        rx.el.h1(door.title, class_name="page-title"),
        rx.el.ul(
            rx.foreach(door.facts, rx.el.li),
            class_name="door-facts",
        ),
        notice_line(notice),
        rx.cond(door.button != "", primary(door.button, type="button", on_click=on_begin)),
        rx.cond(
            door.result_path != "",
            rx.el.a(texts.SEE_RESULT, href=door.result_path, class_name="btn btn-ghost w-full"),
        ),
        rx.fragment() if practice else rx.el.a(texts.PRACTISE, href=routes.PRACTICE, class_name="link-center"),
        class_name="card grid gap-4",
    )
