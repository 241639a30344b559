"""/xep-hang/don-vi and /xep-hang/khoi: the boards of units, live, and the blocs."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import standings as parts
from cchc_app.components.board_tabs import board_head, board_tabs, chips, frozen_note, pager
from cchc_app.components.controls import empty_state, error_state, link_button, notice, skeleton
from cchc_app.components.unit_standings import bloc, own_unit, unit_lines
from cchc_app.states.standings import EARLIEST_MS, SLOT_MS
from cchc_app.states.unit_standings import UnitStandingsState
from cchc_app.texts import common
from cchc_app.texts import standings as words
from cchc_app.texts import unit_standings as texts

State = UnitStandingsState


def unit_standings() -> rx.Component:
    """Units of one period or of the whole contest, all or of one bloc."""
    return _page(texts.TITLE, _units())


def bloc_standings() -> rx.Component:
    """The blocs of one period or of the whole contest."""
    return _page(texts.BLOCS_TITLE, _blocs())


def _page(title: str, board: rx.Component) -> rx.Component:
    missing = error_state(words.MISSING_TITLE, State.notice, link_button(common.GO_HOME, routes.HOME))
    return layout.page(
        board_head(title, (State.screen == "board") & (State.live.withheld == "") & (State.live.frozen == "")),
        rx.match(
            State.screen,
            ("board", rx.fragment(board_tabs(State.tabs, State.periods), _shown(board))),
            ("none", empty_state(words.NOT_OPEN_TITLE, State.notice, drawing="standings")),
            ("missing", missing),
            rx.fragment(skeleton(3), skeleton(6)),
        ),
        active="standings",
    )


def _shown(board: rx.Component) -> rx.Component:
    rules = link_button(words.RULES, routes.RULES, kind="ghost", small=True)
    return rx.cond(
        State.live.withheld != "",
        empty_state(words.WITHHELD_TITLE, State.live.withheld, rules, drawing="clock"),
        rx.fragment(
            frozen_note(State.live.frozen),
            rx.cond(State.live.anybody, board, empty_state(texts.EMPTY_TITLE, texts.EMPTY_TEXT, drawing="standings")),
        ),
    )


def _units() -> rx.Component:
    return rx.fragment(
        parts.search_field(
            on_search=State.search.debounce(300),
            key=State.board.to_string() + State.bloc,
            value=State.query,
            label=texts.SEARCH,
            hint=texts.SEARCH_HINT,
        ),
        rx.cond(State.blocs.length() > 0, chips(texts.BLOC_CHOICE, State.blocs)),
        rx.el.section(
            rx.cond(State.picked, rx.fragment(), rx.el.p(State.live.size, class_name="soft")),
            rx.cond(
                State.picked,
                rx.cond(
                    State.rows.length() > 0,
                    unit_lines(State.rows, State, label=texts.TITLE),
                    notice(texts.NOTHING_FOUND),
                ),
                unit_lines(State.live.rows, State, label=texts.TITLE),
            ),
            pager(State.pager),
            class_name="board",
        ),
        _own(),
    )


def _own() -> rx.Component:
    """One's own unit is held in view unless it is on this page; it and the open numbers follow a change."""
    here = ~State.picked & State.live.shown.contains(State.own.key)
    needed = State.picked | (State.opened.key != "") | ((State.own.key != "") & ~here)
    return rx.fragment(
        rx.cond((State.own.key != "") & ~here, own_unit(State)),
        rx.cond(
            (State.live.stamp != State.seen) & needed,
            parts.asker(
                changed_ms=State.live.at_ms,
                asked_ms=State.asked_ms,
                earliest_ms=EARLIEST_MS,
                slot_ms=State.slot_ms,
                every_ms=SLOT_MS,
                on_ask=State.refresh,
            ),
        ),
    )


def _blocs() -> rx.Component:
    return rx.el.section(
        rx.el.p(texts.BLOC_NOTE, class_name="soft"),
        rx.foreach(State.live.blocs, bloc),
        class_name="board",
    )
