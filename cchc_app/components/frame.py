"""The frame of every page: top bar, navigation, main part, footer, connection banner."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from cchc_app import routes
from cchc_app.components.art import emblem, icon
from cchc_app.components.controls import button, link, notice
from cchc_app.texts import common

MAIN_ID = "noi-dung"

NAVIGATION = (
    ("home", routes.HOME, common.NAV_HOME),
    ("quiz", routes.QUIZ, common.NAV_QUIZ),
    ("slogan", routes.SLOGAN, common.NAV_SLOGAN),
    ("standings", routes.STANDINGS, common.NAV_STANDINGS),
)


@dataclass(frozen=True)
class Visitor:
    """Who looks at the page, as Vars: whether signed in, and the initials shown in the top bar."""

    signed_in: Any
    initials: Any


@dataclass(frozen=True)
class Visits:
    """Page visits as formatted numbers: now online, today, this week, ever."""

    online: Any
    today: Any
    week: Any
    total: Any


@dataclass(frozen=True)
class Frame:
    """What the frame shows around a page.

    Args:
        visitor: Whose initials are in the top bar.
        contest: Short name of the contest.
        organiser: Name of the organising body.
        support: How to reach support.
        visits: The visit counter.
        notice: A notice for the whole page, or nothing.
    """

    visitor: Visitor
    contest: Any
    organiser: Any
    support: Any
    visits: Visits
    notice: Any = None


def frame(
    *children: Any, around: Frame, active: str = "", hero: Any = None, bare: bool = False, wide: bool = False
) -> rx.Component:
    """A whole page.

    Args:
        children: The parts of the page, one under the other.
        around: The frame's contents.
        active: Which navigation item the page belongs to: `home`, `quiz`, `slogan`, `standings` or none.
        hero: Something across the whole width above the parts.
        bare: Without navigation and footer: an attempt must not be left by a slip of the thumb.
        wide: For tables, 1200 px.
    """
    parts = rx.el.div(*children, class_name="main wide" if wide else "main")
    heads = [] if hero is None else [hero]
    notices = [] if around.notice is None else [around.notice]
    if bare:
        return rx.el.div(
            rx.el.main(*notices, *children, id=MAIN_ID, tab_index=-1, class_name="bare-main"), class_name="shell bare"
        )
    return rx.el.div(
        _top_bar(around, active),
        rx.el.main(*notices, *heads, parts, id=MAIN_ID, tab_index=-1),
        _footer(around),
        class_name="shell",
    )


def _top_bar(around: Frame, active: str) -> rx.Component:
    items = [
        link(
            icon(name),
            rx.el.span(text),
            href=path,
            custom_attrs={"aria-current": "page"} if name == active else {},
        )
        for name, path, text in NAVIGATION
    ]
    return rx.el.header(
        # A plain anchor: the router would only scroll, and the keyboard would stay where it was.
        A.create(common.SKIP_TO_CONTENT, href=f"#{MAIN_ID}", class_name="skip"),
        rx.el.div(
            link(emblem(), rx.el.span(around.contest), href=routes.HOME, class_name="home-link"),
            rx.el.nav(*items, aria_label=common.NAV_LABEL, class_name="nav"),
            _account(around.visitor),
            class_name="top-in",
        ),
        class_name="top",
    )


def _account(visitor: Visitor) -> rx.Component:
    return rx.cond(
        visitor.signed_in,
        link(rx.el.span(visitor.initials), href=routes.ACCOUNT, aria_label=common.ACCOUNT_LABEL, class_name="who"),
        link(common.SIGN_IN, href=routes.SIGN_IN, class_name="who"),
    )


def _footer(around: Frame) -> rx.Component:
    visits = around.visits
    return rx.el.footer(
        rx.el.div(
            rx.el.p(common.ORGANISER_LABEL, ": ", rx.el.b(around.organiser)),
            rx.el.p(common.SUPPORT_LABEL, ": ", around.support),
            rx.el.nav(
                rx.el.ul(
                    rx.el.li(link(common.FOOT_RULES, href=routes.RULES)),
                    rx.el.li(link(common.FOOT_PRIVACY, href=routes.PRIVACY)),
                ),
                aria_label=common.FOOT_LABEL,
            ),
            rx.el.div(
                rx.el.span(common.TEXT_SIZE),
                _scale_button(common.SMALLER_SIGN, common.TEXT_SMALLER, "-1"),
                _scale_button(common.LARGER_SIGN, common.TEXT_LARGER, "1"),
                class_name="flex items-center gap-2",
            ),
            rx.el.p(common.ACCESSIBILITY),
            rx.el.p(
                f"{common.ONLINE_NOW}: ",
                rx.el.b(visits.online, class_name="tabular"),
                f" · {common.VISITS_TODAY}: ",
                rx.el.b(visits.today, class_name="tabular"),
                f" · {common.VISITS_WEEK}: ",
                rx.el.b(visits.week, class_name="tabular"),
                f" · {common.VISITS_ALL}: ",
                rx.el.b(visits.total, class_name="tabular"),
            ),
            class_name="foot-in",
        ),
        class_name="foot",
    )


def _scale_button(sign: str, label: str, step: str) -> rx.Component:
    return rx.el.button(sign, type="button", aria_label=label, class_name="scale", data_scale=step)


def line_banner(lost: Any) -> rx.Component:
    """A quiet line while the server cannot be reached (or, by assets/app.js, while the device is offline)."""
    return rx.el.div(
        rx.el.p(common.CONNECTION_LOST, class_name=rx.cond(lost, "line-banner shown", "line-banner")), role="status"
    )


def trouble_banner(text: Any, code: Any, *, on_close: Any) -> rx.Component:
    """What failed on the server, over whatever page is open."""
    return rx.cond(
        text != "",
        rx.el.div(
            notice(text, "wrong", code=code),
            button(common.CLOSE, kind="quiet", small=True, on_click=on_close),
            class_name="trouble",
            role="alert",
        ),
    )


def crash_page() -> rx.Component:
    """Instead of a page that failed to draw itself."""
    return rx.el.main(
        rx.el.h1(common.CRASH_TITLE),
        rx.el.p(common.CRASH_TEXT),
        rx.el.a(common.RELOAD, href=".", reload_document=True, class_name="btn"),
        class_name="main",
    )


def hall(*children: Any, contest: Any, title: Any, mark: Any) -> rx.Component:
    """A page that fills a projector's screen, without anything to press.

    Args:
        children: What is shown.
        contest: Short name of the contest.
        title: What is shown now.
        mark: Beside the title.
    """
    head = rx.el.header(
        emblem(), rx.el.div(rx.el.p(contest, class_name="hall-contest"), rx.el.h1(title)), mark, class_name="hall-head"
    )
    return rx.el.div(head, rx.el.main(*children, id=MAIN_ID), class_name="hall dark")
