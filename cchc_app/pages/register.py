"""/dang-ky: three short steps of one form."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import people as parts
from cchc_app.components.controls import button, check_field, link, notice, pin_field, text_field
from cchc_app.states.register import RegisterState, Step
from cchc_app.states.session import SessionState
from cchc_app.texts import register as texts
from cchc_app.texts import sign_in as sign_in_texts


def register() -> rx.Component:
    """The form; whoever is signed in already is sent on."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        parts.steps_bar(RegisterState.step, words=_progress(), count=len(Step)),
        rx.cond(RegisterState.notice != "", notice(RegisterState.notice, "gold", code=RegisterState.notice_code)),
        parts.step_form(
            _identity(),
            _workplace(),
            _promise(),
            _buttons(),
            step=RegisterState.step,
            refusals=RegisterState.refusals,
            on_submit=RegisterState.submit,
            on_mount=RegisterState.opened,
        ),
        link(texts.HAVE_ACCOUNT, href=RegisterState.sign_in_path, class_name="btn btn-quiet"),
        parts.courier(SessionState.go),
    )


def _progress() -> Any:
    words = [(step.value, f"{texts.progress(step)} · {texts.STEPS[step - 1]}") for step in Step]
    return rx.match(RegisterState.step, *words, words[0][1])


def _identity() -> rx.Component:
    errors = RegisterState.errors
    return parts.form_step(
        parts.counted_citizen_field(
            texts.CITIZEN_ID,
            "citizen_id",
            complete=sign_in_texts.CITIZEN_ID_COMPLETE,
            hint=texts.CITIZEN_ID_HINT,
            error=errors["citizen_id"],
        ),
        text_field(
            texts.FULL_NAME,
            "full_name",
            hint=texts.FULL_NAME_HINT,
            error=errors["full_name"],
            auto_complete="name",
            auto_capitalize="words",
        ),
        text_field(
            texts.BIRTH_DATE,
            "birth_date",
            hint=texts.BIRTH_DATE_HINT,
            error=errors["birth_date"],
            auto_complete="bday",
            input_mode="numeric",
            data_date="1",
        ),
        rx.cond(
            RegisterState.warnings,
            parts.second_look(texts.CHECK_AGAIN, RegisterState.warnings, texts.CHECK_AGAIN_NEXT),
        ),
        heading=texts.STEPS[0],
        number=Step.IDENTITY.value,
        current=RegisterState.step,
    )


def _workplace() -> rx.Component:
    errors = RegisterState.errors
    return parts.form_step(
        parts.unit_picker(
            texts.UNIT,
            RegisterState.units,
            error=errors["unit"],
            wording={
                "hint": texts.UNIT_HINT,
                "list": texts.UNIT_LIST,
                "chosen": texts.UNIT_CHOSEN,
                "found": texts.UNIT_FOUND,
                "none": texts.UNIT_NONE,
            },
        ),
        text_field(
            texts.PHONE,
            "phone",
            hint=texts.PHONE_HINT,
            error=errors["phone"],
            type="tel",
            input_mode="tel",
            auto_complete="tel",
        ),
        heading=texts.STEPS[1],
        number=Step.WORKPLACE.value,
        current=RegisterState.step,
    )


def _promise() -> rx.Component:
    errors = RegisterState.errors
    return parts.form_step(
        pin_field(texts.PIN, "pin", hint=texts.PIN_HINT, error=errors["pin"]),
        pin_field(texts.PIN_AGAIN, "pin_again", error=errors["pin_again"]),
        check_field(texts.CONSENT, "consent", error=errors["consent"]),
        # A page of its own: leaving this one would lose what is typed.
        rx.el.a(texts.CONSENT_LINK, href=routes.PRIVACY, target="_blank", class_name="more"),
        heading=texts.STEPS[2],
        number=Step.PROMISE.value,
        current=RegisterState.step,
    )


def _buttons() -> rx.Component:
    """The same two for every step, so that a thumb and a screen reader find them where they were."""
    step = RegisterState.step
    return parts.step_buttons(
        button(
            rx.cond(step == Step.PROMISE.value, texts.FINISH, texts.CONTINUE), type="submit", busy=RegisterState.busy
        ),
        button(texts.BACK, kind="quiet", on_click=RegisterState.back, hidden=step == Step.IDENTITY.value),
    )
