"""/quan-tri/ket-qua: a board computed from the raw answers and closed; its versions, places or units."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.admin import fresh_code, table
from cchc_app.components.controls import (
    button,
    card,
    check_field,
    copy_button,
    link_button,
    notice,
    pill,
    skeleton,
    tab,
    tabs,
    text_field,
)
from cchc_app.components.tables import sorted_table, table_filter, table_foot, table_search, table_views
from cchc_app.states.admin.official_results import OfficialResultsState
from cchc_app.states.admin.result_words import DifferenceView, PlaceRow, UnitRow, VersionView
from cchc_app.texts import admin_results as texts


def official_results() -> rx.Component:
    """For organisers and auditors."""
    state = OfficialResultsState
    return layout.desk(
        tabs(
            texts.BOARDS_LABEL,
            rx.foreach(state.boards, lambda board: tab(board.name, current=board.current, href=board.href)),
        ),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(
            state.loaded,
            rx.fragment(
                rx.el.div(_closing(), _versions(), class_name="desk-pair"),
                rx.cond(state.versions, _tables()),
            ),
            skeleton(5),
        ),
        title=texts.TITLE,
        active="results",
    )


def _closing() -> rx.Component:
    state = OfficialResultsState
    return card(
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.el.p(rx.el.b(state.board_name), " · ", state.ends, class_name="tabular"),
        rx.cond(
            state.obstacle != "",
            notice(state.obstacle, "gold", code=state.obstacle_code),
            rx.cond(state.running, _progress(), rx.cond(state.found.said != "", _checked(), _start())),
        ),
        heading=texts.CLOSE_TITLE,
    )


def _start() -> rx.Component:
    return rx.fragment(
        rx.el.p(texts.NOTHING_CHECKED, class_name="soft"),
        button(texts.CHECK, on_click=OfficialResultsState.check),
    )


def _progress() -> rx.Component:
    state = OfficialResultsState
    return rx.el.div(
        rx.el.progress(value=state.percent, max="100", aria_label=texts.CHECKING, class_name="progress"),
        rx.el.p(state.progress, class_name="tabular", role="status"),
        rx.el.p(texts.CHECKING_LEAVE, class_name="fine"),
        class_name="step-form",
    )


def _checked() -> rx.Component:
    state = OfficialResultsState
    return rx.fragment(
        rx.el.h3(texts.CHECKED_TITLE),
        rx.el.p(state.found.said),
        rx.el.p(state.found.live, class_name="soft"),
        rx.el.p(texts.DIGEST, " ", rx.el.code(state.found.digest, class_name="digest"), class_name="fine"),
        rx.cond(
            state.found.differences != "",
            rx.fragment(notice(state.found.differences, "wrong"), _differences()),
            notice(texts.NO_DIFFERENCES, "right"),
        ),
        rx.cond(state.found.same, notice(texts.SAME), rx.cond(state.may_run, _form())),
        rx.cond(~state.may_run, rx.el.p(texts.ONLY_READING, class_name="soft")),
        button(texts.CHECK_AGAIN, kind="quiet", small=True, on_click=state.check),
    )


def _differences() -> rx.Component:
    return table(
        texts.DIFFERENCES_CAPTION,
        texts.COLUMN_KIND,
        texts.COLUMN_SUBJECT,
        texts.COLUMN_STORED,
        texts.COLUMN_COMPUTED,
        numbers=(texts.COLUMN_STORED, texts.COLUMN_COMPUTED),
        rows=OfficialResultsState.found.lines,
        row=_difference,
    )


def _difference(one: DifferenceView) -> rx.Component:
    return rx.el.tr(
        rx.el.td(one.kind),
        rx.el.td(rx.el.code(one.subject)),
        rx.el.td(one.stored, class_name="num tabular"),
        rx.el.td(one.computed, class_name="num tabular"),
    )


def _form() -> rx.Component:
    state = OfficialResultsState
    return rx.el.form(
        rx.cond(state.found.differences != "", check_field(texts.ACKNOWLEDGE, "seen")),
        rx.cond(state.found.corrects, text_field(texts.REASON, "reason", hint=texts.REASON_HINT, max_length=300)),
        fresh_code("code-close"),
        button(rx.cond(state.found.corrects, texts.CORRECT, texts.CLOSE), type="submit"),
        on_submit=state.close,
        no_validate=True,
        class_name="step-form",
    )


def _versions() -> rx.Component:
    state = OfficialResultsState
    return card(
        rx.cond(
            state.versions,
            rx.el.ul(rx.foreach(state.versions, _version), class_name="lines"),
            rx.el.p(texts.VERSIONS_NONE, class_name="soft"),
        ),
        heading=texts.VERSIONS,
    )


def _version(one: VersionView) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.said),
        rx.el.span(one.reason, class_name="soft"),
        rx.el.span(texts.DIGEST, " ", rx.el.code(one.digest, class_name="digest"), class_name="fine"),
        rx.el.div(
            rx.cond(
                one.shown,
                pill(texts.SHOWN_VERSION, "info"),
                link_button(texts.SEE_VERSION, one.href, kind="quiet", small=True),
            ),
            copy_button(one.digest),
            class_name="flex flex-wrap items-center gap-2",
        ),
        key=one.version,
    )


def _tables() -> rx.Component:
    state = OfficialResultsState
    return table_views(texts.VIEWS_LABEL, state.views, rx.cond(state.of_units, _units(), _places()))


def _search(label: str) -> rx.Component:
    state = OfficialResultsState
    blocs = table_filter(texts.FILTER_BLOC, "khoi", texts.ALL_BLOCS, state.choices["khoi"], state.table.filters["khoi"])
    return table_search(state.table, blocs, label=label, on_submit=state.search)


def _places() -> rx.Component:
    state = OfficialResultsState
    return card(
        _search(texts.SEARCH),
        rx.cond(
            state.rows,
            sorted_table(
                texts.PLACES_CAPTION,
                state.table,
                after=(texts.COLUMN_POINTS, texts.COLUMN_RIGHT, texts.COLUMN_TIME, texts.COLUMN_FINISHED),
                rows=state.rows,
                row=_place,
            ),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
        heading=texts.PLACES,
    )


def _place(row: PlaceRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.place, class_name="num tabular"),
        rx.el.th(row.name, rx.el.span(row.masked, class_name="fine block tabular"), scope="row", class_name="nowrap"),
        rx.el.td(row.unit, class_name="roomy"),
        rx.el.td(rx.el.b(row.points), class_name="tabular"),
        rx.el.td(row.right, class_name="tabular"),
        rx.el.td(row.time, class_name="tabular"),
        rx.el.td(row.finished, class_name="tabular nowrap"),
        key=row.place,
    )


def _units() -> rx.Component:
    state = OfficialResultsState
    return card(
        rx.el.p(state.units_said, class_name="soft"),
        _search(texts.SEARCH_UNITS),
        rx.cond(
            state.units,
            sorted_table(texts.UNITS_CAPTION, state.table, rows=state.units, row=_unit),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
        heading=texts.UNITS,
    )


def _unit(row: UnitRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.rank, class_name="num tabular"),
        rx.el.th(
            row.name,
            rx.el.span(row.bloc, class_name="fine block"),
            rx.cond(row.note != "", rx.el.span(row.note, class_name="fine block")),
            scope="row",
            class_name="roomy",
        ),
        *[
            rx.el.td(value, class_name="num tabular")
            for value in (row.bloc_rank, rx.el.b(row.result), row.headcount, row.participants, row.rate, row.score)
        ],
        key=row.name,
    )
