"""Parts of the boards of units: a line that opens to the formula with the unit's own numbers, a bloc."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import card, link, link_button
from cchc_app.texts import unit_standings as texts


def unit_lines(rows: Any, state: Any, *, label: str) -> rx.Component:
    """Lines of a board of units; the open one shows its numbers."""
    return rx.el.ol(
        rx.foreach(rows, lambda row: _line(row, state)),
        aria_label=label,
        class_name="board-lines",
        custom_attrs={"data-flip": ""},
    )


def own_unit(state: Any) -> rx.Component:
    """One's own unit's line, above the navigation, whatever part of the board is in view."""
    return rx.el.section(
        rx.el.h2(texts.OWN, class_name="sr-only"),
        link(_cells(state.own, state.own.key), href=state.own.href, class_name="board-line unit-line"),
        class_name="own-line own-unit",
    )


def _line(row: Any, state: Any) -> rx.Component:
    is_open = row.key == state.opened.key
    return rx.el.li(
        link(
            _cells(row, state.own.key),
            href=rx.cond(is_open, state.closed_href, row.href),
            aria_expanded=rx.cond(is_open, "true", "false"),
            replace=True,
            class_name="board-line unit-line",
        ),
        rx.cond(is_open, formula(state.opened)),
        key=row.key,
        class_name="unit-item"
        + rx.cond(row.key == state.own.key, " mine", "").to(str)
        + rx.cond(row.fresh, " glow", "").to(str),
    )


def _cells(row: Any, own_key: Any) -> rx.Component:
    return rx.fragment(
        rx.el.span(rx.el.span(texts.RANK, " ", class_name="sr-only"), row.rank, class_name="board-rank tabular"),
        rx.el.span(
            rx.el.b(row.name, rx.cond(row.key == own_key, f" {texts.YOURS}", "")),
            rx.el.span(row.taking_part, class_name="fine tabular"),
            rx.cond(row.reason != "", rx.el.span(row.reason, class_name="fine")),
            class_name="board-name",
        ),
        rx.el.span(
            rx.el.span(texts.RESULT, " ", class_name="sr-only"),
            rx.el.b(row.result),
            rx.el.span(row.score, class_name="fine"),
            class_name="board-score tabular",
        ),
    )


def formula(opened: Any) -> rx.Component:
    """The formula with one unit's numbers, step by step."""
    return rx.el.div(
        rx.el.h2(texts.FORMULA, " · ", opened.place, class_name="fine"),
        rx.el.dl(
            rx.foreach(
                opened.steps,
                lambda step: rx.el.div(
                    rx.el.dt(step.what), rx.el.dd(step.how), rx.el.dd(rx.el.b(step.result), class_name="tabular")
                ),
            ),
            class_name="formula-steps",
        ),
        rx.el.p(opened.gate, class_name="fine"),
        class_name="formula",
    )


def bloc(one: Any) -> rx.Component:
    """A bloc's figures, and the way to its units."""
    return card(
        rx.el.p(one.units, class_name="soft"),
        rx.el.p(rx.el.b(one.taking_part), " · ", one.score, class_name="tabular"),
        link_button(
            rx.fragment(texts.SEE_UNITS, rx.el.span(" ", one.name, class_name="sr-only")),
            one.href,
            kind="ghost",
            small=True,
        ),
        heading=one.name,
        key=one.name,
    )
