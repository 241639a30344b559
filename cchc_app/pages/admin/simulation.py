"""/quan-tri/hoi-thi/xem-thu: the contest at a chosen instant, read-only."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.contest_desk import contest_pages
from cchc_app.components.controls import button, card, notice, pill, text_field
from cchc_app.states.admin.simulation import Moment, SimulationState
from cchc_app.texts import admin_contest as texts

State = SimulationState


def simulation() -> rx.Component:
    """For organisers and auditors."""
    return layout.desk(
        contest_pages("simulation"),
        rx.cond(State.notice != "", notice(State.notice, "gold", code=State.notice_code)),
        _when(),
        rx.cond(State.seen.heading != "", _seen()),
        title=texts.SIMULATION,
        active="contest",
    )


def _when() -> rx.Component:
    return card(
        rx.el.form(
            text_field(texts.AT, "at", hint=texts.AT_HINT, error=State.error, default_value=State.at, key=State.at),
            button(texts.LOOK, type="submit", small=True),
            on_submit=State.look,
            no_validate=True,
            class_name="log-search",
        ),
        rx.el.div(
            rx.foreach(State.moments, _moment),
            role="group",
            aria_label=texts.JUMPS,
            class_name="jumps",
        ),
    )


def _moment(moment: Moment) -> rx.Component:
    return button(moment.name, kind="quiet", small=True, on_click=State.jump(moment.at), key=moment.name)


def _seen() -> rx.Component:
    seen = State.seen
    return rx.fragment(
        rx.el.h2(seen.heading, aria_live="polite"),
        rx.el.div(
            card(
                rx.el.div(
                    rx.cond(seen.is_open, pill(seen.pill, dot=True), pill(seen.pill, "plain")), class_name="flex"
                ),
                rx.el.p(seen.until),
                rx.el.dl(
                    _pair(texts.VISITOR, seen.visitor_button),
                    _pair(texts.NEWCOMER, seen.newcomer_button),
                    class_name="changes",
                ),
                heading=texts.NOW_CARD,
            ),
            card(
                rx.el.dl(_pair(texts.DOOR, seen.door), _pair(texts.SLOGAN, seen.slogan), class_name="changes"),
                heading=texts.PAGES,
            ),
            card(_list(seen.weeks, ""), heading=texts.WEEKS),
            card(_list(seen.boards, texts.NO_BOARDS), heading=texts.BOARDS),
            card(_list(seen.news, texts.NO_NEWS), heading=texts.NEWS),
            class_name="desk-pair",
        ),
    )


def _pair(name: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(rx.el.b(value)))


def _list(items: Any, otherwise: str) -> rx.Component:
    return rx.cond(
        items, rx.el.ul(rx.foreach(items, rx.el.li), class_name="may"), rx.el.p(otherwise, class_name="soft")
    )
