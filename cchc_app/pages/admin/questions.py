"""/quan-tri/cau-hoi: the question bank as a table, and what is done to many questions at once."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import (
    button,
    card,
    empty_state,
    link,
    link_button,
    notice,
    options_of,
    select_field,
    skeleton,
    text_field,
)
from cchc_app.components.questions import bank_tabs, state_pill, topic_list
from cchc_app.components.tables import file_link, sorted_table, table_filter, table_foot, table_search, tick_cell
from cchc_app.states.admin.questions import ALL, DEED, TOPIC, FileView, QuestionBankState, QuestionRow
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.texts import admin_questions as texts

TOPICS = "cac-chu-de"


def staff_questions() -> rx.Component:
    """For editors; organisers and auditors read."""
    state = QuestionBankState
    return layout.desk(
        bank_tabs("bank", state.may_edit),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.left, _left()),
        rx.cond(
            state.empty,
            empty_state(
                texts.EMPTY_TITLE,
                texts.EMPTY,
                rx.cond(state.may_edit, link_button(texts.TAB_IMPORTS, routes.QUESTION_IMPORTS, small=True)),
                drawing="file",
            ),
            card(_search(), rx.cond(state.loaded, _list(), skeleton(5))),
        ),
        title=texts.QUESTIONS,
        active="questions",
    )


def _left() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(QuestionBankState.left, rx.el.li), class_name="lines"),
        heading=texts.LEFT_AS_IT_IS,
        role="status",
    )


def _search() -> rx.Component:
    state, chosen = QuestionBankState, QuestionBankState.table.filters
    return table_search(
        state.table,
        table_filter(texts.FILTER_STATE, "trang-thai", texts.ALL_STATES, state.states, chosen["trang-thai"]),
        table_filter(texts.FILTER_TOPIC, "chu-de", texts.ALL_TOPICS, state.topics, chosen["chu-de"]),
        table_filter(texts.FILTER_DIFFICULTY, "do-kho", texts.ALL_DIFFICULTIES, _DIFFICULTIES, chosen["do-kho"]),
        table_filter(texts.FILTER_POOL, "nhom", texts.ALL_POOLS, _POOLS, chosen["nhom"]),
        table_filter(texts.FILTER_VALIDITY, "hieu-luc", texts.ALL_VALIDITIES, _VALIDITIES, chosen["hieu-luc"]),
        label=texts.SEARCH,
        on_submit=state.search,
    )


def _choices(words: dict) -> rx.Var[list[ChoiceView]]:
    return rx.Var.create([ChoiceView(str(value), name) for value, name in words.items()]).to(list[ChoiceView])


_DIFFICULTIES = _choices(texts.DIFFICULTIES)
_POOLS = _choices(texts.POOLS)
_VALIDITIES = _choices(texts.VALIDITIES)


def _list() -> rx.Component:
    state = QuestionBankState
    return rx.el.form(
        rx.cond(
            state.rows,
            rx.cond(state.may_edit, _table(texts.COLUMN_CHOOSE), _table()),
            rx.el.p(texts.NOTHING_FOUND, class_name="soft"),
        ),
        table_foot(state.table),
        rx.el.div(
            rx.foreach(state.files, _file),
            role="group",
            aria_label=texts.EXPORT_LABEL,
            class_name="flex flex-wrap gap-2",
        ),
        rx.cond(
            state.may_edit & state.rows.length() > 0, _deeds(), rx.cond(state.may_edit, rx.fragment(), _only_reading())
        ),
        on_submit=state.prepare,
        no_validate=True,
        key=state.table.key + state.form_key.to(str),
        class_name="code-form",
    )


def _table(*before: str) -> rx.Component:
    state = QuestionBankState
    return sorted_table(texts.CAPTION, state.table, before=before, rows=state.rows, row=_row)


def _only_reading() -> rx.Component:
    return rx.el.p(texts.ONLY_READING, class_name="soft")


def _file(one: FileView) -> rx.Component:
    return rx.fragment(file_link(one.name, one.href), key=one.href)


def _row(row: QuestionRow) -> rx.Component:
    return rx.el.tr(
        rx.cond(
            QuestionBankState.may_edit,
            tick_cell(row.box, row.choose),
        ),
        rx.el.th(
            link(row.code, href=row.href, class_name="row-link"),
            rx.el.span(row.stem, class_name="block row-text row-stem"),
            scope="row",
        ),
        rx.el.td(row.topic, rx.el.span(row.pool, class_name="fine block")),
        rx.el.td(row.difficulty, class_name="num tabular"),
        rx.el.td(
            state_pill(row.state, row.tone), rx.cond(row.aside != "", rx.el.span(row.aside, class_name="fine block"))
        ),
        rx.el.td(row.changed, rx.el.span(row.by, class_name="fine block"), class_name="tabular"),
        key=row.code,
    )


def _deeds() -> rx.Component:
    state = QuestionBankState
    return rx.el.div(
        rx.cond(
            state.choose_all != "",
            rx.el.label(
                rx.el.input(type="checkbox", name=ALL), rx.el.span(state.choose_all), class_name="check choose-all"
            ),
        ),
        rx.el.div(
            select_field(texts.DEED, DEED, options_of(texts.DEEDS, first=texts.CHOOSE_DEED)),
            text_field(texts.NEW_TOPIC, TOPIC, hint=texts.NEW_TOPIC_HINT, max_length=200, list=TOPICS),
            topic_list(TOPICS, state.topic_names),
            button(texts.PREPARE, kind="ghost", small=True, type="submit"),
            class_name="deed-row",
        ),
        rx.cond(state.confirm_text != "", _confirm()),
        class_name="action-bar",
    )


def _confirm() -> rx.Component:
    state = QuestionBankState
    return rx.el.div(
        rx.el.p(rx.el.b(state.confirm_text)),
        rx.el.div(
            button(texts.CONFIRM_TITLE, small=True, on_click=state.confirm, auto_focus=True),
            button(texts.CANCEL, kind="quiet", small=True, on_click=state.cancel),
            class_name="flex flex-wrap gap-2",
        ),
        role="group",
        aria_label=texts.CONFIRM_TITLE,
        class_name="notice gold confirm",
    )
