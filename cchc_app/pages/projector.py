"""/trinh-chieu: the boards for halls and the closing ceremony, to be read from the last row; nothing to press."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import button, pill
from cchc_app.states.projector import ProjectorState
from cchc_app.states.standings import StandingsState
from cchc_app.states.unit_standings import UnitStandingsState
from cchc_app.texts import projector as texts
from cchc_app.texts.unit_standings import NO_RANK

State = ProjectorState
PODIUM = 3
MEDALS = ["1", "2", "3"]
ROWS = 20


def projector() -> rx.Component:
    """One board at a time."""
    people, units = StandingsState.live, UnitStandingsState.live
    return layout.hall(
        rx.match(
            State.screen,
            ("people", _board(people, people.size > 0, _people(people))),
            ("units", _board(units, units.ranked, _units(units), empty=texts.NO_UNIT)),
            ("none", _said(State.notice)),
            ("missing", _said(State.notice)),
            rx.fragment(),
        ),
        rx.cond(State.slides.length() > 1, _turning()),
        title=rx.cond(State.title != "", State.title, texts.TITLE),
        mark=rx.cond(
            (State.screen == "people") & (people.withheld + people.frozen == "")
            | (State.screen == "units") & (units.withheld + units.frozen == ""),
            pill(texts.LIVE, dot=True),
        ),
    )


def _board(live: Any, anybody: Any, rows: rx.Component, *, empty: str = texts.EMPTY) -> rx.Component:
    return rx.cond(
        live.withheld != "",
        _said(live.withheld),
        rx.fragment(
            rx.cond(live.frozen != "", rx.el.p(live.frozen, class_name="hall-note", role="status")),
            rx.cond(anybody, rows, _said(empty)),
        ),
    )


def _said(words: Any) -> rx.Component:
    return rx.el.p(words, class_name="hall-said")


def _people(live: Any) -> rx.Component:
    return rx.el.ol(
        rx.foreach(live.podium, _person),
        rx.foreach(live.rows[: ROWS - PODIUM], _person),
        class_name="hall-rows",
        custom_attrs={"data-flip": ""},
    )


def _person(row: Any) -> rx.Component:
    return _line(row, main=row.score, under=row.unit, beside=row.time, top=row.rank <= PODIUM)


def _units(live: Any) -> rx.Component:
    """Units with a rank: a hall need not see who has none."""
    return rx.el.ol(
        rx.foreach(live.rows[:ROWS], lambda row: rx.cond(row.rank != NO_RANK, _unit(row))),
        class_name="hall-rows",
        custom_attrs={"data-flip": ""},
    )


def _unit(row: Any) -> rx.Component:
    return _line(
        row, main=row.result, under=row.taking_part, beside=row.score, top=rx.Var.create(MEDALS).contains(row.rank)
    )


def _line(row: Any, *, main: Any, under: Any, beside: Any, top: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.rank, class_name="hall-rank tabular"),
        rx.el.span(rx.el.b(row.name), rx.el.span(under), class_name="hall-name"),
        rx.el.span(rx.el.b(main), rx.el.span(beside), class_name="hall-score tabular"),
        key=row.key,
        class_name=rx.cond(row.fresh, "glow", "").to(str) + rx.cond(top, " top-three", "").to(str),
    )


def _turning() -> rx.Component:
    """Asks for the next board when its turn has come (assets/app.js)."""
    return rx.fragment(
        rx.el.span(hidden=True, data_deadline=State.turn_at_ms, data_server_now=State.now_ms),
        button(texts.NEXT, hidden=True, on_click=State.go_on, custom_attrs={"data-on-deadline": State.turn_at_ms}),
    )
