"""/dang-nhap: two doors, VNeID and the number with its PIN."""

import reflex as rx

from cchc_app import layout
from cchc_app.components import people as parts
from cchc_app.components.controls import button, card, link, link_button, notice, pill, pin_field
from cchc_app.states.frame import FrameState
from cchc_app.states.session import SessionState
from cchc_app.states.sign_in import SignInState
from cchc_app.texts import sign_in as texts


def sign_in() -> rx.Component:
    """The doors; whoever is signed in already is sent on."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        parts.doors(_vneid(), parts.divider(texts.OR), _number()),
        parts.courier(SessionState.go),
    )


def _vneid() -> rx.Component:
    """The first door: its button leaves the site, so it is a plain link that loads a whole page."""
    return card(
        rx.el.div(rx.el.h2(texts.VNEID_TITLE), pill(texts.VNEID_ADVISED, "right"), class_name="row"),
        rx.el.p(texts.VNEID_TEXT, class_name="soft"),
        rx.cond(
            SignInState.vneid_path != "",
            link_button(texts.VNEID_BUTTON, SignInState.vneid_path, reload_document=True),
            rx.fragment(
                button(texts.VNEID_BUTTON, disabled=True, aria_describedby="vneid-closed"),
                rx.el.p(texts.VNEID_CLOSED, id="vneid-closed", class_name="soft"),
            ),
        ),
        class_name="pick",
    )


def _number() -> rx.Component:
    return card(
        rx.el.form(
            parts.counted_citizen_field(
                texts.CITIZEN_ID,
                "citizen_id",
                complete=texts.CITIZEN_ID_COMPLETE,
                error=SignInState.citizen_id_error,
            ),
            pin_field(texts.PIN, "pin", error=SignInState.pin_error),
            rx.cond(SignInState.notice != "", notice(SignInState.notice, "wrong", code=SignInState.notice_code)),
            button(texts.BUTTON, kind="ghost", type="submit", busy=SignInState.busy),
            on_submit=SignInState.submit,
            no_validate=True,
            data_refusals=SignInState.refusals,
            class_name="step-form",
        ),
        link(texts.REGISTER, href=SignInState.register_path, class_name="btn btn-quiet"),
        _forgotten(),
        heading=texts.NUMBER_TITLE,
    )


def _forgotten() -> rx.Component:
    return rx.el.details(
        rx.el.summary(texts.FORGOTTEN),
        rx.el.p(texts.FORGOTTEN_TEXT, class_name="soft"),
        rx.el.p(texts.FORGOTTEN_CONTACT, ": ", FrameState.support, class_name="soft"),
        class_name="forgotten",
    )
