"""/khau-hieu/ma: a unit's one-time code makes its holder the representative. `#CODE` from a QR fills it in."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import people as parts
from cchc_app.components.controls import button, card, link_button, notice, skeleton, text_field
from cchc_app.states.unit_code import UnitCodeState
from cchc_app.texts import unit_desk as texts


def unit_code() -> rx.Component:
    """For whoever holds the printed code."""
    return layout.page(
        rx.el.h1(texts.CODE_TITLE, data_script="/slogan.js"),
        rx.match(
            UnitCodeState.screen,
            ("form", _form()),
            ("writer", card(notice(texts.CODE_ALREADY, "right"), link_button(texts.TO_SLOGAN, routes.SLOGAN))),
            (
                "visitor",
                card(
                    rx.el.p(texts.CODE_INTRO),
                    rx.el.p(texts.CODE_VISITOR, class_name="soft"),
                    link_button(texts.SIGN_IN, routes.sign_in(routes.UNIT_CODE)),
                ),
            ),
            skeleton(3),
        ),
        active="slogan",
    )


def _form() -> rx.Component:
    return card(
        rx.el.p(texts.CODE_INTRO),
        parts.facts((texts.CODE_UNIT, UnitCodeState.unit_name)),
        rx.el.form(
            text_field(
                texts.CODE,
                "code",
                hint=texts.CODE_HINT,
                error=UnitCodeState.error,
                auto_capitalize="characters",
                spell_check=False,
                max_length=60,
                class_name="citizen",
                data_unit_code="",
            ),
            rx.el.p(texts.CODE_HAND_OVER, class_name="soft"),
            button(texts.CODE_SEND, type="submit"),
            on_submit=UnitCodeState.redeem,
            reset_on_submit=False,
            data_refusals=UnitCodeState.refusals,
            class_name="step-form",
        ),
    )
