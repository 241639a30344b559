"""/quan-tri/khau-hieu: every unit with its slogan; one of them opened."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, link, link_button, notice, skeleton, text_field
from cchc_app.components.slogans import deed, sections, slogan_text, state_pill
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.slogans import SloganDeskState, SloganRow, VersionView
from cchc_app.texts import slogan_desk as texts


def staff_slogans() -> rx.Component:
    """For organisers and auditors."""
    state = SloganDeskState
    return layout.desk(
        sections("list"),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.panel.row.code != "", _panel()),
        card(
            rx.el.p(state.deadline, class_name="soft"),
            table_search(
                state.table,
                table_filter(
                    texts.FILTER_STATE,
                    "trang-thai",
                    texts.ALL_STATES,
                    state.states,
                    state.table.filters["trang-thai"],
                ),
                table_filter(texts.FILTER_BLOC, "khoi", texts.ALL_BLOCS, state.blocs, state.table.filters["khoi"]),
                label=texts.SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _list(), skeleton(5)),
        ),
        title=texts.LIST,
        active="slogans",
    )


def _list() -> rx.Component:
    state = SloganDeskState
    return rx.fragment(
        rx.cond(
            state.rows,
            sorted_table(
                texts.CAPTION,
                state.table,
                after=(texts.COLUMN_WHO,),
                rows=state.rows,
                row=_row,
            ),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
    )


def _row(row: SloganRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(row.unit, href=row.href, class_name="row-link"),
            rx.el.span(row.bloc, class_name="fine block"),
            scope="row",
        ),
        rx.el.td(
            state_pill(row.state_name, row.tone),
            rx.cond(row.extended != "", rx.el.span(row.extended, class_name="fine block")),
            rx.cond(row.text != "", rx.el.span(slogan_text(row.text), class_name="block row-text")),
            class_name="roomy",
        ),
        rx.el.td(row.words, class_name="num tabular"),
        rx.el.td(row.versions, class_name="num tabular"),
        rx.el.td(row.changed, class_name="tabular"),
        rx.el.td(rx.cond(row.who != "", row.who, rx.el.span(texts.NOBODY, class_name="soft"))),
        key=row.code,
    )


def _panel() -> rx.Component:
    state, panel = SloganDeskState, SloganDeskState.panel
    return card(
        rx.el.div(
            rx.el.h2(panel.row.unit),
            rx.el.div(
                state_pill(panel.row.state_name, panel.row.tone),
                link_button(texts.PANEL_CLOSE, state.back, kind="quiet", small=True),
                class_name="flex items-center gap-2",
            ),
            class_name="row",
        ),
        rx.cond(panel.row.reason != "", notice(rx.fragment(texts.REASON, ": ", panel.row.reason), "wrong")),
        rx.el.h3(texts.VERSIONS_TITLE),
        rx.cond(
            panel.versions,
            rx.el.ol(rx.foreach(panel.versions, _version), class_name="versions"),
            rx.el.p(texts.VERSIONS_NONE, class_name="soft"),
        ),
        rx.cond(
            panel.exceptions,
            rx.fragment(
                rx.el.h3(texts.EXCEPTIONS_TITLE),
                rx.el.ul(rx.foreach(panel.exceptions, rx.el.li), class_name="lines"),
            ),
        ),
        rx.cond(state.may_run, _deeds(), rx.el.p(texts.ONLY_READING, class_name="soft")),
        key=panel.row.code,
    )


def _version(version: VersionView) -> rx.Component:
    def fact(name: str, value: Any) -> rx.Component:
        return rx.cond(value != "", rx.el.p(f"{name}: ", value, class_name="fine"))

    return rx.el.li(
        rx.el.p(rx.el.b(version.title)),
        rx.el.p(slogan_text(version.text)),
        fact(texts.EXPLANATION, version.explanation),
        fact(texts.AUTHOR, version.author),
        fact(texts.WRITER, version.writer),
        fact(texts.RECEIPT, version.receipt),
        key=version.receipt,
    )


def _deeds() -> rx.Component:
    state, row = SloganDeskState, SloganDeskState.panel.row
    return rx.el.div(
        rx.cond(
            row.state == "submitted",
            deed(
                _unit(),
                _reason("reason-out"),
                title=texts.DISQUALIFY_TITLE,
                text=texts.DISQUALIFY_TEXT,
                verb=texts.DISQUALIFY,
                on_submit=state.disqualify,
            ),
        ),
        rx.cond(
            row.reason != "",
            deed(
                _unit(),
                _reason("reason-in"),
                title=texts.REINSTATE_TITLE,
                verb=texts.REINSTATE,
                on_submit=state.reinstate,
            ),
        ),
        deed(
            _unit(),
            text_field(texts.EXCEPTION_UNTIL, "until", hint=texts.EXCEPTION_HINT, type="datetime-local"),
            _reason("reason-more"),
            title=texts.EXCEPTION_TITLE,
            verb=texts.EXCEPTION,
            on_submit=state.extend,
        ),
        class_name="deeds",
    )


def _unit() -> rx.Component:
    return rx.el.input(type="hidden", name="unit", value=SloganDeskState.panel.row.code, read_only=True)


def _reason(identifier: str) -> rx.Component:
    return text_field(texts.REASON, "reason", id=identifier, hint=texts.REASON_HINT, max_length=300)
