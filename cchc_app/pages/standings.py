"""/xep-hang: the boards of individuals, live."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import standings as parts
from cchc_app.components.board_tabs import board_head, board_tabs, frozen_note, pager
from cchc_app.components.controls import empty_state, error_state, link_button, notice, skeleton
from cchc_app.states.standings import EARLIEST_MS, SLOT_MS, StandingsState
from cchc_app.texts import common
from cchc_app.texts import standings as texts


def standings() -> rx.Component:
    """One board at a time; which one is in the address."""
    live = StandingsState.live
    moves = (StandingsState.screen == "board") & (live.withheld == "") & (live.frozen == "")
    return layout.page(
        board_head(texts.TITLE, moves),
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
        board_tabs(StandingsState.tabs, StandingsState.periods),
        rx.cond(
            live.withheld != "",
            _withheld(),
            rx.fragment(frozen_note(live.frozen), rx.cond(live.size == 0, _empty(), _people())),
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
        parts.search_field(
            on_search=StandingsState.search.debounce(300), key=StandingsState.board, value=StandingsState.query
        ),
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
    top = rx.fragment(
        parts.winners(live.podium, own.key),
        rx.cond(live.rows.length() > 0, parts.lines(live.rows, own.key, label=texts.TITLE)),
    )
    return rx.el.section(
        rx.el.p(live.people, class_name="soft"),
        rx.cond(StandingsState.page > 1, parts.lines(StandingsState.later, own.key, label=texts.TITLE), top),
        pager(StandingsState.pager),
        class_name="board",
    )


def _own() -> rx.Component:
    """Held in view unless it is in the top, where it is marked; read again after a change if it is not."""
    live, own = StandingsState.live, StandingsState.own
    later = StandingsState.page > 1
    below = (own.key != "") & (later | ~live.shown.contains(own.key))
    changed = live.stamp != StandingsState.seen
    return rx.fragment(
        rx.cond(below & (own.rank > 0), parts.own_line(own)),
        rx.cond(
            changed & (below | later),
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
