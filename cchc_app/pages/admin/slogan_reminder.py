"""/quan-tri/khau-hieu/nhac-don-vi: units without a slogan, as a list to be copied."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, copy_button, empty_state, link, notice, skeleton
from cchc_app.components.slogans import sections, state_pill
from cchc_app.states.admin.slogan_reminder import MissingView, SloganReminderState
from cchc_app.states.admin.slogans import SloganRow
from cchc_app.texts import slogan_desk as texts


def slogan_reminder() -> rx.Component:
    """For organisers and auditors."""
    state = SloganReminderState
    return layout.desk(
        sections("remind"),
        rx.cond(state.notice != "", notice(state.notice, "wrong")),
        rx.cond(state.loaded, rx.cond(state.blocs, _missing(), _nobody()), skeleton(4)),
        title=texts.LIST,
        active="slogans",
    )


def _missing() -> rx.Component:
    state = SloganReminderState
    return rx.fragment(
        rx.el.div(
            rx.el.p(state.deadline, ". ", texts.REMIND_INTRO, class_name="soft"),
            copy_button(state.copied, texts.REMIND_COPY),
            class_name="row",
        ),
        rx.foreach(state.blocs, _bloc),
    )


def _bloc(bloc: MissingView) -> rx.Component:
    return card(
        rx.el.div(rx.el.h2(bloc.name), copy_button(bloc.copied, texts.REMIND_COPY_BLOC), class_name="row"),
        rx.el.p(bloc.said, class_name="fine"),
        rx.el.ul(rx.foreach(bloc.rows, _unit), class_name="missing-units"),
        key=bloc.name,
    )


def _unit(row: SloganRow) -> rx.Component:
    return rx.el.li(
        link(row.unit, href=row.href, class_name="row-link"),
        rx.cond(row.state != "none", state_pill(row.state_name, row.tone)),
        rx.el.span(rx.cond(row.who != "", row.who, texts.NOBODY), class_name="fine"),
        key=row.code,
    )


def _nobody() -> rx.Component:
    return empty_state(texts.REMIND_DONE_TITLE, texts.REMIND_DONE)
