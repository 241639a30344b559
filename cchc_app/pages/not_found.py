"""The page of an address that does not exist."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import link_button
from cchc_app.texts import common


def not_found() -> rx.Component:
    """Says so, and leads home."""
    return layout.page(
        rx.el.h1(common.NOT_FOUND_TITLE),
        rx.el.p(common.NOT_FOUND_TEXT),
        link_button(common.GO_HOME, routes.HOME),
    )
