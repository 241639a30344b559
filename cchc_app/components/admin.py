"""Parts of the staff's pages: the frame with its left rail, dense tables, choices. Values come in as Vars."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from cchc_app import routes
from cchc_app.components.art import emblem
from cchc_app.components.controls import error_state, link, link_button, text_field
from cchc_app.components.frame import MAIN_ID
from cchc_app.components.people import post_button
from cchc_app.contest.errors import ErrorCode
from cchc_app.texts import admin as texts
from cchc_app.texts import common, message


@dataclass(frozen=True)
class Desk:
    """What the frame of the staff's pages shows, as Vars.

    Args:
        contest: Short name of the contest.
        name: Who is signed in.
        role: Their role in words.
        initials: Of their name.
        rail: Pages they may open: `key`, `name`, `href`.
        denied: Whether this page is not for their role.
    """

    contest: Any
    name: Any
    role: Any
    initials: Any
    rail: Any
    denied: Any


def desk(*children: Any, around: Desk, title: str, active: str) -> rx.Component:
    """A whole page of the staff.

    Args:
        children: The parts of the page, one under the other.
        around: The frame's contents.
        title: The page's heading.
        active: Key of the rail's item the page belongs to.
    """
    return rx.el.div(
        A.create(common.SKIP_TO_CONTENT, href=f"#{MAIN_ID}", class_name="skip"),
        _rail(around, active),
        rx.el.main(
            _head(around, title),
            rx.cond(around.denied, _denied(), rx.fragment(*children)),
            id=MAIN_ID,
            tab_index=-1,
            class_name="desk-main",
        ),
        class_name="desk",
    )


def door(*children: Any) -> rx.Component:
    """A page of the staff before anybody is signed in: one column, nothing around it."""
    return rx.el.div(
        rx.el.main(
            rx.el.p(emblem(), rx.el.b(texts.DESK), class_name="desk-brand"),
            *children,
            id=MAIN_ID,
            tab_index=-1,
            class_name="main",
        ),
        class_name="shell",
    )


def _rail(around: Desk, active: str) -> rx.Component:
    return rx.el.aside(
        rx.el.p(emblem(), rx.el.b(texts.DESK), class_name="desk-brand"),
        rx.el.nav(
            rx.foreach(around.rail, lambda item: _rail_item(item, active)),
            aria_label=texts.RAIL_LABEL,
            class_name="rail-items",
        ),
        rx.el.div(
            link(texts.TO_SITE, href=routes.HOME, class_name="btn btn-quiet btn-small"),
            post_button(texts.SIGN_OUT, routes.STAFF_SIGN_OUT, kind="quiet btn-small"),
            class_name="rail-foot",
        ),
        class_name="rail",
    )


def _rail_item(item: Any, active: str) -> rx.Component:
    mark = rx.cond(item.key == active, "page", rx.Var("undefined"))
    return link(item.name, href=item.href, aria_current=mark)


def _head(around: Desk, title: str) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.nav(
                rx.el.ol(rx.el.li(around.contest), rx.el.li(texts.DESK), rx.el.li(title, aria_current="page")),
                aria_label=texts.TRAIL_LABEL,
                class_name="trail",
            ),
            rx.el.h1(title),
        ),
        rx.el.p(
            rx.el.span(rx.el.b(around.name), rx.el.span(around.role, class_name="fine"), class_name="desk-name"),
            rx.el.span(around.initials, class_name="desk-initials", aria_hidden="true"),
            class_name="desk-who",
        ),
        class_name="desk-head",
    )


def _denied() -> rx.Component:
    return error_state(
        texts.DENIED_TITLE,
        message(ErrorCode.NOT_ALLOWED),
        link_button(texts.TO_DESK, routes.STAFF, kind="ghost", small=True),
        code=ErrorCode.NOT_ALLOWED.value,
    )


def table(caption: str, *columns: str, numbers: tuple[str, ...] = (), rows: Any, row: Any) -> rx.Component:
    """A dense table that scrolls by itself when the screen is narrow.

    Args:
        caption: Names it, for screen readers.
        columns: Headings.
        numbers: Those of them that stand over figures, to the right.
        rows: A list Var.
        row: Makes one line of cells of an item.
    """
    heads = [rx.el.th(column, scope="col", class_name="num" if column in numbers else "") for column in columns]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(rx.foreach(rows, row)),
            class_name="dense",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def fresh_code(identifier: str) -> rx.Component:
    """Asks for a code that was not used yet."""
    return text_field(
        texts.FRESH_CODE,
        "code",
        id=identifier,
        hint=texts.FRESH_CODE_HINT,
        auto_complete="one-time-code",
        max_length=20,
    )


def print_button(label: str) -> rx.Component:
    """Prints the page (assets/app.js)."""
    return rx.el.button(label, type="button", class_name="btn btn-small", data_print="1")
