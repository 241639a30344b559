"""/quan-tri/hoi-thi/moi: set a contest up."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.contest_desk import contest_pages
from cchc_app.components.controls import (
    button,
    card,
    check_field,
    error_state,
    link_button,
    notice,
    options_of,
    select_field,
    text_field,
)
from cchc_app.states.admin.new_contest import NewContestState
from cchc_app.texts import admin as desk_texts
from cchc_app.texts import admin_contest as texts

State = NewContestState


def new_contest() -> rx.Component:
    """For organisers."""
    return layout.desk(
        contest_pages("new"),
        rx.cond(State.notice != "", notice(State.notice, "wrong", code=State.notice_code)),
        rx.cond(State.done != "", _done(), rx.cond(State.running, _running(), rx.cond(State.loaded, _form()))),
        title=texts.NEW_CONTEST,
        active="contest",
    )


def _done() -> rx.Component:
    return card(
        notice(State.done, "right"),
        rx.el.div(
            link_button(texts.RULES, routes.RULE_DRAFT, small=True),
            link_button(texts.CONTEST, routes.CONTEST_DESK, kind="ghost", small=True),
            class_name="row",
        ),
    )


def _running() -> rx.Component:
    return error_state(texts.RUNNING_TITLE, texts.RUNNING_TEXT)


def _form() -> rx.Component:
    errors = State.errors
    choices = options_of(texts.SOURCES, first=texts.CHOOSE_SOURCE)
    copy = rx.cond(State.present != "", rx.el.option(texts.SOURCE_COPY, value="copy"))
    return card(
        _what_happens(),
        rx.el.form(
            select_field(texts.SOURCE, "source", [*choices, copy], error=errors["source"]),
            text_field(texts.TITLE, "title", error=errors["title"], max_length=200),
            text_field(
                texts.SHORT_TITLE,
                "short_title",
                hint=texts.SHORT_TITLE_HINT,
                error=errors["short_title"],
                max_length=60,
            ),
            rx.el.div(
                text_field(texts.SLUG, "slug", hint=texts.SLUG_HINT, error=errors["slug"], max_length=60),
                text_field(
                    texts.CODE, "contest_code", hint=texts.CODE_HINT, error=errors["contest_code"], max_length=8
                ),
                class_name="desk-pair",
            ),
            text_field(texts.FIRST_DAY, "first_day", hint=texts.FIRST_DAY_HINT, error=errors["first_day"]),
            check_field(texts.WITH_UNITS, "units", default_checked=True),
            check_field(texts.WITH_BANK, "bank", default_checked=True),
            text_field(
                desk_texts.FRESH_CODE,
                "code",
                hint=desk_texts.FRESH_CODE_HINT,
                auto_complete="one-time-code",
                max_length=20,
            ),
            button(texts.CREATE, type="submit"),
            on_submit=State.create,
            no_validate=True,
            class_name="step-form",
            data_refusals=State.refusals,
        ),
        heading=texts.NEW_CONTEST,
    )


def _what_happens() -> rx.Component:
    first, following = (
        rx.el.ul(*(rx.el.li(line) for line in lines)) for lines in (texts.CREATE_FIRST, texts.CREATE_NEXT)
    )
    return rx.el.div(
        rx.el.h3(texts.CREATE_HAPPENS),
        rx.cond(
            State.present != "",
            rx.fragment(rx.el.p(texts.PRESENT, ": ", rx.el.b(State.present)), following),
            first,
        ),
        class_name="notice gold reading",
    )
