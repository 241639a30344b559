"""/tai-khoan: one's own data, papers and receipts, and the ways out."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import people as parts
from cchc_app.components.controls import button, card, empty_state, link, link_button, notice, pill, pin_field, skeleton
from cchc_app.states.account import AccountState, DeviceView, PaperView
from cchc_app.texts import account as texts


def account() -> rx.Component:
    """For the signed-in person; others are sent to sign in."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.cond(AccountState.notice != "", notice(AccountState.notice, "gold")),
        rx.cond(AccountState.linked, _linked()),
        rx.cond(AccountState.full_name != "", rx.fragment(_who(), _history(), _pin(), _ways_out()), skeleton(4)),
    )


def _linked() -> rx.Component:
    return card(
        notice(texts.LINKED, "right"),
        link_button(texts.GO_ON, AccountState.next_path),
    )


def _who() -> rx.Component:
    return card(
        rx.el.h2(AccountState.full_name),
        parts.facts(
            (texts.UNIT, AccountState.unit_name),
            (texts.CITIZEN_ID, rx.el.span(AccountState.masked_citizen_id, class_name="tabular")),
        ),
        rx.cond(
            ~AccountState.identity_normalised,
            rx.fragment(
                rx.el.div(pill(texts.NOT_NORMALISED, "gold"), class_name="flex"),
                rx.el.p(texts.NOT_NORMALISED_TEXT, class_name="soft"),
            ),
        ),
        rx.cond(
            ~AccountState.ranked,
            rx.fragment(
                rx.el.div(pill(texts.NOT_RANKED, "gold"), class_name="flex"),
                rx.el.p(texts.NOT_RANKED_TEXT, class_name="soft"),
            ),
        ),
    )


def _pin() -> rx.Component:
    state = AccountState
    return card(
        rx.el.p(rx.cond(state.has_pin, texts.PIN_TEXT, texts.NO_PIN_TEXT), class_name="soft"),
        rx.cond(state.pin_notice != "", notice(state.pin_notice, "wrong", code=state.pin_notice_code)),
        rx.cond(state.pin_done != "", notice(state.pin_done, "right")),
        rx.el.form(
            rx.cond(
                state.asks_current,
                pin_field(
                    texts.CURRENT_PIN, "current", error=state.pin_errors["current"], auto_complete="current-password"
                ),
            ),
            pin_field(
                texts.NEW_PIN,
                "pin",
                hint=texts.NEW_PIN_HINT,
                error=state.pin_errors["pin"],
                auto_complete="new-password",
            ),
            pin_field(
                texts.NEW_PIN_AGAIN, "pin_again", error=state.pin_errors["pin_again"], auto_complete="new-password"
            ),
            button(
                rx.cond(state.has_pin, texts.CHANGE_PIN, texts.SET_PIN), kind="ghost", type="submit", busy=state.busy
            ),
            on_submit=state.change_pin,
            no_validate=True,
            data_refusals=state.refusals,
            class_name="step-form",
        ),
        heading=texts.PIN,
    )


def _history() -> rx.Component:
    return rx.cond(
        AccountState.papers,
        card(rx.el.ul(rx.foreach(AccountState.papers, _paper), class_name="papers"), heading=texts.HISTORY),
        rx.cond(
            AccountState.loaded,
            empty_state(
                texts.HISTORY,
                texts.HISTORY_EMPTY,
                link_button(texts.TO_QUIZ, routes.QUIZ, kind="ghost", small=True),
                drawing="quiz",
            ),
        ),
    )


def _paper(paper: PaperView) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(paper.name), rx.el.span(paper.result, class_name="tabular"), class_name="row"),
        rx.el.p(paper.finished, class_name="soft"),
        rx.el.p(texts.RECEIPT, " ", rx.el.code(paper.receipt), class_name="soft"),
        link(texts.SEE_RESULT, href=paper.href, class_name="more"),
    )


def _ways_out() -> rx.Component:
    return rx.fragment(
        card(
            rx.el.p(texts.MY_DATA_TEXT, class_name="soft"),
            link_button(texts.MY_DATA, routes.MY_DATA, kind="ghost", small=True),
        ),
        parts.post_button(texts.SIGN_OUT, routes.sign_out(), kind="ghost"),
        card(
            rx.el.ul(rx.foreach(AccountState.devices, _device), class_name="papers"),
            rx.el.p(texts.EVERYWHERE_TEXT, class_name="soft"),
            parts.post_button(texts.SIGN_OUT_EVERYWHERE, routes.sign_out(everywhere=True), kind="quiet"),
            heading=texts.DEVICES,
        ),
    )


def _device(device: DeviceView) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(device.name),
            rx.cond(
                device.current,
                pill(texts.DEVICE_CURRENT, "right"),
                button(
                    texts.SIGN_OUT_DEVICE,
                    kind="quiet",
                    small=True,
                    on_click=AccountState.sign_out_device(device.handle),
                    aria_label=f"{texts.SIGN_OUT_DEVICE}: {device.name}",
                ),
            ),
            class_name="row",
        ),
        rx.el.p(device.seen, class_name="soft"),
    )
