"""/quan-tri/loi-moi/<token>: joining the staff."""

import reflex as rx

from cchc_app import routes
from cchc_app.components.admin import door
from cchc_app.components.controls import (
    button,
    card,
    citizen_field,
    copy_button,
    error_state,
    link_button,
    skeleton,
    text_field,
)
from cchc_app.states.admin.invitation import InvitationState
from cchc_app.texts import admin as texts


def invitation() -> rx.Component:
    """For whoever has the link, once."""
    return door(
        rx.el.h1(rx.cond(InvitationState.resets != "", texts.RESET_TITLE, texts.INVITATION_TITLE)),
        rx.match(
            InvitationState.screen,
            ("form", rx.fragment(_second_factor(), _account())),
            ("codes", _codes()),
            ("gone", error_state(texts.INVITATION_GONE, InvitationState.notice, code=InvitationState.notice_code)),
            skeleton(4),
        ),
    )


def _second_factor() -> rx.Component:
    return card(
        rx.cond(
            InvitationState.resets != "",
            rx.el.p(texts.RESET_TEXT, ": ", rx.el.b(InvitationState.resets)),
            rx.el.p(texts.INVITATION_ROLE, ": ", rx.el.b(InvitationState.role_name)),
        ),
        rx.el.p(texts.SCAN_TEXT, class_name="soft"),
        rx.el.img(src=InvitationState.qr, alt=texts.SCAN_ALT, class_name="enrol-qr"),
        rx.el.p(texts.SECRET, ": ", rx.el.code(InvitationState.secret, class_name="enrol-secret"), class_name="soft"),
        heading=texts.SCAN_TITLE,
    )


def _account() -> rx.Component:
    errors = InvitationState.errors
    return card(
        rx.el.form(
            rx.cond(InvitationState.resets == "", _who()),
            text_field(
                texts.PASSWORD,
                "password",
                hint=texts.PASSWORD_HINT,
                error=errors["password"],
                type="password",
                auto_complete="new-password",
            ),
            text_field(
                texts.PASSWORD_AGAIN,
                "password_again",
                error=errors["password_again"],
                type="password",
                auto_complete="new-password",
            ),
            rx.cond(
                InvitationState.resets == "",
                citizen_field(texts.CITIZEN_ID, "citizen_id", hint=texts.CITIZEN_ID_HINT, error=errors["citizen_id"]),
            ),
            text_field(
                texts.FIRST_CODE,
                "code",
                hint=texts.FIRST_CODE_HINT,
                error=errors["code"],
                input_mode="numeric",
                auto_complete="one-time-code",
            ),
            button(
                rx.cond(InvitationState.resets != "", texts.RESET_SAVE, texts.JOIN),
                type="submit",
                busy=InvitationState.busy,
            ),
            on_submit=InvitationState.submit,
            no_validate=True,
            data_refusals=InvitationState.refusals,
            class_name="step-form",
        ),
        heading=rx.cond(InvitationState.resets != "", texts.RESET_STEP, texts.ACCOUNT_TITLE),
    )


def _who() -> rx.Component:
    errors = InvitationState.errors
    return rx.fragment(
        text_field(
            texts.USERNAME,
            "username",
            hint=texts.USERNAME_HINT,
            error=errors["username"],
            auto_complete="username",
            auto_capitalize="none",
            spell_check=False,
        ),
        text_field(texts.DISPLAY_NAME, "display_name", error=errors["display_name"], auto_complete="name"),
    )


def _codes() -> rx.Component:
    return card(
        rx.el.p(texts.CODES_TEXT, class_name="soft"),
        rx.el.ul(
            rx.foreach(InvitationState.codes, lambda code: rx.el.li(rx.el.code(code))), class_name="recovery-codes"
        ),
        copy_button(InvitationState.codes.join("\n"), texts.COPY_CODES),
        link_button(texts.TO_SIGN_IN, routes.STAFF_SIGN_IN),
        heading=texts.CODES_TITLE,
        role="status",
    )
