"""/quan-tri/bai-thi: every counted paper; /quan-tri/bai-thi/<receipt>: what happened to one."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import table
from cchc_app.components.controls import card, link, link_button, notice, skeleton
from cchc_app.components.people import facts
from cchc_app.components.slogans import state_pill
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search
from cchc_app.states.admin.papers import PaperLineView, StaffPapersState, StaffPaperState, TimelineRow
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.texts import admin_papers as texts

STATE_CHOICES = [ChoiceView(value, name) for value, name in texts.STATE_CHOICES.items()]


def staff_papers() -> rx.Component:
    """For organisers and auditors."""
    state, chosen = StaffPapersState, StaffPapersState.table.filters
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        card(
            table_search(
                state.table,
                table_filter(texts.FILTER_WEEK, "tuan", texts.ALL_WEEKS, state.weeks, chosen["tuan"]),
                table_filter(texts.FILTER_STATE, "tinh-trang", texts.ALL_STATES, STATE_CHOICES, chosen["tinh-trang"]),
                table_filter(texts.FILTER_UNIT, "don-vi", texts.ALL_UNITS, state.units, chosen["don-vi"]),
                table_filter(texts.FILTER_BLOC, "khoi", texts.ALL_BLOCS, state.blocs, chosen["khoi"]),
                label=texts.SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _list(), skeleton(5)),
        ),
        title=texts.TITLE,
        active="papers",
    )


def _list() -> rx.Component:
    state = StaffPapersState
    return rx.fragment(
        rx.cond(
            state.rows,
            sorted_table(
                texts.CAPTION,
                state.table,
                before=(texts.COLUMN_RECEIPT, texts.COLUMN_WHO, texts.COLUMN_WEEK, texts.COLUMN_STATE),
                rows=state.rows,
                row=_row,
            ),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
    )


def _row(row: PaperLineView) -> rx.Component:
    return rx.el.tr(
        rx.el.th(link(row.receipt, href=row.href, class_name="row-link nowrap"), scope="row"),
        rx.el.td(
            link(row.name, href=row.person_href, class_name="row-link"),
            rx.el.span(row.masked, " · ", row.unit, class_name="fine block"),
        ),
        rx.el.td(row.week, class_name="nowrap"),
        rx.el.td(state_pill(row.state.name, row.state.tone)),
        rx.el.td(row.started, class_name="tabular nowrap"),
        rx.el.td(row.score, class_name="num tabular"),
        rx.el.td(row.time, class_name="num tabular"),
        key=row.receipt,
    )


def staff_paper() -> rx.Component:
    """For organisers and auditors; nobody changes anything here."""
    state = StaffPaperState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.loaded, rx.cond(state.lines, _paper()), skeleton(6)),
        rx.el.div(link_button(texts.BACK, routes.STAFF_PAPERS, kind="quiet", small=True), class_name="flex"),
        title=texts.PAGE_TITLE,
        active="papers",
    )


def _paper() -> rx.Component:
    state, details, line = StaffPaperState, StaffPaperState.paper_details, StaffPaperState.paper_details.line
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.h2(rx.el.code(line.receipt)), state_pill(line.state.name, line.state.tone), class_name="row"
            ),
            facts(
                (texts.PERSON, link(line.name, href=line.person_href, class_name="row-link")),
                (texts.UNIT, line.unit),
                (texts.WEEK, line.week),
                (texts.SCORE, rx.cond(line.score != "", line.score, details.answered)),
                (texts.TIME, line.time),
                (texts.DEADLINE, details.deadline),
                (texts.MODE, details.mode),
                (texts.RULES, details.version),
            ),
            rx.cond(details.prediction != "", rx.el.p(texts.PREDICTION, ": ", details.prediction)),
        ),
        card(
            rx.el.p(texts.READ_ONLY, class_name="soft"),
            table(
                texts.TIMELINE_CAPTION,
                texts.COLUMN_AT,
                texts.COLUMN_GAP,
                texts.COLUMN_WHAT,
                texts.COLUMN_DETAIL,
                numbers=(texts.COLUMN_GAP,),
                rows=state.lines,
                row=_line,
            ),
            heading=texts.TIMELINE,
        ),
    )


def _line(line: TimelineRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(line.at, class_name="tabular nowrap"),
        rx.el.td(line.gap, class_name="num tabular nowrap"),
        rx.el.th(line.what, scope="row", class_name="step-name"),
        rx.el.td(
            rx.cond(
                line.question != "",
                rx.fragment(
                    rx.el.span(line.place, ". ", line.question, class_name="block"),
                    rx.el.span(line.option, " ", state_pill(line.mark.name, line.mark.tone), class_name="soft block"),
                ),
                rx.el.span(line.place, class_name="soft"),
            ),
            class_name="roomy",
        ),
        key=line.key,
    )
