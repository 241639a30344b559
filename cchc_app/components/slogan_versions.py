"""What a unit handed in, and the questions before it hands in or withdraws."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import button, card, copy_button, notice, pill
from cchc_app.components.quiz import sheet
from cchc_app.texts import common
from cchc_app.texts import slogan as texts


def quote(*text: Any, **props: Any) -> rx.Component:
    """A slogan as it is shown to people."""
    return rx.el.blockquote(*text, class_name="slogan-quote", **props)


def handed_in_card(version: Any, *actions: rx.Component) -> rx.Component:
    """What counts for the unit now, with its receipt."""
    return card(
        rx.el.div(rx.el.h2(texts.HANDED_IN), pill(version.words, "right"), class_name="row"),
        quote(version.text),
        rx.cond(version.explanation != "", rx.el.p(version.explanation, class_name="soft whitespace-pre-line")),
        rx.el.p(version.author, class_name="soft"),
        rx.el.p(version.handed_in, class_name="soft"),
        rx.el.div(
            rx.el.div(rx.el.p(texts.RECEIPT, class_name="soft"), rx.el.code(version.receipt, class_name="receipt")),
            copy_button(version.receipt),
            class_name="row",
        ),
        *actions,
    )


def version_list(versions: Any) -> rx.Component:
    """Everything handed in and withdrawn, newest first."""
    return rx.el.details(
        rx.el.summary(texts.VERSIONS, " (", versions.length(), ")"),
        rx.el.ul(
            rx.foreach(
                versions,
                lambda version: rx.el.li(
                    rx.el.b(version.title),
                    rx.el.p(version.text),
                    rx.el.p(version.line, class_name="soft"),
                    rx.el.p(texts.RECEIPT, " ", rx.el.code(version.receipt), class_name="soft"),
                ),
            ),
            class_name="papers",
        ),
        class_name="card slogan-versions",
    )


def send_sheet(pending: Any, *, replaces: Any, on_submit: Any, on_close: Any) -> rx.Component:
    """Asks once, with the slogan as it will be shown."""
    values = (("text", pending.text), ("explanation", pending.explanation), ("author", pending.author))
    public = rx.el.input(
        type="hidden", name="author_public", value=rx.cond(pending.author_public, "on", ""), read_only=True
    )
    return sheet(
        texts.SEND_TITLE,
        quote(pending.text),
        rx.el.p(pending.said, " · ", pending.author, class_name="soft"),
        rx.el.p(
            rx.cond(pending.explanation != "", pending.explanation, texts.NO_EXPLANATION),
            class_name="soft whitespace-pre-line",
        ),
        notice(rx.cond(replaces, texts.REPLACE_TEXT, texts.SEND_TEXT)),
        rx.el.form(
            *(rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in values),
            public,
            rx.el.input(type="hidden", name="revision", value=pending.revision.to(str), read_only=True),
            button(texts.CONFIRM_SEND, type="submit"),
            button(texts.NOT_YET_SEND, kind="ghost", on_click=on_close),
            on_submit=on_submit,
            class_name="grid gap-3",
        ),
        on_close=on_close,
        label=common.CLOSE,
    )


def withdraw_sheet(version: Any, *, revision: Any, on_withdraw: Any, on_close: Any) -> rx.Component:
    """Asks once before the unit has no slogan."""
    return sheet(
        texts.WITHDRAW_TITLE,
        quote(version.text),
        rx.el.p(texts.WITHDRAW_TEXT, class_name="soft"),
        rx.el.form(
            rx.el.input(type="hidden", name="revision", value=revision.to(str), read_only=True),
            button(texts.CONFIRM_WITHDRAW, type="submit"),
            button(texts.KEEP, kind="ghost", on_click=on_close),
            on_submit=on_withdraw,
            class_name="grid gap-3",
        ),
        on_close=on_close,
        label=common.CLOSE,
    )
