"""/quyen-rieng-tu: which personal data, what for, how long, and one's rights."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card
from cchc_app.texts import privacy as texts


def privacy() -> rx.Component:
    """The notice, section by section."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        *(
            card(rx.el.ul(*(rx.el.li(line) for line in lines)), heading=heading, class_name="reading")
            for heading, lines in texts.SECTIONS
        ),
        rx.el.p(texts.VERSION_LINE, class_name="soft"),
    )
