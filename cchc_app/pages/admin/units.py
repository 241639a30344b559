"""/quan-tri/don-vi: every unit with its figures; one of them opened; files sent."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import table
from cchc_app.components.controls import (
    button,
    card,
    link,
    link_button,
    notice,
    options_of,
    select_field,
    skeleton,
    text_field,
)
from cchc_app.components.slogans import deed, state_pill
from cchc_app.components.tables import file_link, sorted_table, table_filter, table_foot, table_search
from cchc_app.components.uploads import file_field, upload_form
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.states.admin.units import JobRow, StaffUnitsState, UnitRow
from cchc_app.texts import admin_units as texts
from cchc_app.texts.register import BLOCS

STATE_CHOICES = [ChoiceView(value, name) for value, name in texts.STATE_CHOICES.items()]


def staff_units() -> rx.Component:
    """For organisers; auditors read."""
    state = StaffUnitsState
    return layout.desk(
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.panel.code != "", _panel()),
        card(
            table_search(
                state.table,
                table_filter(texts.FILTER_BLOC, "khoi", texts.ALL_BLOCS, state.blocs, state.table.filters["khoi"]),
                table_filter(
                    texts.FILTER_STATE, "tham-gia", texts.ALL_STATES, STATE_CHOICES, state.table.filters["tham-gia"]
                ),
                label=texts.SEARCH,
                on_submit=state.search,
            ),
            rx.cond(state.loaded, _list(), skeleton(5)),
        ),
        rx.cond(state.may_run, _files()),
        rx.cond(state.jobs, _jobs()),
        title=texts.TITLE,
        active="units",
    )


def _list() -> rx.Component:
    state = StaffUnitsState
    return rx.fragment(
        rx.cond(
            state.rows,
            sorted_table(texts.CAPTION, state.table, rows=state.rows, row=_row),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table, export=texts.EXPORT),
    )


def _row(row: UnitRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(row.name, href=row.href, class_name="row-link"),
            rx.el.span(row.code, " · ", row.bloc, class_name="fine block"),
            scope="row",
        ),
        rx.el.td(row.headcount, rx.el.span(row.since, class_name="fine block"), class_name="num tabular"),
        rx.el.td(row.registered, class_name="num tabular"),
        rx.el.td(row.week, class_name="num tabular"),
        rx.el.td(row.overall, class_name="num tabular"),
        rx.el.td(
            row.rate,
            rx.el.span(rx.el.span(style={"width": row.width}), class_name="rate-bar", aria_hidden="true"),
            class_name="num tabular",
        ),
        key=row.code,
    )


def _panel() -> rx.Component:
    state, panel = StaffUnitsState, StaffUnitsState.panel
    return card(
        rx.el.div(
            rx.el.h2(panel.name),
            link_button(texts.CLOSE, state.back, kind="quiet", small=True),
            class_name="row",
        ),
        rx.el.p(panel.code, " · ", panel.bloc_name, class_name="soft"),
        rx.el.h3(texts.HEADCOUNTS),
        rx.cond(
            panel.headcounts,
            rx.el.ul(rx.foreach(panel.headcounts, rx.el.li), class_name="lines"),
            rx.el.p(texts.NO_HEADCOUNT, class_name="soft"),
        ),
        rx.el.h3(texts.ROSTER_TITLE),
        rx.el.p(panel.roster, class_name="soft"),
        rx.cond(state.may_run, _deeds(), rx.el.p(texts.ONLY_READING, class_name="soft")),
        key=panel.code,
    )


def _deeds() -> rx.Component:
    state = StaffUnitsState
    return rx.el.div(
        deed(
            _unit(),
            text_field(texts.HEADCOUNT, "headcount", input_mode="numeric", max_length=9),
            text_field(texts.FROM_DAY, "from", hint=texts.FROM_HINT, default_value=state.today, max_length=10),
            text_field(texts.SOURCE, "source", hint=texts.SOURCE_HINT, max_length=200),
            title=texts.HEADCOUNT_TITLE,
            verb=texts.HEADCOUNT_SAVE,
            on_submit=state.set_headcount,
        ),
        deed(*_edit_fields(), title=texts.EDIT_TITLE, verb=texts.SAVE, on_submit=state.save),
        rx.el.details(rx.el.summary(texts.ROSTER_TITLE), _roster(), class_name="deed"),
        key=state.deeds,
        class_name="deeds",
    )


def _edit_fields() -> list[rx.Component]:
    state, panel = StaffUnitsState, StaffUnitsState.panel
    seen = [("seen_name", panel.name), ("seen_bloc", panel.bloc), ("seen_aliases", panel.aliases)]
    stored = rx.el.p(
        rx.el.b(texts.NOW_STORED, ": "), panel.name, " · ", panel.bloc_name, " · ", panel.aliases, class_name="soft"
    )
    return [
        _unit(),
        *[rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in seen],
        rx.cond(state.stale, stored),
        text_field(texts.NAME, "name", id="unit-name", default_value=panel.name, max_length=200),
        select_field(texts.BLOC, "bloc", options_of(BLOCS), value=panel.bloc, id="unit-bloc"),
        text_field(
            texts.ALIASES,
            "aliases",
            id="unit-aliases",
            hint=texts.ALIASES_HINT,
            default_value=panel.aliases,
            max_length=400,
        ),
    ]


def _unit() -> rx.Component:
    return rx.el.input(type="hidden", name="unit", value=StaffUnitsState.panel.code, read_only=True)


def _roster() -> rx.Component:
    return upload_form(
        rx.el.p(texts.ROSTER_TEXT, class_name="soft"),
        _unit(),
        file_field(texts.ROSTER_FILE, "roster-file"),
        _box("trial", texts.ROSTER_TRIAL, checked=True),
        _box("zeros", texts.ROSTER_ZEROS),
        verb=texts.ROSTER_SEND,
        action=routes.ROSTER_UPLOAD,
    )


def _box(name: str, label: str, *, checked: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, default_checked=checked), rx.el.span(label), class_name="check"
    )


def _files() -> rx.Component:
    state = StaffUnitsState
    kinds = {kind: texts.KINDS[kind] for kind in texts.UPLOADED_KINDS}
    return rx.el.div(
        card(
            rx.el.p(texts.IMPORT_TEXT, class_name="soft"),
            rx.el.div(
                *[file_link(name, routes.unit_template(kind)) for kind, name in texts.TEMPLATES.items()],
                class_name="flex flex-wrap gap-2",
            ),
            upload_form(
                select_field(texts.KIND, "kind", options_of(kinds), value=texts.UPLOADED_KINDS[0]),
                file_field(texts.FILE, "units-file"),
                verb=texts.SEND,
                action=routes.UNIT_UPLOAD,
            ),
            heading=texts.IMPORT_TITLE,
        ),
        card(
            rx.el.form(
                text_field(texts.CODE, "code", hint=texts.CODE_HINT, max_length=20),
                text_field(texts.NAME, "name", id="new-name", max_length=200),
                select_field(texts.BLOC, "bloc", options_of(BLOCS, first=texts.CHOOSE_BLOC)),
                text_field(texts.ALIASES, "aliases", id="new-aliases", hint=texts.ALIASES_HINT, max_length=400),
                button(texts.ADD, kind="ghost", type="submit"),
                on_submit=state.add,
                key=state.deeds,
                no_validate=True,
                class_name="step-form",
            ),
            heading=texts.ADD_TITLE,
        ),
        class_name="desk-pair",
    )


def _jobs() -> rx.Component:
    return card(
        table(
            texts.JOBS,
            texts.COLUMN_KIND,
            texts.COLUMN_FILE,
            texts.COLUMN_STATE,
            texts.COLUMN_BY,
            rows=StaffUnitsState.jobs,
            row=_job,
        ),
        heading=texts.JOBS,
    )


def _job(job: JobRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(link(job.kind, href=job.href, class_name="row-link"), scope="row"),
        rx.el.td(job.file),
        rx.el.td(state_pill(job.state, job.tone), rx.el.span(job.summary, class_name="fine block")),
        rx.el.td(job.by, class_name="tabular"),
        key=job.number,
    )
