"""/giai-thuong: who won what, by week and in the whole contest."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.controls import card, empty_state, link_button, notice, skeleton
from cchc_app.components.slogans import slogan_text
from cchc_app.states.winners import KindView, ListView, PrizeView, WinnersState, WinnerView
from cchc_app.texts import winners as texts


def winners() -> rx.Component:
    """Public."""
    state = WinnersState
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.el.p(texts.INTRO, class_name="soft"),
        rx.match(
            state.screen,
            ("lists", _lists()),
            ("waiting", _waiting()),
            ("missing", notice(state.said, "gold")),
            skeleton(5),
        ),
    )


def _waiting() -> rx.Component:
    return empty_state(
        texts.WAITING_TITLE,
        texts.WAITING,
        link_button(texts.TO_STANDINGS, routes.STANDINGS, kind="ghost"),
        drawing="flag",
    )


def _lists() -> rx.Component:
    return rx.fragment(
        rx.el.nav(
            rx.foreach(
                WinnersState.lists,
                lambda one: rx.el.a(
                    one.heading, href=one.href, reload_document=True, class_name="btn btn-ghost btn-small"
                ),
            ),
            aria_label=texts.BOARDS_LABEL,
            class_name="flex flex-wrap gap-2",
        ),
        rx.foreach(WinnersState.lists, _list),
    )


def _list(one: ListView) -> rx.Component:
    return card(
        rx.el.p(one.said, class_name="fine tabular"),
        rx.cond(one.note != "", notice(one.note)),
        rx.cond(one.withdrawn != "", notice(one.withdrawn, "gold")),
        rx.foreach(one.kinds, _kind),
        heading=one.heading,
        id=one.key,
        key=one.key,
    )


def _kind(kind: KindView) -> rx.Component:
    return rx.el.div(rx.el.h3(kind.name), rx.foreach(kind.prizes, _prize), key=kind.name, class_name="prize-kind")


def _prize(prize: PrizeView) -> rx.Component:
    return rx.el.div(
        rx.el.h4(prize.title),
        rx.cond(
            prize.winners,
            rx.el.ul(rx.foreach(prize.winners, _winner), class_name="lines people"),
            rx.el.p(texts.NOBODY, class_name="soft"),
        ),
        key=prize.title,
        class_name="prize",
    )


def _winner(one: WinnerView) -> rx.Component:
    return rx.el.li(
        rx.cond(
            one.slogan,
            rx.fragment(rx.el.b(slogan_text(one.facts)), rx.el.span(one.name, class_name="soft")),
            rx.fragment(
                rx.el.b(one.name),
                rx.cond(one.unit != "", rx.el.span(one.unit, class_name="soft")),
                rx.el.span(one.facts, class_name="fine tabular"),
            ),
        )
    )
