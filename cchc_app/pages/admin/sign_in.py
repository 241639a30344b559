"""/quan-tri/dang-nhap: the staff's door, in two steps."""

import reflex as rx

from cchc_app import routes
from cchc_app.components import people as parts
from cchc_app.components.admin import door
from cchc_app.components.controls import button, card, link, notice, text_field
from cchc_app.states.admin.sign_in import StaffSignInState
from cchc_app.texts import admin as texts


def staff_sign_in() -> rx.Component:
    """The door; whoever is signed in already is sent on."""
    return door(
        rx.el.h1(texts.SIGN_IN_TITLE),
        rx.cond(
            StaffSignInState.notice != "",
            notice(StaffSignInState.notice, "wrong", code=StaffSignInState.notice_code),
        ),
        rx.cond(StaffSignInState.asks_code, _code(), _password()),
        link(texts.PARTICIPANTS_DOOR, href=routes.SIGN_IN, class_name="btn btn-quiet"),
        parts.courier(StaffSignInState.go),
    )


def _password() -> rx.Component:
    return card(
        rx.el.form(
            text_field(
                texts.USERNAME,
                "username",
                auto_complete="username",
                auto_capitalize="none",
                spell_check=False,
                auto_focus=True,
            ),
            text_field(texts.PASSWORD, "password", type="password", auto_complete="current-password"),
            button(texts.CONTINUE, type="submit", busy=StaffSignInState.busy),
            on_submit=StaffSignInState.submit_password,
            no_validate=True,
            class_name="step-form",
        ),
        key="password",
    )


def _code() -> rx.Component:
    return card(
        rx.el.form(
            text_field(
                texts.CODE, "code", hint=texts.CODE_HINT, auto_complete="one-time-code", auto_focus=True, max_length=20
            ),
            button(texts.ENTER, type="submit", busy=StaffSignInState.busy),
            on_submit=StaffSignInState.submit_code,
            no_validate=True,
            class_name="step-form",
        ),
        button(texts.START_OVER, kind="quiet", on_click=StaffSignInState.start_over),
        key="code",
    )
