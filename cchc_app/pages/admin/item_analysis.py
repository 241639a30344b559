"""/quan-tri/thong-ke-cau-hoi: how well each question did its work; one of them opened."""

from typing import Any

import reflex as rx

from cchc_app import layout
from cchc_app.components.charts import board_tab, meter
from cchc_app.components.controls import card, empty_state, link, link_button, notice, skeleton, tabs
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.item_analysis import FlagView, ItemAnalysisState, ItemView, OptionView
from cchc_app.texts import admin_items as texts
from cchc_app.texts import admin_overview


def item_analysis() -> rx.Component:
    """For organisers and auditors."""
    state = ItemAnalysisState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.computing != "", _computing()),
        rx.cond(state.withheld != "", notice(state.withheld, "gold")),
        rx.cond(state.chosen.key != "", _panel()),
        rx.cond(
            state.loaded,
            rx.cond(state.any, _table(), rx.cond(state.computing == "", empty_state(texts.NONE_TITLE, texts.NONE))),
            skeleton(5),
        ),
        title=texts.TITLE,
        active="items",
    )


def _computing() -> rx.Component:
    return card(
        rx.el.p(rx.el.b(ItemAnalysisState.computing), class_name="tabular", role="status"),
        rx.el.p(texts.COMPUTING_HINT, class_name="soft"),
    )


def _table() -> rx.Component:
    state = ItemAnalysisState
    filters = state.table.filters
    return card(
        tabs(admin_overview.BOARDS_LABEL, rx.foreach(state.tabs, board_tab)),
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.el.p(state.made_of, class_name="fine tabular"),
        table_search(
            state.table,
            table_filter(texts.FILTER_FLAG, "dau-hieu", texts.ALL_FLAGS, state.flag_choices, filters["dau-hieu"]),
            table_filter(texts.FILTER_TOPIC, "chu-de", texts.ALL_TOPICS, state.topic_choices, filters["chu-de"]),
            label=texts.SEARCH,
            on_submit=state.search,
        ),
        rx.cond(
            state.lines,
            sorted_table(texts.CAPTION, state.table, after=(texts.COLUMN_FLAGS,), rows=state.lines, row=_line),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
    )


def _line(item: ItemView) -> rx.Component:
    def number(value: Any) -> rx.Component:
        return rx.el.td(value, class_name="num tabular nowrap")

    return rx.el.tr(
        rx.el.th(
            link(item.name, href=item.href, class_name="row-link"),
            rx.el.span(item.stem, class_name="fine block stem-line"),
            scope="row",
        ),
        number(item.papers),
        number(item.facility),
        number(item.discrimination),
        number(item.median),
        number(item.exposure),
        rx.el.td(rx.el.div(rx.foreach(item.flags, flag_pill), class_name="flags")),
        key=item.key,
    )


def flag_pill(flag: FlagView) -> rx.Component:
    """A flag in words."""
    return rx.el.span(flag.name, key=flag.name, class_name="pill " + flag.tone.to(str))


def _panel() -> rx.Component:
    state, item = ItemAnalysisState, ItemAnalysisState.chosen
    facts = (
        (texts.PAPERS, item.papers),
        (texts.EXPOSURE, item.exposure),
        (texts.FACILITY, item.facility),
        (texts.DISCRIMINATION, item.discrimination),
        (texts.MEAN_TIME, item.mean),
        (texts.MEDIAN_TIME, item.median),
    )
    return card(
        rx.el.div(
            rx.el.h2(item.name),
            link_button(texts.CLOSE, state.back, kind="quiet", small=True),
            class_name="row",
        ),
        rx.el.p(item.stem),
        rx.el.dl(
            *[
                rx.el.div(rx.el.dt(name, class_name="fine"), rx.el.dd(value, class_name="tabular"))
                for name, value in facts
            ],
            class_name="facts",
        ),
        rx.cond(item.flags, rx.el.ul(rx.foreach(item.flags, _advice), class_name="concerns")),
        _options(),
        key=item.key,
    )


def _advice(flag: FlagView) -> rx.Component:
    return rx.el.li(flag_pill(flag), rx.el.p(flag.advice), key=flag.name)


def _options() -> rx.Component:
    heads = (texts.COLUMN_OPTION, texts.COLUMN_SHARE, texts.COLUMN_OPTION_DISCRIMINATION, texts.COLUMN_FLAGS)
    numbers = (texts.COLUMN_SHARE, texts.COLUMN_OPTION_DISCRIMINATION)
    return rx.el.div(
        rx.el.table(
            rx.el.caption(texts.OPTIONS_CAPTION, class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(*[rx.el.th(name, scope="col", class_name="num" if name in numbers else "") for name in heads])
            ),
            rx.el.tbody(rx.foreach(ItemAnalysisState.chosen.options, _option)),
            class_name="dense",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=texts.OPTIONS_CAPTION,
    )


def _option(option: OptionView) -> rx.Component:
    bar = rx.cond(option.accepted, meter(option.bar, "right"), meter(option.bar))
    return rx.el.tr(
        rx.el.th(
            rx.el.b(option.letter, ". "),
            option.text,
            rx.cond(option.accepted, rx.el.span(texts.ACCEPTED, class_name="pill right option-key")),
            scope="row",
        ),
        rx.el.td(rx.el.span(bar, rx.el.b(option.share), class_name="rate"), class_name="num tabular"),
        rx.el.td(option.discrimination, class_name="num tabular"),
        rx.el.td(rx.el.div(rx.foreach(option.flags, flag_pill), class_name="flags")),
        key=option.letter,
    )
