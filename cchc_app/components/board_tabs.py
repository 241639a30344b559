"""Parts that every boards' page has: kinds of boards, periods, pages, why a board stands still."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import link, notice, pill, tab, tabs
from cchc_app.texts import standings as texts


def board_head(title: str, live: Any) -> rx.Component:
    """The page's title, and that it moves by itself when `live` says so."""
    return rx.el.div(rx.el.h1(title), rx.cond(live, pill(texts.LIVE, dot=True)), class_name="row")


def board_tabs(kinds: Any, periods: Any) -> rx.Component:
    """Kinds of boards, and under them the periods of the one shown."""
    return rx.fragment(
        rx.el.div(
            tabs(texts.BOARDS, rx.foreach(kinds, lambda each: tab(each.name, current=each.current, href=each.href))),
            class_name="board-kinds",
        ),
        rx.cond(periods.length() > 0, chips(texts.PERIODS, periods)),
    )


def chips(label: str, choices: Any) -> rx.Component:
    """A row of small choices; it scrolls sideways where it does not fit."""
    return rx.el.nav(
        rx.foreach(
            choices,
            lambda each: link(
                each.name, href=each.href, aria_current=rx.cond(each.current, "page", rx.Var("undefined"))
            ),
        ),
        aria_label=label,
        class_name="chips",
    )


def frozen_note(words: Any) -> rx.Component:
    """Why a board stands still; nothing while it moves."""
    return rx.cond(words != "", notice(words, "gold"))


def pager(pages: Any) -> rx.Component:
    """The way to the other pages, the last one as well."""
    steps = (
        (pages.first, "«", texts.FIRST),
        (pages.before, "‹", texts.BEFORE),
        (pages.after, "›", texts.NEXT),
        (pages.last, "»", texts.LAST),
    )
    before, after = [_step(*step) for step in steps[:2]], [_step(*step) for step in steps[2:]]
    return rx.cond(
        pages.said != "",
        rx.el.nav(
            *before, rx.el.span(pages.said, class_name="tabular"), *after, aria_label=texts.PAGES, class_name="pager"
        ),
    )


def _step(href: Any, sign: str, name: str) -> rx.Component:
    return rx.cond(href != "", link(sign, href=href, aria_label=name), rx.el.span(sign, aria_hidden="true"))
