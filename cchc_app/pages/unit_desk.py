"""/don-vi: the unit's desk, and a poster to print."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.art import branch, waves
from cchc_app.components.controls import button, card, error_state, link_button, pill, skeleton
from cchc_app.components.marks import stat
from cchc_app.components.slogan_versions import quote
from cchc_app.states.unit_desk import UnitDeskState
from cchc_app.texts import unit_desk as texts


def unit_desk() -> rx.Component:
    """For a unit's representatives; others are told how to become one."""
    return layout.page(
        rx.el.h1(texts.TITLE, class_name="no-print"),
        rx.match(
            UnitDeskState.screen,
            ("desk", _desk()),
            ("denied", _denied()),
            rx.fragment(skeleton(3), skeleton(4)),
        ),
        active="slogan",
    )


def _denied() -> rx.Component:
    return error_state(
        texts.DENIED_TITLE,
        texts.DENIED_TEXT,
        link_button(texts.CODE_TITLE, routes.UNIT_CODE),
        code=UnitDeskState.notice_code,
    )


def _desk() -> rx.Component:
    return rx.fragment(
        rx.el.p(rx.el.b(UnitDeskState.unit_name), class_name="no-print"), _slogan(), _figures(), _people(), _poster()
    )


def _slogan() -> rx.Component:
    has_one = UnitDeskState.slogan_text != ""
    status = UnitDeskState.slogan_status
    return card(
        rx.el.div(
            rx.el.h2(texts.SLOGAN),
            rx.match(
                UnitDeskState.slogan_tone,
                ("right", pill(status, "right")),
                ("gold", pill(status, "gold")),
                pill(status, "plain"),
            ),
            class_name="row",
        ),
        rx.cond(has_one, quote(UnitDeskState.slogan_text), rx.el.p(texts.SLOGAN_NONE, class_name="soft")),
        link_button(rx.cond(has_one, texts.SEE, texts.WRITE), routes.SLOGAN, kind="ghost"),
        class_name="no-print",
    )


def _figures() -> rx.Component:
    return card(
        rx.el.div(
            rx.foreach(UnitDeskState.figures, lambda figure: stat(figure.value, figure.label)),
            class_name="grid grid-cols-2 gap-2",
        ),
        rx.foreach(UnitDeskState.notes, lambda note: rx.el.p(note, class_name="soft")),
        heading=texts.FIGURES,
        class_name="no-print",
    )


def _people() -> rx.Component:
    return card(
        rx.el.p(texts.PEOPLE_TEXT, class_name="soft"),
        rx.cond(
            UnitDeskState.people,
            rx.el.ol(rx.foreach(UnitDeskState.people, rx.el.li), class_name="unit-people"),
            rx.el.p(UnitDeskState.people_none, class_name="soft"),
        ),
        heading=UnitDeskState.people_title,
        class_name="no-print",
    )


def _poster() -> rx.Component:
    return rx.fragment(
        card(
            rx.el.p(texts.POSTER_TEXT, class_name="soft"),
            button(texts.PRINT, kind="ghost", data_print=""),
            heading=texts.POSTER,
            class_name="no-print",
        ),
        rx.el.section(
            branch(),
            rx.el.p(texts.POSTER_HEAD, class_name="poster-head"),
            rx.el.p(UnitDeskState.unit_name, class_name="poster-unit"),
            rx.el.p(UnitDeskState.contest_title, class_name="poster-title"),
            rx.el.img(src=UnitDeskState.qr, alt=texts.POSTER_ALT, class_name="poster-qr"),
            rx.el.p(texts.POSTER_SCAN, class_name="poster-scan"),
            rx.el.p(UnitDeskState.address, class_name="poster-address"),
            waves(),
            aria_label=texts.POSTER,
            class_name="poster",
        ),
    )
