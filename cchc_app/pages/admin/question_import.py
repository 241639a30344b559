"""/quan-tri/cau-hoi/nhap/…: one file of questions, from upload to decision."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.admin import table
from cchc_app.components.controls import (
    button,
    card,
    link_button,
    notice,
    options_of,
    select_field,
    skeleton,
    tab,
    tabs,
    text_field,
)
from cchc_app.components.questions import bank_tabs, state_pill, topic_list
from cchc_app.states.admin.question_import_views import LineView, OfferView, TabView
from cchc_app.states.admin.question_imports import QuestionImportState
from cchc_app.texts import admin_question_imports as texts
from cchc_app.texts import admin_questions

TOPICS = "cac-chu-de"


def question_import() -> rx.Component:
    """One import."""
    state = QuestionImportState
    return layout.desk(
        bank_tabs("imports", state.may_edit),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.loaded & (state.row.href != ""), _import(), rx.cond(state.loaded, _back(), skeleton(5))),
        title=texts.IMPORTS,
        active="questions",
    )


def _back() -> rx.Component:
    return card(link_button(texts.BACK, routes.QUESTION_IMPORTS, kind="ghost", small=True))


def _import() -> rx.Component:
    state = QuestionImportState
    return rx.fragment(
        card(
            rx.el.div(rx.el.h2(state.row.name), state_pill(state.row.state, state.row.tone), class_name="row"),
            rx.el.p(state.row.by, ", ", state.row.at, class_name="fine"),
            rx.match(
                state.state,
                ("reading", _reading()),
                ("done", _done()),
                ("dropped", rx.el.p(texts.DROPPED_TEXT)),
                _facts(),
            ),
            link_button(texts.BACK, routes.QUESTION_IMPORTS, kind="quiet", small=True),
        ),
        rx.cond(
            (state.state == "ready") | (state.state == "refused"),
            rx.fragment(rx.cond(state.offers, _offers()), _parts(), rx.cond(state.may_edit, _decision())),
        ),
    )


def _reading() -> rx.Component:
    state = QuestionImportState
    return rx.cond(
        state.interrupted,
        rx.fragment(notice(texts.INTERRUPTED_TEXT, "wrong"), rx.cond(state.may_edit, _drop())),
        rx.el.div(
            rx.el.p(texts.READING, class_name="soft"),
            rx.el.progress(value=state.permille.to(str), max="1000", aria_label=texts.STATES["reading"]),
            rx.el.p(state.progress, role="status", class_name="tabular"),
            # Pressed every second by assets/app.js: the server may have been restarted since the page was loaded.
            rx.el.button(type="button", hidden=True, on_click=state.refresh, data_poll="1"),
            class_name="reading-file",
        ),
    )


def _done() -> rx.Component:
    drafts = routes.with_query(routes.STAFF_QUESTIONS, {"trang-thai": "cho-duyet", "xep": "luc", "giam": "1"})
    return rx.fragment(
        notice(QuestionImportState.written, "right"),
        link_button(texts.SEE_BANK, drafts, small=True),
    )


def _facts() -> rx.Component:
    state = QuestionImportState
    return rx.fragment(
        rx.el.p(state.facts),
        rx.cond(state.blocked, notice(texts.ERRORS_BLOCK, "wrong")),
    )


def _offers() -> rx.Component:
    return card(
        rx.el.ul(rx.foreach(QuestionImportState.offers, _offer), class_name="papers"),
        heading=texts.OFFERS,
    )


def _offer(offer: OfferView) -> rx.Component:
    state = QuestionImportState
    return rx.el.li(
        rx.el.p(offer.name, " ", state_pill(offer.answer, offer.tone)),
        rx.cond(
            state.may_edit,
            rx.el.div(
                rx.cond(
                    offer.accepted,
                    rx.fragment(),
                    button(texts.ACCEPT, kind="ghost", small=True, on_click=state.accept(offer.kind)),
                ),
                rx.cond(
                    offer.may_decline & ~offer.kept,
                    button(texts.KEEP, kind="quiet", small=True, on_click=state.keep(offer.kind)),
                ),
                class_name="flex flex-wrap gap-2",
            ),
        ),
        key=offer.kind,
        class_name="row",
    )


def _parts() -> rx.Component:
    state = QuestionImportState
    return card(
        tabs(texts.PARTS_LABEL, rx.foreach(state.tabs, _tab)),
        rx.cond(
            state.lines,
            rx.match(
                state.part,
                ("trung", _duplicates()),
                ("sua", _repairs()),
                ("cau", _questions()),
                _problems(),
            ),
            rx.el.p(_nothing(), class_name="soft"),
        ),
        rx.cond(
            state.page != "",
            rx.el.nav(
                rx.cond(state.previous != "", _pager(texts.PREVIOUS, state.previous)),
                rx.el.span(state.page, class_name="fine tabular"),
                rx.cond(state.next != "", _pager(texts.NEXT, state.next)),
                aria_label=state.page,
                class_name="table-pager",
            ),
        ),
    )


def _pager(words: str, href: Any) -> rx.Component:
    return link_button(words, href, kind="quiet", small=True)


def _tab(one: TabView) -> rx.Component:
    return tab(one.name, current=one.current, href=one.href, key=one.href)


def _nothing() -> rx.Var:
    return rx.match(QuestionImportState.part, *texts.PART_EMPTY.items(), "")


def _problems() -> rx.Component:
    return _lines(
        texts.COLUMN_PROBLEM,
        (texts.COLUMN_ROW, texts.COLUMN_COLUMN, texts.COLUMN_PROBLEM),
        lambda line: (_number(line), rx.el.td(line.place), rx.el.td(line.text, " ", _fine(line.aside))),
    )


def _duplicates() -> rx.Component:
    return rx.fragment(
        rx.el.p(texts.DUPLICATES_TEXT, class_name="soft"),
        _lines(
            texts.PARTS["trung"],
            (texts.COLUMN_ROW, texts.COLUMN_QUESTION, texts.COLUMN_SAME_AS),
            lambda line: (_number(line), rx.el.td(line.text), rx.el.td(line.place)),
        ),
    )


def _repairs() -> rx.Component:
    return _lines(
        texts.OFFERS,
        (texts.COLUMN_ROW, texts.COLUMN_COLUMN, texts.COLUMN_BEFORE, texts.COLUMN_AFTER),
        lambda line: (_number(line), rx.el.td(line.place), rx.el.td(line.text), rx.el.td(line.aside)),
    )


def _questions() -> rx.Component:
    return _lines(
        texts.PARTS["cau"],
        (texts.COLUMN_ROW, texts.COLUMN_CODE, texts.COLUMN_QUESTION, texts.COLUMN_PLACE),
        lambda line: (
            _number(line),
            rx.el.td(line.aside),
            rx.el.td(rx.el.b(line.text), rx.el.ul(rx.foreach(line.options, rx.el.li), class_name="fine")),
            rx.el.td(line.place),
        ),
    )


def _lines(caption: str, columns: tuple[str, ...], cells: Any) -> rx.Component:
    return table(caption, *columns, rows=QuestionImportState.lines, row=lambda line: rx.el.tr(*cells(line)))


def _number(line: LineView) -> rx.Component:
    return rx.el.th(line.row, scope="row", class_name="num tabular")


def _fine(text: Any) -> rx.Component:
    return rx.el.span(text, class_name="fine")


def _decision() -> rx.Component:
    """What is missing is filled in; then everything is written, or dropped."""
    state = QuestionImportState
    return card(
        rx.cond(
            state.confirm_label != "",
            rx.el.form(
                rx.cond(state.missing.length() > 0, rx.fragment(rx.el.h3(texts.FILL_TITLE), _fill())),
                rx.el.p(texts.CONFIRM_TEXT, class_name="soft"),
                button(state.confirm_label, small=True, type="submit"),
                on_submit=state.confirm,
                no_validate=True,
                class_name="step-form",
            ),
        ),
        _drop(),
        heading=texts.CONFIRM_TITLE,
    )


def _fill() -> rx.Component:
    state = QuestionImportState
    errors = state.errors
    return rx.el.div(
        _where_missing(
            "pool",
            _choice(admin_questions.POOL, "pool", admin_questions.POOLS),
        ),
        _where_missing(
            "topic",
            rx.fragment(
                text_field(
                    admin_questions.TOPIC,
                    "topic",
                    hint=admin_questions.TOPIC_HINT,
                    error=errors["topic"],
                    max_length=200,
                    list=TOPICS,
                ),
                topic_list(TOPICS, state.topics),
            ),
        ),
        _where_missing(
            "difficulty",
            _choice(admin_questions.DIFFICULTY, "difficulty", admin_questions.DIFFICULTIES),
        ),
        class_name="three",
    )


def _choice(label: str, name: str, choices: dict[Any, str]) -> rx.Component:
    options = options_of(choices, first=admin_questions.CHOOSE)
    return select_field(label, name, options, error=QuestionImportState.errors[name])


def _where_missing(name: str, field: rx.Component) -> rx.Component:
    state = QuestionImportState
    said = state.missing[name]
    return rx.cond(state.missing.contains(name), rx.el.div(field, rx.el.p(said, class_name="fine")))


def _drop() -> rx.Component:
    return button(texts.DROP, kind="quiet", small=True, on_click=QuestionImportState.drop)
