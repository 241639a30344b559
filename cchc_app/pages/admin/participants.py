"""/quan-tri/thi-sinh: everybody who registered."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import card, link, notice, skeleton
from cchc_app.components.slogans import state_pill
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.participants import ParticipantsState, PersonView
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.texts import admin_people as texts

STATE_CHOICES = [ChoiceView(value, name) for value, name in texts.STATE_CHOICES.items()]
IDENTITY_CHOICES = [ChoiceView(value, name) for value, name in texts.IDENTITY_CHOICES.items()]


def participants() -> rx.Component:
    """For organisers and auditors."""
    state, chosen = ParticipantsState, ParticipantsState.table.filters
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        card(
            table_search(
                state.table,
                table_filter(texts.FILTER_UNIT, "don-vi", texts.ALL_UNITS, state.units, chosen["don-vi"]),
                table_filter(texts.FILTER_BLOC, "khoi", texts.ALL_BLOCS, state.blocs, chosen["khoi"]),
                table_filter(texts.FILTER_STATE, "tinh-trang", texts.ALL_STATES, STATE_CHOICES, chosen["tinh-trang"]),
                table_filter(
                    texts.FILTER_IDENTITY, "dinh-danh", texts.ALL_IDENTITIES, IDENTITY_CHOICES, chosen["dinh-danh"]
                ),
                label=texts.SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _list(), skeleton(5)),
        ),
        rx.el.p(link(texts.MERGES, href=routes.MERGES, class_name="more")),
        title=texts.TITLE,
        active="participants",
    )


def _list() -> rx.Component:
    state = ParticipantsState
    return rx.fragment(
        rx.cond(
            state.rows,
            sorted_table(
                texts.CAPTION,
                state.table,
                after=(texts.COLUMN_STATE, texts.COLUMN_IDENTITY, texts.COLUMN_PAPERS),
                rows=state.rows,
                row=_row,
            ),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
    )


def _row(row: PersonView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(row.name, href=row.href, class_name="row-link"),
            rx.el.span(row.masked, class_name="fine block tabular"),
            scope="row",
        ),
        rx.el.td(row.unit, rx.el.span(row.bloc, class_name="fine block")),
        rx.el.td(row.created, class_name="tabular nowrap"),
        rx.el.td(
            rx.el.div(
                rx.foreach(row.states, lambda mark: state_pill(mark.name, mark.tone)), class_name="flex flex-wrap gap-1"
            )
        ),
        rx.el.td(row.identity),
        rx.el.td(row.papers, class_name="num tabular"),
        key=row.key,
    )
