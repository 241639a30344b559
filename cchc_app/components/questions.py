"""Parts of the question bank's pages. Values come in as Vars."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.components.controls import tab, tabs
from cchc_app.components.uploads import size_limit
from cchc_app.texts import admin_question_imports as imports
from cchc_app.texts import admin_questions as texts


def bank_tabs(active: str, may_edit: Any) -> rx.Component:
    """The bank's pages beside each other."""
    new = tab(texts.TAB_NEW, current=active == "new", href=routes.question(routes.NEW_QUESTION))
    return tabs(
        texts.TABS_LABEL,
        tab(texts.TAB_BANK, current=active == "bank", href=routes.STAFF_QUESTIONS),
        tab(texts.TAB_IMPORTS, current=active == "imports", href=routes.QUESTION_IMPORTS),
        rx.cond(may_edit, new),
    )


def state_pill(name: Any, tone: Any) -> rx.Component:
    """Where a question or an import stands."""
    return rx.el.span(name, class_name="pill " + tone.to(str))


def topic_list(identifier: str, topics: Any) -> rx.Component:
    """Topics a text field suggests; another one may be typed."""
    return rx.el.datalist(rx.foreach(topics, lambda topic: rx.el.option(value=topic)), id=identifier)


def difference(found: Any) -> rx.Component:
    """A text with what was removed and added, for eyes by line and colour, for ears in words."""
    return rx.el.div(
        rx.el.dt(found.name),
        rx.el.dd(rx.foreach(found.pieces, _piece), class_name="difference"),
    )


def _piece(piece: Any) -> rx.Component:
    def marked(element: Any, begins: str) -> rx.Component:
        ends = rx.el.span(f" {texts.CHANGE_ENDS} ", class_name="sr-only")
        return element(rx.el.span(f" {begins} ", class_name="sr-only"), piece.text, ends)

    return rx.match(
        piece.change,
        ("removed", marked(rx.el.del_, texts.REMOVED_BEGINS)),
        ("added", marked(rx.el.ins, texts.ADDED_BEGINS)),
        rx.el.span(piece.text),
    )


def upload_form(field: str) -> rx.Component:
    """Chooses a file and sends it; too large a one is refused before it leaves (assets/app.js)."""
    return rx.el.form(
        rx.el.div(
            rx.el.label(imports.FILE, html_for=field, class_name="label"),
            rx.el.input(
                type="file",
                id=field,
                name=field,
                required=True,
                accept=".xlsx,.csv,.gift,.txt,.aiken,.xml",
                class_name="input",
                **size_limit(20, imports.TOO_LARGE),
            ),
            class_name="field",
        ),
        rx.el.button(imports.UPLOAD, type="submit", class_name="btn btn-small"),
        method="post",
        action=routes.QUESTION_UPLOAD,
        enc_type="multipart/form-data",
        on_submit=None,  # said, because without it the framework keeps the browser from sending forms
        class_name="upload-form",
    )
