"""/quan-tri/yeu-cau-du-lieu: what people asked to be done with their data."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import fresh_code
from cchc_app.components.controls import button, card, notice, pill, skeleton, text_field
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.data_requests import DataRequestsState, DataRequestView
from cchc_app.texts import data_requests as texts
from cchc_app.texts import desk_lists as list_texts


def data_requests() -> rx.Component:
    """For organisers; auditors read."""
    state = DataRequestsState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.chosen.number != 0, _panel()),
        rx.cond(state.loaded, _list(), skeleton(4)),
        title=texts.TITLE,
        active="requests",
    )


def _list() -> rx.Component:
    state = DataRequestsState
    return card(
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.cond(~state.may_act, notice(texts.READ_ONLY, "gold")),
        rx.cond(state.any, _table(), rx.el.p(texts.EMPTY, class_name="soft")),
    )


def _table() -> rx.Component:
    state, chosen = DataRequestsState, DataRequestsState.table.filters
    return rx.fragment(
        table_search(
            state.table,
            table_filter(
                list_texts.REQUEST_KIND, "loai", list_texts.REQUEST_ALL, state.choices["loai"], chosen["loai"]
            ),
            label=list_texts.REQUEST_SEARCH,
            on_submit=state.search,
        ),
        rx.cond(
            state.requests,
            sorted_table(
                texts.CAPTION,
                state.table,
                before=(texts.COLUMN_KIND,),
                after=(texts.COLUMN_ACTION,),
                rows=state.requests,
                row=_row,
            ),
            rx.el.p(list_texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=list_texts.EXPORT),
    )


def _row(request: DataRequestView) -> rx.Component:
    answer = button(
        rx.fragment(texts.ANSWER, rx.el.span(" ", request.name, class_name="sr-only")),
        kind="quiet",
        small=True,
        on_click=DataRequestsState.choose(request.number),
    )
    return rx.el.tr(
        rx.el.td(request.kind, rx.cond(request.detail != "", rx.el.p(request.detail, class_name="fine"))),
        rx.el.th(request.name, rx.el.p(request.citizen_id, " · ", request.unit, class_name="fine"), scope="row"),
        rx.el.td(request.sent, class_name="tabular nowrap"),
        rx.el.td(request.due, rx.cond(request.overdue, pill(texts.OVERDUE, "wrong")), class_name="tabular nowrap"),
        rx.el.td(rx.cond(DataRequestsState.may_act, answer)),
        key=request.number,
    )


def _panel() -> rx.Component:
    """What may be done about the chosen request; every deed asks for a fresh code."""
    chosen, state = DataRequestsState.chosen, DataRequestsState
    reason = text_field(texts.REASON, "reason", hint=texts.REASON_HINT, max_length=300)
    return card(
        rx.el.h2(texts.ANSWER_TO, " ", chosen.name),
        rx.el.p(chosen.kind, " · ", chosen.due, class_name="soft"),
        rx.cond(chosen.detail != "", rx.el.p(rx.el.b(texts.WROTE, ": "), chosen.detail)),
        rx.el.div(
            rx.cond(
                chosen.correction,
                _deed("correct", texts.CORRECT, state.corrected, rx.el.p(texts.CORRECT_TEXT, class_name="soft")),
                _deed("erase", texts.ERASE, state.erase, rx.el.p(texts.ERASE_TEXT, class_name="soft")),
            ),
            _deed("refuse", texts.REFUSE, state.refuse, reason),
            class_name="desk-pair",
        ),
        button(texts.CLOSE, kind="quiet", small=True, on_click=state.choose(0)),
        key=chosen.number,
    )


def _deed(name: str, verb: str, on_submit: Any, *parts: rx.Component) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="number", value=DataRequestsState.chosen.number.to(str), read_only=True),
        *parts,
        fresh_code(f"code-{name}"),
        button(verb, kind="ghost", type="submit"),
        on_submit=on_submit,
        no_validate=True,
        class_name="step-form",
        key=name,
    )
