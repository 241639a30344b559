"""/khau-hieu: what the slogan round is, until when, and what is possible now."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import card, link_button, pill
from cchc_app.components.marks import countdown
from cchc_app.components.slogans import results_link
from cchc_app.states.home import HomeState
from cchc_app.texts import slogan as texts


def slogan() -> rx.Component:
    """The round in words; the writing desk is not part of this version, and the page says so."""
    round_ = HomeState.slogan
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.el.p(texts.INTRO),
        card(
            rx.el.div(
                rx.el.h2(texts.DEADLINE_TITLE),
                rx.cond(round_.is_open, pill(round_.status), pill(round_.status, "plain")),
                class_name="row",
            ),
            rx.el.p(round_.deadline),
            rx.cond(round_.is_open, countdown(round_.deadline_ms, HomeState.now.server_now_ms)),
        ),
        card(
            rx.el.ul(rx.el.li(round_.text), rx.el.li(texts.ONE_RULE), rx.el.li(texts.WORDS_RULE)),
            heading=texts.RULES_TITLE,
            class_name="reading",
        ),
        results_link(round_.published),
        card(rx.el.p(texts.SENDING_TEXT), heading=texts.SENDING_TITLE),
        link_button(texts.RULES_LINK, routes.RULES, kind="ghost"),
        active="slogan",
    )
