"""Parts of the staff's pages about the contest: tabs of sections, fields filled in, previews, what another changed."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.components.controls import card, tab, tabs, text_area
from cchc_app.texts import admin_contest as texts
from cchc_app.texts import admin_rules

PAGES = (
    ("contest", texts.CONTEST, routes.CONTEST_DESK),
    ("rules", texts.RULES, routes.RULE_DRAFT),
    ("simulation", texts.SIMULATION, routes.SIMULATION),
    ("new", texts.NEW_CONTEST, routes.NEW_CONTEST),
)


def contest_pages(active: str) -> rx.Component:
    """The pages about the contest, beside each other."""
    return tabs(texts.SECTIONS_LABEL, *(tab(name, current=key == active, href=path) for key, name, path in PAGES))


def section_tabs(label: str, path: str, sections: dict[str, str], current: Any) -> rx.Component:
    """The sections of one page."""
    return tabs(
        label,
        *(tab(name, current=current == key, href=routes.section(path, key)) for key, name in sections.items()),
    )


def markdown_field(label: str, name: str, *, value: Any, preview: Any, on_blur: Any, error: Any) -> rx.Component:
    """A text in Markdown and, beside it, how visitors will read it."""
    return rx.el.div(
        text_area(label, name, hint=texts.MARKDOWN_HINT, error=error, default_value=value, rows="7", on_blur=on_blur),
        rx.el.div(
            rx.el.p(texts.PREVIEW, class_name="label"),
            rx.cond(
                preview != "",
                markdown(preview),
                rx.el.p(texts.PREVIEW_EMPTY, class_name="soft"),
            ),
            class_name="preview",
        ),
        class_name="desk-pair",
    )


def markdown(html: Any) -> rx.Component:
    """HTML that the server made of Markdown."""
    return rx.html(html, class_name="reading prose")


def changes(rows: Any, *, before: str = admin_rules.COLUMN_BEFORE, after: str = admin_rules.COLUMN_AFTER) -> Any:
    """Differences, one a line: the field, what it was, what it becomes."""
    return rx.el.dl(
        rx.foreach(
            rows,
            lambda row: rx.el.div(
                rx.el.dt(row.field),
                rx.el.dd(rx.el.span(before, ": ", class_name="fine"), row.before),
                rx.el.dd(rx.el.span(after, ": ", class_name="fine"), rx.el.b(row.after)),
                class_name="change",
            ),
        ),
        class_name="changes",
    )


def why(words: Any) -> rx.Component:
    """Why a field is locked or needs a note."""
    return rx.cond(words != "", rx.el.p(words, class_name="why"))


def locked_field(control: rx.Component, words: Any) -> rx.Component:
    """A field with the reason it is locked under it."""
    return rx.el.div(control, why(words), class_name="field")


def newer(title: str, text: str, *children: Any) -> rx.Component:
    """What somebody else has saved meanwhile."""
    return card(rx.el.p(text, class_name="soft"), *children, heading=title, class_name="newer", role="status")
