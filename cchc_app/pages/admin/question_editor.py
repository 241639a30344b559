"""/quan-tri/cau-hoi/<code>: one question, its form, its preview, its versions and its history."""

from typing import Any

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import (
    button,
    card,
    field_error,
    link_button,
    notice,
    options_of,
    select_field,
    skeleton,
    text_area,
    text_field,
)
from cchc_app.components.questions import bank_tabs, difference, state_pill, topic_list
from cchc_app.components.quiz import question_form
from cchc_app.components.slogans import deed
from cchc_app.states.admin.question_editor import REVISION, QuestionEditorState
from cchc_app.states.admin.question_views import VERSION, FactView, OptionView, VersionView
from cchc_app.texts import admin_questions as texts

TOPICS = "cac-chu-de"


def question_editor() -> rx.Component:
    """For editors; organisers and auditors read."""
    state = QuestionEditorState
    return layout.desk(
        bank_tabs("", state.may_edit),
        rx.cond(state.notice != "", notice(state.notice, "wrong", code=state.notice_code)),
        rx.cond(state.done != "", notice(state.done, "right")),
        rx.cond(state.newer, _newer()),
        rx.cond(state.loaded, _page(), rx.cond(state.notice == "", skeleton(6), _back())),
        title=state.title,
        active="questions",
    )


def _back() -> rx.Component:
    return card(link_button(texts.BACK, routes.STAFF_QUESTIONS, kind="ghost", small=True))


def _page() -> rx.Component:
    state = QuestionEditorState
    return rx.fragment(
        rx.cond(state.is_new, rx.fragment(), _standing()),
        rx.el.div(
            rx.cond(state.may_edit, _form(), card(rx.el.p(texts.ONLY_READING, class_name="soft"))),
            rx.cond(state.is_new, rx.fragment(), _preview()),
            class_name=rx.cond(state.is_new, "", "editor-pair"),
        ),
        rx.cond(state.is_new, rx.fragment(), rx.fragment(_versions(), _history())),
    )


def _standing() -> rx.Component:
    """Where the question stands, and what may be done about that."""
    state = QuestionEditorState
    return card(
        rx.el.div(
            rx.el.div(
                state_pill(state.state_name, state.tone),
                rx.cond(state.aside != "", rx.el.span(state.aside, class_name="pill gold")),
                class_name="flex flex-wrap gap-2",
            ),
            rx.cond(state.may_approve, _approve()),
            class_name="row",
        ),
        rx.cond(state.own_version & state.may_edit, rx.el.p(texts.OWN_VERSION, class_name="soft")),
        rx.cond(
            state.may_edit,
            rx.cond(
                state.retired,
                deed(verb=texts.RESTORE, title=texts.RESTORE_TITLE, on_submit=state.restore),
                deed(verb=texts.RETIRE, title=texts.RETIRE_TITLE, text=texts.RETIRE_TEXT, on_submit=state.retire),
            ),
        ),
    )


def _approve() -> rx.Component:
    state = QuestionEditorState
    return rx.el.form(
        rx.el.input(type="hidden", name=VERSION, value=state.version, read_only=True),
        button(texts.APPROVE, small=True, type="submit"),
        on_submit=state.approve,
    )


def _newer() -> rx.Component:
    return card(
        rx.el.p(texts.NEWER_TEXT, class_name="soft"),
        rx.el.dl(rx.foreach(QuestionEditorState.newer, _fact), class_name="versions-facts"),
        heading=texts.NEWER_TITLE,
        class_name="newer",
        role="status",
    )


def _fact(fact: FactView) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value), key=fact.name)


def _form() -> rx.Component:
    state = QuestionEditorState
    return rx.el.form(
        rx.el.input(type="hidden", name=REVISION, value=state.revision, read_only=True),
        card(
            rx.cond(
                state.is_new,
                text_field(texts.CODE, "code", hint=texts.CODE_HINT, error=state.errors["code"], max_length=32),
            ),
            _area(texts.STEM, "stem", rows="4"),
            _options(),
            _area(texts.EXPLANATION, "explanation", hint=texts.EXPLANATION_HINT, rows="3"),
            _line(texts.LEGAL_BASIS, "legal_basis", hint=texts.LEGAL_BASIS_HINT, max_length=1000),
            rx.el.div(_choice(texts.POOL, "pool", texts.POOLS, hint=texts.POOL_HINT), _topic(), class_name="desk-pair"),
            rx.el.div(
                _choice(texts.DIFFICULTY, "difficulty", texts.DIFFICULTIES),
                _line(texts.VALID_FROM, "valid_from", max_length=10, placeholder="05/09/2025"),
                _line(texts.VALID_UNTIL, "valid_until", hint=texts.VALID_HINT, max_length=10, placeholder="31/12/2025"),
                class_name="three",
            ),
            rx.el.div(
                rx.el.p(rx.cond(state.is_new, texts.DRAFT_NOTE, texts.AT_ONCE), class_name="fine"),
                button(texts.SAVE, small=True, type="submit"),
                class_name="action-bar row",
            ),
        ),
        on_submit=state.save,
        no_validate=True,
        key=state.form_key,
        custom_attrs={"data-refusals": state.refusals},
        class_name="editor-form",
    )


