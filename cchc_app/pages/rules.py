"""/the-le: the regulations in words, with their version and digest."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, copy_button, notice, skeleton
from cchc_app.states.rules import ArticleView, RulesState, VersionView
from cchc_app.texts import rules as texts


def rules() -> rx.Component:
    """Every article on one page."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.el.p(texts.INTRO),
        rx.cond(RulesState.notice != "", notice(RulesState.notice, "gold")),
        rx.cond(
            RulesState.version > 0,
            rx.fragment(rx.foreach(RulesState.articles, _article), _version()),
            rx.cond(RulesState.notice == "", rx.fragment(skeleton(4), skeleton(6), skeleton(5))),
        ),
    )


def _article(article: ArticleView) -> rx.Component:
    return rx.el.section(
        rx.el.h2(article.heading),
        rx.foreach(article.sentences, rx.el.p),
        class_name="card reading",
    )


def _version() -> rx.Component:
    return card(
        rx.el.p(texts.VERSION, " ", rx.el.b(RulesState.version), " · ", texts.DIGEST, " "),
        rx.el.div(rx.el.code(RulesState.short_digest), copy_button(RulesState.digest), class_name="row"),
        rx.el.p(texts.DIGEST_HINT, class_name="soft"),
        rx.el.h2(texts.VERSIONS_TITLE),
        rx.el.ul(rx.foreach(RulesState.versions, _published), class_name="lines"),
    )


def _published(version: VersionView) -> rx.Component:
    return rx.el.li(rx.el.span(version.said), rx.cond(version.note != "", rx.el.span(version.note, class_name="soft")))
