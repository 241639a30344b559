"""/quan-tri/nhat-ky: what staff did, newest first."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, notice, skeleton
from cchc_app.components.tables import day_filter, sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.audit_log import AuditLogState, EntryView
from cchc_app.texts import admin as texts


def audit_log() -> rx.Component:
    """For auditors and administrators."""
    state, chosen = AuditLogState, AuditLogState.table.filters
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong")),
        card(
            table_search(
                state.table,
                table_filter(texts.LOG_WHO, "ai", texts.LOG_EVERYBODY, state.actors, chosen["ai"]),
                table_filter(texts.LOG_WHAT, "viec", texts.LOG_EVERYTHING, state.actions, chosen["viec"]),
                day_filter(texts.LOG_SINCE, "tu-ngay", chosen["tu-ngay"]),
                day_filter(texts.LOG_UNTIL, "den-ngay", chosen["den-ngay"]),
                label=texts.LOG_SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _entries(), skeleton(4)),
        ),
        title=texts.AUDIT_LOG,
        active="log",
    )


def _entries() -> rx.Component:
    state = AuditLogState
    return rx.fragment(
        rx.cond(
            state.entries,
            sorted_table(
                texts.LOG_CAPTION,
                state.table,
                before=(texts.COLUMN_NUMBER,),
                after=(texts.COLUMN_WHO, texts.COLUMN_WHAT, texts.COLUMN_SUBJECT, texts.COLUMN_CHANGE),
                rows=state.entries,
                row=_entry,
            ),
            rx.el.p(texts.LOG_EMPTY, class_name="soft"),
        ),
        table_foot(state.table, export=texts.LOG_EXPORT),
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
