"""/quan-tri/don-vi/nhap/<number>: what a file would change, to be written whole or dropped."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import table
from cchc_app.components.controls import button, card, link_button, notice, skeleton
from cchc_app.components.slogans import state_pill
from cchc_app.states.admin.unit_imports import ChangeRow, ProblemRow, UnitImportState
from cchc_app.texts import admin_units as texts


def unit_import() -> rx.Component:
    """For organisers; auditors read."""
    state = UnitImportState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.loaded, rx.cond(state.job.number != 0, _job()), skeleton(4)),
        rx.el.div(link_button(texts.BACK, routes.STAFF_UNITS, kind="quiet", small=True), class_name="flex"),
        title=texts.JOB_TITLE,
        active="units",
    )


def _job() -> rx.Component:
    state = UnitImportState
    return rx.fragment(
        card(
            rx.el.div(rx.el.h2(state.job.file), state_pill(state.job.state, state.job.tone), class_name="row"),
            rx.el.p(state.job.kind, " · ", state.job.by, class_name="soft"),
            rx.el.p(state.job.summary),
            rx.cond(state.waiting & state.may_run, _confirm()),
        ),
        rx.cond(state.problems, _problems()),
        rx.cond(state.problems | (state.job.number == 0), rx.fragment(), _changes()),
    )


def _confirm() -> rx.Component:
    state = UnitImportState
    return rx.fragment(
        rx.el.p(texts.CONFIRM_TEXT, class_name="soft"),
        rx.el.div(
            button(texts.CONFIRM, small=True, on_click=state.confirm),
            button(texts.DROP, kind="quiet", small=True, on_click=state.drop),
            class_name="flex flex-wrap gap-2",
        ),
    )


def _problems() -> rx.Component:
    state = UnitImportState
    return card(
        rx.el.p(texts.PROBLEMS_TEXT, class_name="soft"),
        table(
            texts.PROBLEMS_CAPTION,
            texts.COLUMN_ROW,
            texts.COLUMN_COLUMN,
            texts.COLUMN_PROBLEM,
            rows=state.problems,
            row=_problem,
        ),
        rx.cond(state.more, rx.el.p(texts.MORE_LEFT, class_name="soft")),
        heading=texts.PROBLEMS,
    )


def _problem(problem: ProblemRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(problem.row, scope="row", class_name="tabular nowrap"),
        rx.el.td(problem.column),
        rx.el.td(problem.what),
        key=problem.key,
    )


def _changes() -> rx.Component:
    state = UnitImportState
    return rx.cond(
        state.changes,
        card(
            table(
                texts.CHANGES_CAPTION,
                texts.COLUMN_ROW,
                texts.COLUMN_CHANGE,
                texts.CODE,
                texts.COLUMN_BEFORE,
                texts.COLUMN_AFTER,
                rows=state.changes,
                row=_change,
            ),
            rx.cond(state.more, rx.el.p(texts.MORE_LEFT, class_name="soft")),
            heading=texts.CHANGES,
        ),
        rx.cond(state.waiting, card(rx.el.p(texts.NO_CHANGES, class_name="soft"))),
    )


def _change(change: ChangeRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(change.row, scope="row", class_name="tabular nowrap"),
        rx.el.td(change.what),
        rx.el.td(change.code, class_name="tabular"),
        rx.el.td(change.before),
        rx.el.td(change.after),
        key=change.row,
    )