def _area(label: str, name: str, *, hint: str = "", **props: Any) -> rx.Component:
    state = QuestionEditorState
    return text_area(label, name, hint=hint, error=state.errors[name], default_value=state.values[name], **props)


def _line(label: str, name: str, *, hint: str = "", **props: Any) -> rx.Component:
    state = QuestionEditorState
    return text_field(label, name, hint=hint, error=state.errors[name], default_value=state.values[name], **props)


def _choice(label: str, name: str, choices: dict, *, hint: str = "") -> rx.Component:
    state = QuestionEditorState
    options = options_of(choices, first=texts.CHOOSE)
    return select_field(label, name, options, value=state.values[name], hint=hint, error=state.errors[name])


def _topic() -> rx.Component:
    return rx.el.div(
        _line(texts.TOPIC, "topic", hint=texts.TOPIC_HINT, max_length=200, list=TOPICS),
        topic_list(TOPICS, QuestionEditorState.topics),
    )


def _options() -> rx.Component:
    state = QuestionEditorState
    return rx.el.fieldset(
        rx.el.legend(texts.OPTIONS_LEGEND, class_name="label"),
        rx.el.p(texts.OPTIONS_HINT, class_name="hint"),
        rx.foreach(state.options, _option),
        field_error(state.errors["options"], "options"),
        field_error(state.errors["key"], "key"),
        class_name="option-fields",
    )


def _option(option: OptionView) -> rx.Component:
    error = QuestionEditorState.errors[option.name]
    return rx.el.div(
        rx.el.span(option.letter, class_name="option-letter", aria_hidden="true"),
        rx.el.div(
            rx.el.input(
                type="text",
                name=option.name,
                id=option.name,
                default_value=option.text,
                auto_complete="off",
                aria_label=option.label,
                aria_invalid=rx.cond(error != "", "true", "false"),
                max_length=600,
                class_name="input",
            ),
            rx.el.p(error, class_name="error", aria_live="polite"),
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name=option.box, default_checked=option.accepted, aria_label=option.box_label),
            rx.el.span(texts.ACCEPTED, aria_hidden="true"),
            class_name="accepted",
        ),
        key=option.letter,
        class_name="option-field",
    )


def _preview() -> rx.Component:
    state = QuestionEditorState
    return card(
        rx.el.p(texts.PREVIEW_NOTE, class_name="fine"),
        rx.el.div(
            question_form(
                question=state.question,
                choice=-1,
                feedback=state.feedback,
                receipt="",
                on_answer=state.toggle_answer,
                footer=rx.cond(state.feedback.shown, _answer(), rx.fragment()),
            ),
            class_name="phone-frame",
        ),
        button(
            rx.cond(state.feedback.shown, texts.HIDE_ANSWER, texts.SHOW_ANSWER),
            kind="ghost",
            small=True,
            on_click=state.toggle_answer,
        ),
        heading=texts.PREVIEW,
        class_name="preview-card",
        key=state.version,
    )


def _answer() -> rx.Component:
    feedback = QuestionEditorState.feedback
    return rx.el.div(
        rx.el.p(feedback.explanation, class_name="feedback-why"),
        rx.cond(feedback.legal_basis != "", rx.el.span(feedback.legal_basis, class_name="legal-chip")),
        class_name="preview-answer",
    )


def _versions() -> rx.Component:
    return card(
        rx.el.ol(rx.foreach(QuestionEditorState.versions, _version), class_name="versions"), heading=texts.VERSIONS
    )


def _version(version: VersionView) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.b(version.title),
            " ",
            rx.cond(version.in_use, rx.el.span(texts.VERSION_IN_USE, class_name="pill right")),
        ),
        rx.cond(
            version.first,
            rx.fragment(),
            rx.el.dl(
                rx.foreach(version.differences, difference), aria_label=texts.DIFFERENCE, class_name="differences"
            ),
        ),
        rx.el.details(
            rx.el.summary(rx.cond(version.first, texts.FIRST_VERSION, texts.STEM)),
            rx.el.p(version.stem),
            rx.el.ul(rx.foreach(version.options, rx.el.li)),
            rx.el.p(version.key, class_name="fine"),
            class_name="deed",
        ),
        key=version.number,
    )


def _history() -> rx.Component:
    state = QuestionEditorState
    return card(
        rx.cond(
            state.events,
            rx.el.ul(rx.foreach(state.events, rx.el.li), class_name="lines"),
            rx.el.p(texts.HISTORY_NONE, class_name="soft"),
        ),
        heading=texts.HISTORY,
    )
