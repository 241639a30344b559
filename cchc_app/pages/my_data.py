"""/tai-khoan/du-lieu: what is stored about oneself, as a file too, and what one may ask to be done with it."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components import people as parts
from cchc_app.components.controls import button, card, link_button, notice, pill, skeleton, text_area
from cchc_app.states.my_data import FactView, MyDataState, RequestView
from cchc_app.texts import my_data as texts


def my_data() -> rx.Component:
    """For the signed-in person; others are sent to sign in."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.cond(MyDataState.notice != "", notice(MyDataState.notice, "right")),
        rx.cond(MyDataState.loaded, rx.fragment(_stored(), _asked(), _correct(), _leave()), skeleton(4)),
        link_button(texts.BACK, routes.ACCOUNT, kind="quiet"),
    )


def _stored() -> rx.Component:
    return card(
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.el.dl(rx.foreach(MyDataState.facts, _fact), class_name="facts"),
        rx.el.h3(texts.CONSENTS),
        rx.el.ul(rx.foreach(MyDataState.consents, rx.el.li), class_name="soft"),
        rx.el.p(texts.DOWNLOAD_TEXT, class_name="soft"),
        # A plain link: the router would look for a page there.
        rx.el.a(
            texts.DOWNLOAD, href=routes.MY_DATA_FILE, download=True, reload_document=True, class_name="btn btn-ghost"
        ),
        heading=texts.STORED,
    )


def _fact(fact: FactView) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name, class_name="soft"), rx.el.dd(fact.value))


def _asked() -> rx.Component:
    return card(
        rx.el.p(texts.ASK_TEXT, class_name="soft"),
        rx.cond(
            MyDataState.requests,
            rx.el.ul(rx.foreach(MyDataState.requests, _request), class_name="papers"),
            rx.el.p(texts.NO_REQUESTS, class_name="soft"),
        ),
        heading=texts.ASK,
    )


def _request(request: RequestView) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(request.name), pill(request.status, "plain"), class_name="row"),
        rx.el.p(request.when, class_name="soft"),
        rx.cond(request.detail != "", rx.el.p(request.detail)),
        rx.cond(request.answer != "", rx.el.p(request.answer)),
        rx.cond(
            request.may_cancel,
            button(texts.CANCEL, kind="quiet", small=True, on_click=MyDataState.cancel(request.kind)),
        ),
    )


def _correct() -> rx.Component:
    return card(
        rx.el.form(
            text_area(
                texts.CORRECTION,
                "detail",
                hint=texts.CORRECTION_HINT,
                error=MyDataState.error,
                max_length=400,
                rows="3",
            ),
            button(texts.SEND_CORRECTION, kind="ghost", type="submit"),
            on_submit=MyDataState.correct,
            reset_on_submit=False,
            data_refusals=MyDataState.refusals,
            class_name="step-form",
        ),
    )


def _leave() -> rx.Component:
    withdrawal = parts.folded(
        texts.WITHDRAW_TITLE,
        rx.el.p(texts.WITHDRAW_TEXT, class_name="soft"),
        button(texts.SEND_WITHDRAWAL, kind="ghost", on_click=MyDataState.withdraw),
    )
    withdrawn = rx.fragment(
        notice(texts.WITHDRAWN, "gold"),
        link_button(texts.AGREE_AGAIN, routes.consent(routes.MY_DATA), kind="ghost"),
    )
    return card(
        parts.folded(
            texts.ERASE_TITLE,
            rx.el.p(texts.ERASE_TEXT, class_name="soft"),
            button(texts.SEND_ERASURE, kind="ghost", on_click=MyDataState.erase),
        ),
        rx.cond(MyDataState.withdrawn, withdrawn, withdrawal),
    )
