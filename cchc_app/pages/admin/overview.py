"""/quan-tri: the staff's first page."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.charts import bar_chart, board_tab, meter, spark
from cchc_app.components.controls import card, copy_button, link, notice, skeleton, tabs
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.overview import OverviewState, UnitLine
from cchc_app.states.admin.overview_view import ConcernView, FigureView
from cchc_app.states.admin.session import StaffState
from cchc_app.texts import admin
from cchc_app.texts import admin_overview as texts
from cchc_app.texts import slogan_desk as slogan_texts


def overview() -> rx.Component:
    """For every member of staff; the contest's figures for those who may read it."""
    state = OverviewState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.may, rx.cond(state.reads, _figures(), _role()), skeleton(3)),
        title=admin.OVERVIEW,
        active="overview",
    )


def _role() -> rx.Component:
    return card(
        rx.el.h2(admin.OVERVIEW_HELLO, ", ", StaffState.display_name),
        rx.el.p(admin.OVERVIEW_MAY, ":"),
        rx.el.ul(rx.foreach(OverviewState.may, rx.el.li), class_name="may"),
        rx.el.p(admin.OVERVIEW_PAGES, class_name="soft"),
    )


def _figures() -> rx.Component:
    live = OverviewState.live
    return rx.fragment(
        rx.el.div(
            rx.el.span(live.window, class_name=rx.cond(live.is_open, "pill dot", "pill plain")),
            rx.el.p(texts.LIVE, " · ", live.at, class_name="fine tabular"),
            class_name="row",
        ),
        rx.cond(live.withheld != "", notice(live.withheld, "gold")),
        rx.el.ul(rx.foreach(live.figures, _figure), aria_label=texts.FIGURES, class_name="figures"),
        rx.el.div(
            rx.el.div(_hours(), _days(), class_name="chart-column"),
            rx.el.div(_concerns(), _slogans(), class_name="chart-column"),
            class_name="chart-pair",
        ),
        _participation(),
    )


def _figure(figure: FigureView) -> rx.Component:
    return rx.el.li(
        rx.el.p(figure.name, class_name="soft"),
        rx.el.p(figure.value, class_name="figure-value tabular"),
        rx.el.ul(rx.foreach(figure.notes, lambda note: rx.el.li(note, class_name="fine tabular"))),
        rx.cond(figure.spark, spark(figure.spark)),
        key=figure.key,
        class_name="card",
    )


def _hours() -> rx.Component:
    live = OverviewState.live
    return card(
        rx.cond(
            live.hours_any,
            bar_chart(texts.HOURS_TITLE, live.hours, columns=(texts.COLUMN_HOUR, texts.COLUMN_PAPERS), every=2),
            rx.el.p(texts.NO_PAPERS_TODAY, class_name="soft"),
        ),
        heading=texts.HOURS_TITLE,
    )


def _days() -> rx.Component:
    live = OverviewState.live
    return card(
        rx.cond(
            live.days,
            bar_chart(texts.DAYS_TITLE, live.days, columns=(texts.COLUMN_DAY, texts.COLUMN_PAPERS)),
            rx.el.p(texts.NO_PAPERS, class_name="soft"),
        ),
        heading=texts.DAYS_TITLE,
    )


def _concerns() -> rx.Component:
    concerns = OverviewState.live.concerns
    return card(
        rx.cond(
            concerns,
            rx.el.ul(rx.foreach(concerns, _concern), class_name="concerns"),
            rx.el.p(texts.CONCERNS_NONE, class_name="soft"),
        ),
        heading=texts.CONCERNS,
    )


def _concern(one: ConcernView) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            one.said, class_name=rx.match(one.urgency, ("now", "pill wrong"), ("soon", "pill gold"), "pill info")
        ),
        rx.el.p(rx.el.b(one.text)),
        rx.cond(one.note != "", rx.el.p(one.note, class_name="fine")),
        rx.cond(one.href != "", link(one.way, href=one.href, class_name="row-link")),
        rx.cond(one.copied != "", copy_button(one.copied, texts.COPY_ZERO)),
        key=one.key,
    )


def _slogans() -> rx.Component:
    live = OverviewState.live
    return card(
        rx.el.p(live.slogans, class_name="figure-value tabular"),
        meter(live.slogans_percent),
        rx.el.p(live.slogans_note, class_name="fine"),
        link(texts.SLOGANS_LINK, href=routes.STAFF_SLOGANS, class_name="row-link"),
        heading=texts.SLOGANS,
    )


def _participation() -> rx.Component:
    state = OverviewState
    return card(
        rx.el.h2(texts.PARTICIPATION),
        rx.cond(
            state.tabs,
            rx.fragment(
                tabs(texts.BOARDS_LABEL, rx.foreach(state.tabs, board_tab)),
                rx.cond((state.withheld != "") & (state.live.withheld == ""), notice(state.withheld, "gold")),
                rx.el.h3(texts.BLOCS_TITLE),
                _blocs(),
            ),
            rx.el.p(texts.NOT_OPEN, class_name="soft"),
        ),
        _search(),
        rx.cond(
            state.lines,
            sorted_table(texts.CAPTION, state.table, rows=state.lines, row=_unit),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
        rx.el.p(texts.NOTES, class_name="fine"),
        id=routes.UNITS_PART,
    )


def _search() -> rx.Component:
    state = OverviewState
    filters = state.table.filters
    return table_search(
        state.table,
        table_filter(slogan_texts.FILTER_BLOC, "khoi", slogan_texts.ALL_BLOCS, state.bloc_choices, filters["khoi"]),
        table_filter(texts.FILTER_ZERO, "co-nguoi", texts.ALL_UNITS, state.zero_choices, filters["co-nguoi"]),
        label=texts.SEARCH,
        on_submit=state.search,
    )


def _blocs() -> rx.Component:
    names = (
        texts.COLUMN_BLOC,
        texts.COLUMN_HEADCOUNT,
        texts.COLUMN_REGISTERED,
        texts.COLUMN_TAKING_PART,
        texts.COLUMN_RATE,
        texts.COLUMN_SCORE,
    )
    heads = [rx.el.th(name, scope="col", class_name="num" if n else "") for n, name in enumerate(names)]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(texts.BLOCS_CAPTION, class_name="sr-only"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(
                rx.foreach(
                    OverviewState.blocs,
                    lambda bloc: rx.el.tr(rx.el.th(bloc.name, scope="row"), *_numbers(bloc), key=bloc.code),
                )
            ),
            class_name="dense",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=texts.BLOCS_CAPTION,
    )


def _unit(line: UnitLine) -> rx.Component:
    return rx.el.tr(
        rx.el.td(line.number, class_name="num tabular"),
        rx.el.th(link(line.name, href=line.href, class_name="row-link"), scope="row"),
        rx.el.td(line.bloc, class_name="soft"),
        *_numbers(line),
        key=line.code,
    )


def _numbers(line: Any) -> list[rx.Component]:
    def number(value: Any) -> rx.Component:
        return rx.el.td(value, class_name="num tabular")

    return [
        number(line.headcount),
        number(line.registered),
        number(line.participants),
        rx.el.td(rx.el.span(meter(line.bar), rx.el.b(line.rate), class_name="rate"), class_name="num tabular"),
        number(line.score),
    ]
