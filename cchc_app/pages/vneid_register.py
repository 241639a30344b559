"""/dang-ky/vneid: unit and consent of a person whom VNeID has named."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import people as parts
from cchc_app.components.controls import button, card, check_field, notice, skeleton, text_field
from cchc_app.states.session import SessionState
from cchc_app.states.vneid_register import VneidRegisterState
from cchc_app.texts import account as account_texts
from cchc_app.texts import register as register_texts
from cchc_app.texts import vneid_register as texts


def vneid_register() -> rx.Component:
    """The form; whoever VNeID has not just named is sent to the door."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.cond(VneidRegisterState.full_name != "", rx.fragment(_who(), _form()), skeleton(4)),
        parts.courier(SessionState.go),
    )


def _who() -> rx.Component:
    return card(
        rx.el.p(texts.INTRODUCTION, class_name="soft"),
        parts.facts(
            (register_texts.FULL_NAME, VneidRegisterState.full_name),
            (account_texts.CITIZEN_ID, rx.el.span(VneidRegisterState.masked_citizen_id, class_name="tabular")),
        ),
        heading=texts.WHO,
    )


def _form() -> rx.Component:
    state, errors = VneidRegisterState, VneidRegisterState.errors
    return rx.el.form(
        card(_unit(), _phone(), heading=texts.WORKPLACE),
        card(
            check_field(register_texts.CONSENT, "consent", error=errors["consent"]),
            # A page of its own: leaving this one would lose what is typed.
            rx.el.a(register_texts.CONSENT_LINK, href=routes.PRIVACY, target="_blank", class_name="more"),
        ),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        button(register_texts.FINISH, type="submit", busy=state.busy),
        on_submit=state.submit,
        no_validate=True,
        data_refusals=state.refusals,
        class_name="step-form",
    )


def _unit() -> rx.Component:
    return parts.unit_picker(
        register_texts.UNIT,
        VneidRegisterState.units,
        error=VneidRegisterState.errors["unit"],
        wording={
            "hint": register_texts.UNIT_HINT,
            "list": register_texts.UNIT_LIST,
            "chosen": register_texts.UNIT_CHOSEN,
            "found": register_texts.UNIT_FOUND,
            "none": register_texts.UNIT_NONE,
        },
    )


def _phone() -> rx.Component:
    return text_field(
        register_texts.PHONE,
        "phone",
        hint=register_texts.PHONE_HINT,
        error=VneidRegisterState.errors["phone"],
        type="tel",
        input_mode="tel",
        auto_complete="tel",
    )
