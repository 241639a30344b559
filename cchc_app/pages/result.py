"""/ket-qua/<receipt>: the score, the place and why, the receipt, the paper reviewed."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import button, card, copy_button, error_state, link_button, notice, skeleton
from cchc_app.components.marks import score_ring, stat
from cchc_app.components.quiz import LETTERS
from cchc_app.states.result import ResultState, ReviewView, WhyStep
from cchc_app.texts import common
from cchc_app.texts import result as texts


def result() -> rx.Component:
    """One's own finished paper."""
    return layout.page(
        rx.match(
            ResultState.screen,
            ("result", _found()),
            ("missing", _missing()),
            rx.fragment(skeleton(5), skeleton(3)),
        ),
        active="quiz",
    )


def _missing() -> rx.Component:
    return error_state(texts.MISSING, ResultState.missing, link_button(common.GO_HOME, routes.HOME))


def _found() -> rx.Component:
    view = ResultState.view
    return rx.fragment(
        _score(),
        rx.cond(ResultState.why.length() > 0, _why()),
        _receipt(),
        rx.cond(view.marks_known, _review()),
        rx.cond(
            view.practice,
            link_button(texts.AGAIN, routes.PRACTICE),
            link_button(texts.TO_BOARD, routes.STANDINGS, kind="ghost"),
        ),
    )


def _score() -> rx.Component:
    view = ResultState.view
    return card(
        rx.el.h1(view.title, class_name="eyebrow text-center"),
        rx.cond(view.marks_known, score_ring(view.correct, view.total, view.out_of)),
        rx.el.p(view.sentence, class_name="result-sentence"),
        rx.cond(view.remark != "", notice(view.remark, "gold")),
        rx.cond(
            view.rank != "",
            rx.el.div(
                stat(view.rank, view.rank_label),
                stat(view.unit_rank, view.unit_rank_label),
                class_name="grid grid-cols-2 gap-2",
            ),
        ),
    )


def _why() -> rx.Component:
    return card(
        rx.el.p(texts.WHY_HINT, class_name="soft"),
        rx.el.ol(rx.foreach(ResultState.why, _why_step), class_name="why"),
        heading=texts.WHY,
    )


def _why_step(step: WhyStep) -> rx.Component:
    return rx.el.li(
        rx.el.span(step.name),
        rx.el.b(step.value, class_name="num tabular"),
        rx.el.span(step.said, class_name="soft"),
        class_name=rx.cond(step.decisive, "decisive", ""),
    )


def _receipt() -> rx.Component:
    receipt = ResultState.view.receipt
    return card(
        rx.el.div(
            rx.el.div(rx.el.p(texts.RECEIPT, class_name="soft"), rx.el.code(receipt, class_name="receipt")),
            copy_button(receipt),
            class_name="row",
        ),
    )


def _review() -> rx.Component:
    return rx.fragment(
        button(
            rx.cond(ResultState.review_open, texts.HIDE_REVIEW, texts.REVIEW),
            on_click=ResultState.toggle_review,
            aria_expanded=ResultState.review_open,
        ),
        rx.cond(
            ResultState.review_open,
            rx.fragment(_filters(), rx.foreach(ResultState.review_rows, _question)),
        ),
    )


def _filters() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.button(
                label,
                type="button",
                on_click=ResultState.filter_review(shown),
                aria_pressed=ResultState.shown == shown,
            )
            for shown, label in texts.FILTERS
        ),
        role="group",
        aria_label=texts.FILTERS_LABEL,
        class_name="tabs",
    )


def _question(row: ReviewView) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.p(texts.QUESTION, " ", row.number, " · ", row.topic, class_name="soft"),
            rx.cond(
                row.correct,
                rx.el.span("✓ ", texts.RIGHT, class_name="pill right"),
                rx.el.span("✗ ", texts.WRONG, class_name="pill wrong"),
            ),
            class_name="row",
        ),
        rx.el.h2(row.stem),
        rx.el.ul(rx.foreach(row.options, lambda text, index: _option(row, text, index)), class_name="grid gap-2"),
        rx.cond(row.choice < 0, rx.el.p(texts.NO_ANSWER, class_name="soft")),
        rx.el.p(row.explanation, class_name="feedback-why"),
        rx.cond(row.legal_basis != "", rx.el.span(row.legal_basis, class_name="legal-chip")),
        class_name="card",
    )


def _option(row: ReviewView, text: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    right, chosen = row.right_choices.contains(index), row.choice == index
    return rx.el.li(
        rx.el.span(rx.Var.create(list(LETTERS))[index], class_name="option-letter", aria_hidden="true"),
        rx.el.span(text, class_name="min-w-0"),
        rx.cond(
            right,
            rx.el.span("✓ ", texts.RIGHT_ANSWER, class_name="option-said option-said-right"),
            rx.cond(chosen, rx.el.span("✗ ", texts.YOUR_CHOICE, class_name="option-said option-said-wrong")),
        ),
        class_name=rx.cond(right, "option option-right", rx.cond(chosen, "option option-wrong", "option option-dim")),
    )
