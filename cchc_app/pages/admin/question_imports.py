"""/quan-tri/cau-hoi/nhap: files of questions taken in."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import card, link, notice, skeleton
from cchc_app.components.questions import bank_tabs, state_pill, upload_form
from cchc_app.components.tables import file_link, sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.question_import_views import ImportRow
from cchc_app.states.admin.question_imports import QuestionImportsState
from cchc_app.texts import admin_question_imports as texts
from cchc_app.texts import desk_lists as list_texts


def question_imports() -> rx.Component:
    """The list, and the way in."""
    state = QuestionImportsState
    return layout.desk(
        bank_tabs("imports", state.may_edit),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(
            state.may_edit,
            card(
                rx.el.p(texts.INTRO, class_name="soft"),
                upload_form("file"),
                rx.el.div(file_link(texts.TEMPLATE, routes.QUESTION_TEMPLATE_FILE), class_name="flex"),
            ),
        ),
        card(rx.cond(state.loaded, _list(), skeleton(4)), heading=texts.LIST_TITLE),
        title=texts.IMPORTS,
        active="questions",
    )


def _list() -> rx.Component:
    state = QuestionImportsState
    states, chosen = state.choices["tinh-trang"], state.table.filters["tinh-trang"]
    return rx.cond(
        state.any,
        rx.fragment(
            table_search(
                state.table,
                table_filter(list_texts.IMPORT_STATE, "tinh-trang", list_texts.IMPORT_ALL, states, chosen),
                label=list_texts.IMPORT_SEARCH,
                on_submit=state.search,
            ),
            rx.cond(
                state.rows,
                sorted_table(texts.CAPTION, state.table, rows=state.rows, row=_row),
                rx.el.p(list_texts.NOTHING_FOUND, class_name="soft"),
            ),
            table_foot(state.table, export=list_texts.EXPORT),
        ),
        rx.el.p(texts.LIST_EMPTY, class_name="soft"),
    )


def _row(row: ImportRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(link(row.name, href=row.href, class_name="row-link"), scope="row"),
        rx.el.td(state_pill(row.state, row.tone)),
        rx.el.td(row.by),
        rx.el.td(row.at, class_name="tabular nowrap"),
        key=row.href,
    )
