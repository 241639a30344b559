"""Parts of a board: the podium, a line, one's own line held in view."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.components.controls import button
from cchc_app.components.marks import medal, podium
from cchc_app.texts import standings as texts

STEPS = ("first", "second", "third")


def winners(rows: Any, own_key: Any) -> rx.Component:
    """The first three, as far as there are so many."""
    return podium(
        *(rx.cond(rows.length() > index, _winner(index + 1, rows[index], own_key)) for index in range(len(STEPS)))
    )


def _winner(place: int, row: Any, own_key: Any) -> rx.Component:
    return rx.el.li(
        medal(place),
        rx.el.b(row.name, _you(row, own_key)),
        rx.el.span(row.unit, class_name="fine"),
        rx.el.span(_words_before(), row.score, " · ", row.time, class_name="fine tabular"),
        rx.el.span(class_name="step"),
        key=row.key,
        class_name=rx.cond(row.fresh, f"{STEPS[place - 1]} glow", STEPS[place - 1]),
    )


def lines(rows: Any, own_key: Any, *, label: str) -> rx.Component:
    """Lines of a board, one under the other."""
    return rx.el.ol(
        rx.foreach(rows, lambda row: line(row, own_key)),
        aria_label=label,
        class_name="board-lines",
        custom_attrs={"data-flip": ""},
    )


def line(row: Any, own_key: Any) -> rx.Component:
    """One person's line; it glows once when it has changed."""
    return rx.el.li(
        _cells(row, own_key),
        key=row.key,
        class_name="board-line"
        + rx.cond(row.key == own_key, " mine", "").to(str)
        + rx.cond(row.fresh, " glow", "").to(str),
    )


def own_line(row: Any) -> rx.Component:
    """One's own line, above the navigation, whatever part of the board is in view."""
    return rx.el.section(
        rx.el.h2(texts.OWN, class_name="sr-only"), _cells(row, row.key), class_name="board-line own-line"
    )


def _cells(row: Any, own_key: Any) -> rx.Component:
    return rx.fragment(
        rx.el.span(rx.el.span(texts.RANK, " ", class_name="sr-only"), row.rank, class_name="board-rank tabular"),
        rx.el.span(
            rx.el.b(row.name, _you(row, own_key)),
            rx.el.span(row.unit, class_name="fine"),
            class_name="board-name",
        ),
        rx.el.span(
            rx.el.b(row.score),
            rx.el.span(" ", texts.POINTS_WORDS, " ", class_name="sr-only"),
            rx.el.span(row.time, class_name="fine"),
            class_name="board-score tabular",
        ),
    )


def _you(row: Any, own_key: Any) -> Any:
    return rx.cond(row.key == own_key, f" {texts.YOU}", "")


def _words_before() -> rx.Component:
    return rx.el.span(texts.POINTS_WORDS, ": ", class_name="sr-only")


def search_field(
    *, on_search: Any, key: Any, value: Any, label: str = texts.SEARCH, hint: str = texts.SEARCH_HINT
) -> rx.Component:
    """Finds lines of the board as one types; what is typed stands in the address (assets/app.js).

    Args:
        on_search: What to call with it.
        key: Of the board: another one has another field.
        value: What the address asked for.
    """
    return rx.el.div(
        rx.el.label(label, html_for="search", class_name="sr-only"),
        rx.el.input(
            id="search",
            type="search",
            placeholder=label,
            default_value=value,
            custom_attrs={"data-query": routes.SEARCH_QUERY},
            auto_complete="off",
            max_length=60,
            on_change=on_search,
            class_name="input",
            aria_describedby="search-hint",
            key=key,
        ),
        rx.el.p(hint, id="search-hint", class_name="sr-only"),
        role="search",
    )


def asker(*, changed_ms: Any, asked_ms: Any, earliest_ms: int, slot_ms: Any, every_ms: int, on_ask: Any) -> Any:
    """Asks once, unseen, when this tab's moment comes round (assets/app.js clicks it).

    Args:
        changed_ms: When the change happened that one wants to know about.
        asked_ms: When one asked last; not again before `earliest_ms` have passed.
        slot_ms: This tab's moment in every `every_ms`.
        on_ask: What to call.
    """
    now = rx.cond(changed_ms > asked_ms, changed_ms, asked_ms).to(int)
    after = rx.cond(now > asked_ms + earliest_ms, now, asked_ms + earliest_ms).to(int)
    due = (after - slot_ms) // every_ms * every_ms + slot_ms + every_ms
    return rx.fragment(
        rx.el.span(hidden=True, data_deadline=due, data_server_now=now),
        button(texts.REFRESH, hidden=True, on_click=on_ask, custom_attrs={"data-on-deadline": due}),
    )
