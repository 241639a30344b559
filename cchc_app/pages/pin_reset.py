"""/dat-lai-pin: a new PIN by a link an organiser made."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import button, card, link_button, notice, pin_field
from cchc_app.states.pin_reset import PinResetState
from cchc_app.texts import admin_people as texts


def pin_reset() -> rx.Component:
    """For whoever has the link."""
    state = PinResetState
    return layout.page(
        rx.el.h1(texts.PIN_PAGE_TITLE),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.saved, _saved(), _form()),
    )


def _form() -> rx.Component:
    state = PinResetState
    return card(
        rx.el.p(texts.PIN_PAGE_TEXT, class_name="soft"),
        rx.el.form(
            # Filled in by the browser from what stands behind the # (assets/app.js).
            rx.el.input(type="hidden", name="token", data_fragment="1"),
            pin_field(
                texts.NEW_PIN, "pin", hint=texts.NEW_PIN_HINT, error=state.errors["pin"], auto_complete="new-password"
            ),
            pin_field(texts.NEW_PIN_AGAIN, "pin_again", error=state.errors["pin_again"], auto_complete="new-password"),
            button(texts.SAVE_PIN, type="submit", busy=state.busy),
            on_submit=state.submit,
            no_validate=True,
            data_refusals=state.refusals,
            class_name="step-form",
        ),
    )


def _saved() -> rx.Component:
    return card(
        rx.el.p(texts.PIN_SAVED),
        link_button(texts.TO_SIGN_IN, routes.SIGN_IN),
        heading=texts.PIN_SAVED_TITLE,
        role="status",
    )
