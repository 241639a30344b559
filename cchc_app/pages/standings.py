"""/xep-hang: the boards of individuals, live."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import standings as parts
from cchc_app.components.controls import (
    button,
    empty_state,
    error_state,
    link_button,
    notice,
    pill,
    skeleton,
    tab,
    tabs,
)
from cchc_app.states.standings import EARLIEST_MS, MOST_ROWS, SLOT_MS, TOP_ROWS, StandingsState
from cchc_app.texts import common
from cchc_app.texts import standings as texts


def standings() -> rx.Component:
    """One board at a time; which one is in the address."""
    return layout.page(
        rx.el.div(
            rx.el.h1(texts.TITLE),
            rx.cond(StandingsState.screen == "board", pill(texts.LIVE, dot=True)),
            class_name="row",
        ),
        rx.match(
            StandingsState.screen,
            ("board", _board()),
            ("none", _not_open()),
            ("missing", _missing()),
            rx.fragment(skeleton(3), skeleton(6)),
        ),
        active="standings",
    )


def _not_open() -> rx.Component:
    return empty_state(
        texts.NOT_OPEN_TITLE,
        StandingsState.notice,
        link_button(texts.PRACTICE, routes.PRACTICE, kind="ghost", small=True),
        drawing="standings",
    )


def _missing() -> rx.Component:
    return error_state(texts.MISSING_TITLE, StandingsState.notice, link_button(common.GO_HOME, routes.HOME))


def _board() -> rx.Component:
    live = StandingsState.live
    return rx.fragment(
        tabs(
            texts.BOARDS,
            rx.foreach(
                StandingsState.tabs,
                lambda each: tab(each.name, current=each.number == StandingsState.board, href=each.href),
            ),
        ),
        rx.cond(
            live.withheld != "",
            _withheld(),
            rx.cond(live.size == 0, _empty(), _people()),
        ),
    )


def _withheld() -> rx.Component:
    return empty_state(
        texts.WITHHELD_TITLE,
        StandingsState.live.withheld,
        link_button(texts.RULES, routes.RULES, kind="ghost", small=True),
        drawing="clock",
    )


def _empty() -> rx.Component:
    return empty_state(
        texts.EMPTY_TITLE,
        texts.EMPTY_TEXT,
        link_button(texts.EMPTY_BUTTON, routes.QUIZ, small=True),
        drawing="standings",
    )


def _people() -> rx.Component:
    return rx.fragment(
        parts.search_field(on_search=StandingsState.search.debounce(300), key=StandingsState.board),
        rx.cond(StandingsState.query != "", _found(), _lines()),
        _own(),
    )


def _found() -> rx.Component:
    return rx.el.section(
        rx.el.h2(texts.FOUND, class_name="sr-only"),
        rx.cond(
            StandingsState.found.length() > 0,
            parts.lines(StandingsState.found, StandingsState.own.key, label=texts.FOUND),
            notice(texts.NOTHING_FOUND),
        ),
        aria_live="polite",
    )


def _lines() -> rx.Component:
    live, own = StandingsState.live, StandingsState.own
    return rx.el.section(
        rx.el.p(live.people, class_name="soft"),
        parts.winners(live.podium, own.key),
        rx.cond(live.rows.length() > 0, parts.lines(live.rows, own.key, label=texts.TITLE)),
        rx.cond(StandingsState.more.length() > 0, parts.lines(StandingsState.more, own.key, label=texts.MORE)),
        _more(),
        class_name="board",
    )


def _more() -> rx.Component:
    shown = TOP_ROWS + StandingsState.more.length()
    return rx.cond(
        StandingsState.live.size > shown,
        rx.cond(
            shown < MOST_ROWS,
            button(texts.MORE, kind="ghost", on_click=StandingsState.show_more),
            rx.el.p(texts.ENOUGH, class_name="soft text-center"),
        ),
    )


def _own() -> rx.Component:
    """Held in view unless it is in the top, where it is marked; read again after a change if it is not."""
    live, own = StandingsState.live, StandingsState.own
    below = (own.key != "") & ~live.shown.contains(own.key)
    changed = live.stamp != StandingsState.seen
    return rx.fragment(
        rx.cond(below & (own.rank > 0), parts.own_line(own)),
        rx.cond(
            changed & (below | (StandingsState.more.length() > 0)),
            parts.asker(
                changed_ms=live.at_ms,
                asked_ms=StandingsState.asked_ms,
                earliest_ms=EARLIEST_MS,
                slot_ms=StandingsState.slot_ms,
                every_ms=SLOT_MS,
                on_ask=StandingsState.refresh,
            ),
        ),
    )
