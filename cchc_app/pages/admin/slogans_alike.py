"""/quan-tri/khau-hieu/giong-nhau: slogans of different units that are alike, side by side."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, empty_state, link, notice, skeleton
from cchc_app.components.slogans import sections, slogan_text, state_pill
from cchc_app.states.admin.slogans import SloganRow
from cchc_app.states.admin.slogans_alike import AlikeView, SlogansAlikeState
from cchc_app.texts import slogan_desk as texts


def slogans_alike() -> rx.Component:
    """For organisers and auditors."""
    state = SlogansAlikeState
    return layout.desk(
        sections("alike"),
        rx.cond(state.notice != "", notice(state.notice, "wrong")),
        rx.el.p(texts.ALIKE_INTRO, class_name="soft"),
        rx.cond(
            state.loaded,
            rx.cond(
                state.groups,
                rx.foreach(state.groups, _group),
                empty_state(texts.ALIKE_NONE_TITLE, texts.ALIKE_NONE, drawing="slogan"),
            ),
            skeleton(4),
        ),
        title=texts.LIST,
        active="slogans",
    )


def _group(group: AlikeView) -> rx.Component:
    return card(
        rx.el.h2(state_pill(group.said, group.tone)),
        rx.el.ul(rx.foreach(group.rows, _side), class_name="side-by-side"),
        key=group.key,
    )


def _side(row: SloganRow) -> rx.Component:
    return rx.el.li(
        rx.el.p(slogan_text(row.text)),
        rx.el.p(link(row.unit, href=row.href, class_name="row-link")),
        rx.el.p(
            row.bloc,
            rx.cond(row.who != "", rx.el.span(" · ", row.who)),
            rx.el.span(" · ", row.changed, class_name="tabular"),
            class_name="fine",
        ),
        rx.cond(row.state == "disqualified", state_pill(row.state_name, row.tone)),
        key=row.code,
    )
