"""Parts of the quiz screen. They take Vars and event handlers as arguments and know no state."""

import reflex as rx

from cchc_app import routes
from cchc_app.components.art import icon
from cchc_app.components.controls import button, card, link_button, text_field
from cchc_app.components.marks import timer_pill
from cchc_app.texts import common
from cchc_app.texts import quiz as texts

LETTERS = ("A", "B", "C", "D", "E", "F")
PAPER_FIELD, POSITION_FIELD, CHOICE_FIELD = "paper", "position", "choice"


def top_bar(*, number, total, correct_count, live_feedback, deadline_ms, server_now_ms, on_grid) -> rx.Component:
    """Where one is, how it goes, how long is left."""
    return rx.el.header(
        rx.el.button(
            icon("grid", "ico ico-small"),
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
        timer_pill(deadline_ms, server_now_ms),
        class_name="quiz-top",
    )


def progress(marks, position) -> rx.Component:
    """One segment a question, coloured by result; the list of questions says the same in words."""
    return rx.el.div(
        rx.foreach(
            marks,
            lambda mark, index: rx.el.i(
                class_name=rx.match(
                    mark,
                    ("", rx.cond(index == position, "current", "")),
                    ("saved", "answered"),
                    mark,
                )
            ),
        ),
        class_name="segments quiz-progress",
        aria_hidden="true",
    )


def option_card(text, index, *, choice, feedback, question_position) -> rx.Component:
    """One option: a radio button that fills the width, named by its text alone."""
    letters = rx.Var.create(list(LETTERS))
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=CHOICE_FIELD,
            value=index.to(str),
            default_checked=choice == index,
            disabled=feedback.shown,
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


def question_form(*, question, choice, feedback, receipt, on_answer, footer) -> rx.Component:
    """The question with its options; what is chosen stays in the browser until it is sent."""
    return rx.el.form(
        rx.el.input(type="hidden", name=PAPER_FIELD, value=receipt, read_only=True),
        rx.el.input(type="hidden", name=POSITION_FIELD, value=question.position.to(str), read_only=True),
        rx.el.fieldset(
            rx.el.legend(
                rx.el.span(question.topic, class_name="quiz-topic"),
                rx.el.h1(
                    question.stem,
                    class_name="quiz-stem",
                    id="question",
                    tab_index=-1,
                    custom_attrs={"data-step-heading": ""},
                ),
            ),
            rx.el.div(
                rx.foreach(
                    question.options,
                    lambda text, index: option_card(
                        text,
                        index,
                        choice=choice,
                        feedback=feedback,
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
        custom_attrs={"data-step": question.position.to(str)},
        class_name="quiz-form",
    )


def answer_bar(*, answered_count, total, live_feedback, notice, on_hand_in) -> rx.Component:
    """The button that saves, and what is saved so far."""
    return rx.el.div(
        notice_line(notice),
        rx.el.div(
            button(texts.ANSWER, type="submit"),
            rx.cond(answered_count == total, button(texts.HAND_IN, kind="ghost", on_click=on_hand_in)),
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
        notice_line(rx.cond(notice != "", notice, feedback.notice)),
        rx.cond(
            answered_count == total,
            button(texts.HAND_IN, on_click=on_hand_in),
            button(texts.NEXT, on_click=on_next),
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
                button(label, kind="quiet", small=True, on_click=on_close),
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
        button(texts.HAND_IN, on_click=on_hand_in),
        on_close=on_close,
        label=common.CLOSE,
    )


def hand_in_sheet(*, answered_count, total, prediction, notice, on_finish, on_close) -> rx.Component:
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
                prediction != "",
                text_field(prediction, "prediction", hint=texts.PREDICTION_HINT, input_mode="numeric"),
            ),
            notice_line(notice),
            button(texts.CONFIRM_HAND_IN, type="submit"),
            button(texts.KEEP_WORKING, kind="ghost", on_click=on_close),
            on_submit=on_finish,
            class_name="grid gap-3",
        ),
        on_close=on_close,
        label=common.CLOSE,
    )


def door_card(door, *, notice, on_begin, practice: bool) -> rx.Component:
    """What the paper is, before the clock runs."""
    aside = [] if practice else [link_button(texts.PRACTISE, routes.PRACTICE, kind="quiet")]
    return card(
        rx.el.h1(door.title),
        rx.el.ul(rx.foreach(door.facts, rx.el.li), class_name="door-facts"),
        notice_line(notice),
        rx.cond(door.button != "", button(door.button, on_click=on_begin)),
        rx.cond(door.result_path != "", link_button(texts.SEE_RESULT, door.result_path, kind="ghost")),
        *aside,
    )
