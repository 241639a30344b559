"""/quan-tri/gop-tai-khoan: accounts that look like one person's."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import fresh_code
from cchc_app.components.controls import button, card, notice, skeleton, text_field
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.merges import MergesState, PairView
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import merges as texts


def merge_offers() -> rx.Component:
    """For organisers; auditors read."""
    state = MergesState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.chosen.kept != 0, _panel()),
        rx.cond(state.loaded, _list(), skeleton(4)),
        title=texts.TITLE,
        active="merges",
    )


def _list() -> rx.Component:
    state = MergesState
    return card(
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.cond(~state.may_act, notice(texts.READ_ONLY, "gold")),
        rx.cond(state.any, _table(), rx.el.p(texts.EMPTY, class_name="soft")),
    )


def _table() -> rx.Component:
    state, chosen = MergesState, MergesState.table.filters
    return rx.fragment(
        table_search(
            state.table,
            table_filter(
                list_texts.PAIR_UNIT, "don-vi", list_texts.PAIR_ALL, state.choices["don-vi"], chosen["don-vi"]
            ),
            label=list_texts.PAIR_SEARCH,
            on_submit=state.search,
        ),
        rx.cond(
            state.pairs,
            sorted_table(
                texts.CAPTION,
                state.table,
                after=(texts.COLUMN_CARD, texts.COLUMN_OLD, texts.COLUMN_ACTION),
                rows=state.pairs,
                row=_row,
            ),
            rx.el.p(list_texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=list_texts.EXPORT),
    )


def _row(pair: PairView) -> rx.Component:
    look = button(
        rx.fragment(texts.LOOK, rx.el.span(" ", pair.name, class_name="sr-only")),
        kind="quiet",
        small=True,
        on_click=MergesState.choose(pair.kept, pair.merged),
    )
    return rx.el.tr(
        rx.el.th(pair.name, scope="row"),
        rx.el.td(pair.card),
        rx.el.td(pair.old),
        rx.el.td(rx.cond(MergesState.may_act, look)),
        key=f"{pair.kept}-{pair.merged}",
    )


def _panel() -> rx.Component:
    chosen = MergesState.chosen
    return card(
        rx.el.h2(texts.MERGE_OF, " ", chosen.name),
        rx.el.p(texts.COLUMN_CARD, ": ", rx.el.b(chosen.card)),
        rx.el.p(texts.COLUMN_OLD, ": ", rx.el.b(chosen.old)),
        rx.el.p(texts.MERGE_TEXT, class_name="soft"),
        rx.el.form(
            rx.el.input(type="hidden", name="kept", value=chosen.kept.to(str), read_only=True),
            rx.el.input(type="hidden", name="merged", value=chosen.merged.to(str), read_only=True),
            text_field(texts.REASON, "reason", hint=texts.REASON_HINT, max_length=300),
            fresh_code("code-merge"),
            button(texts.MERGE, type="submit"),
            on_submit=MergesState.merge,
            no_validate=True,
            class_name="step-form",
        ),
        button(texts.CLOSE, kind="quiet", small=True, on_click=MergesState.choose(0, 0)),
        key=f"{chosen.kept}-{chosen.merged}",
    )
