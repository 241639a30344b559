"""/quan-tri/nhat-ky: what staff did, newest first."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import table
from cchc_app.components.controls import button, card, notice, skeleton, text_field
from cchc_app.states.admin.audit_log import AuditLogState, EntryView
from cchc_app.texts import admin as texts


def audit_log() -> rx.Component:
    """For auditors and administrators."""
    state = AuditLogState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong")),
        card(_search(), rx.cond(state.loaded, rx.fragment(_entries(), _paging()), skeleton(4))),
        title=texts.AUDIT_LOG,
        active="log",
    )


def _search() -> rx.Component:
    return rx.el.form(
        text_field(texts.LOG_SEARCH, "search", hint=texts.LOG_SEARCH_HINT, type="search", max_length=60),
        button(texts.LOG_SEARCH_BUTTON, kind="ghost", small=True, type="submit"),
        on_submit=AuditLogState.search,
        role="search",
        class_name="log-search",
    )


def _entries() -> rx.Component:
    return rx.cond(
        AuditLogState.entries,
        table(
            texts.LOG_CAPTION,
            texts.COLUMN_NUMBER,
            texts.COLUMN_AT,
            texts.COLUMN_WHO,
            texts.COLUMN_WHAT,
            texts.COLUMN_SUBJECT,
            texts.COLUMN_CHANGE,
            rows=AuditLogState.entries,
            row=_entry,
        ),
        rx.el.p(texts.LOG_EMPTY, class_name="soft"),
    )


def _entry(entry: EntryView) -> rx.Component:
    return rx.el.tr(
        rx.el.td(entry.number, class_name="num tabular"),
        rx.el.td(entry.at, class_name="tabular nowrap"),
        rx.el.td(entry.who),
        rx.el.td(entry.what, class_name="nowrap"),
        rx.el.td(entry.subject),
        rx.el.td(entry.change),
        key=entry.number,
    )


def _paging() -> rx.Component:
    return rx.el.div(
        rx.cond(~AuditLogState.newest, button(texts.LOG_NEWEST, kind="quiet", small=True, on_click=AuditLogState.load)),
        rx.cond(AuditLogState.more, button(texts.LOG_OLDER, kind="ghost", small=True, on_click=AuditLogState.older)),
        class_name="row",
    )
