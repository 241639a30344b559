"""/dong-y: asks again when the privacy notice has changed."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import button, card, link_button, skeleton
from cchc_app.states.consent import ConsentState
from cchc_app.texts import consent as texts
from cchc_app.texts import register as register_texts


def consent() -> rx.Component:
    """For the signed-in person who has not agreed to the notice as it is."""
    return layout.page(rx.el.h1(texts.TITLE), rx.cond(ConsentState.asked, _question(), skeleton(3)))


def _question() -> rx.Component:
    return card(
        rx.el.p(texts.TEXT),
        rx.el.p(register_texts.CONSENT, class_name="soft"),
        rx.el.a(texts.READ, href=routes.PRIVACY, target="_blank", class_name="more"),
        button(texts.AGREE, on_click=ConsentState.agree),
        rx.el.p(texts.OTHERWISE, class_name="soft"),
        link_button(texts.MY_DATA, routes.MY_DATA, kind="quiet"),
    )
