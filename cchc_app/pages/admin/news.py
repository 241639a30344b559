"""/quan-tri/tin-tuc: the list of news and the editor of one."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.contest_desk import markdown_field, newer
from cchc_app.components.controls import (
    button,
    card,
    check_field,
    empty_state,
    link,
    link_button,
    notice,
    pill,
    skeleton,
    text_field,
)
from cchc_app.components.people import folded
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.news import NewsDeskState, NewsEditorState, NewsRow
from cchc_app.texts import admin_contest
from cchc_app.texts import admin_news as texts
from cchc_app.texts import desk_lists as list_texts

LABELS = {"title": texts.TITLE, "body": texts.BODY, "starts_at": texts.STARTS_AT, "ends_at": texts.ENDS_AT}


def news_desk() -> rx.Component:
    """For organisers and auditors."""
    state = NewsDeskState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "gold")),
        rx.cond(
            state.may_edit,
            rx.el.div(link_button(texts.NEW, routes.news_editor(0), small=True), class_name="flex"),
        ),
        rx.cond(
            state.loaded,
            rx.cond(state.any, _list(), empty_state(texts.NEWS, texts.EMPTY)),
            rx.cond(state.notice == "", skeleton(3)),
        ),
        title=texts.NEWS,
        active="news",
    )


def _list() -> rx.Component:
    state = NewsDeskState
    return card(
        table_search(
            state.table,
            table_filter(
                list_texts.NEWS_STATE,
                "tinh-trang",
                list_texts.NEWS_ALL,
                state.choices["tinh-trang"],
                state.table.filters["tinh-trang"],
            ),
            label=list_texts.NEWS_SEARCH,
            on_submit=state.search,
        ),
        rx.cond(
            state.rows,
            sorted_table(texts.CAPTION, state.table, after=(texts.COLUMN_BY,), rows=state.rows, row=_row),
            rx.el.p(list_texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=list_texts.EXPORT),
    )


def _row(row: NewsRow) -> rx.Component:
    tones = [(tone, pill(row.state, tone)) for tone in dict.fromkeys(texts.TONES.values())]
    return rx.el.tr(
        rx.el.th(link(row.title, href=row.href), scope="row"),
        rx.el.td(
            rx.match(row.tone, *tones, pill(row.state, "plain")),
            rx.cond(row.pinned, rx.fragment(" ", pill(texts.PINNED, "gold"))),
        ),
        rx.el.td(row.starts, class_name="tabular nowrap"),
        rx.el.td(row.by),
        key=row.number,
    )


def news_editor() -> rx.Component:
    """For organisers; auditors read."""
    state = NewsEditorState
    return layout.desk(
        rx.el.div(link_button(texts.BACK_TO_LIST, routes.NEWS_DESK, kind="quiet", small=True), class_name="flex"),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.newer.length() > 0, _newer()),
        rx.cond(state.loaded, card(_form(), rx.cond(state.may_edit & (state.number > 0), _removal()))),
        title=texts.EDIT_TITLE,
        active="news",
    )


def _newer() -> rx.Component:
    shown = rx.foreach(
        NewsEditorState.newer,
        lambda pair: rx.el.div(rx.el.dt(_label(pair[0])), rx.el.dd(pair[1], class_name="as-typed")),
    )
    return newer(texts.NEWER_TITLE, texts.NEWER_TEXT, rx.el.dl(shown, class_name="changes"))


def _label(name: Any) -> Any:
    return rx.match(name, *LABELS.items(), name)


def _form() -> rx.Component:
    state = NewsEditorState
    values, errors = state.values, state.errors
    return rx.el.form(
        rx.el.input(type="hidden", name="number", value=state.number.to_string(), read_only=True),
        rx.el.input(type="hidden", name="revision", value=state.revision.to_string(), read_only=True),
        text_field(texts.TITLE, "title", error=errors["title"], default_value=values["title"], max_length=160),
        markdown_field(
            texts.BODY,
            "body",
            value=values["body"],
            preview=state.preview_html,
            on_blur=state.preview,
            error=errors["body"],
        ),
        rx.el.div(
            text_field(
                texts.STARTS_AT,
                "starts_at",
                hint=texts.STARTS_HINT,
                error=errors["starts_at"],
                default_value=values["starts_at"],
            ),
            text_field(
                texts.ENDS_AT,
                "ends_at",
                hint=texts.ENDS_HINT,
                error=errors["ends_at"],
                default_value=values["ends_at"],
            ),
            class_name="desk-pair",
        ),
        check_field(texts.PIN, "pinned", default_checked=state.pinned),
        rx.cond(
            state.may_edit,
            rx.el.div(button(texts.SAVE, type="submit", small=True), class_name="sticky-actions"),
            rx.el.p(admin_contest.READ_ONLY, class_name="soft"),
        ),
        on_submit=state.save,
        no_validate=True,
        class_name="step-form",
        key="news-" + state.form_key.to_string(),
    )


def _removal() -> rx.Component:
    return folded(
        texts.REMOVE,
        rx.el.p(texts.REMOVE_SURE, class_name="soft"),
        button(texts.REMOVE_CONFIRM, kind="ghost", small=True, on_click=NewsEditorState.remove),
    )
