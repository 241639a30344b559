"""/tin-tuc/<number>: one announcement."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.contest_desk import markdown
from cchc_app.components.controls import card, error_state, link_button, skeleton
from cchc_app.states.news import NewsState
from cchc_app.texts import admin_news as texts


def news() -> rx.Component:
    """Public."""
    home = link_button(texts.BACK_HOME, routes.HOME, kind="ghost", small=True)
    return layout.page(
        rx.cond(
            NewsState.notice != "",
            error_state(texts.GONE_TITLE, NewsState.notice, home, code=NewsState.notice_code),
            rx.cond(
                NewsState.title != "",
                rx.fragment(
                    rx.el.h1(NewsState.title),
                    rx.el.p(NewsState.at, class_name="fine"),
                    card(markdown(NewsState.html)),
                    rx.el.div(home, class_name="flex"),
                ),
                skeleton(4),
            ),
        ),
        active="home",
    )
