"""Parts of the organisers' pages of the slogan round. Values come in as Vars."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.components.art import icon
from cchc_app.components.controls import Text, link, tab, tabs
from cchc_app.texts import slogan_desk as texts
from cchc_app.texts import slogan_results as results

SECTIONS = (
    ("list", texts.TAB_LIST, routes.STAFF_SLOGANS),
    ("alike", texts.TAB_ALIKE, routes.STAFF_SLOGANS_ALIKE),
    ("remind", texts.TAB_REMIND, routes.STAFF_SLOGANS_REMIND),
    ("publish", texts.TAB_PUBLISH, routes.STAFF_SLOGANS_PUBLISH),
)


def sections(current: str) -> rx.Component:
    """The pages of the round, one of them the page shown."""
    return tabs(texts.SECTIONS_LABEL, *[tab(name, current=key == current, href=path) for key, name, path in SECTIONS])


def results_link(published: Any) -> rx.Component:
    """The way to the published results, once there are some."""
    return rx.cond(
        published,
        link(results.RESULTS_LINK, icon("next", "ico ico-small"), href=routes.SLOGAN_RESULTS, class_name="more"),
    )


def slogan_text(text: Any) -> rx.Component:
    """A slogan as it is read."""
    return rx.el.q(text, class_name="slogan-text")


def state_pill(name: Any, tone: Any) -> rx.Component:
    """Where a slogan stands."""
    return rx.el.span(name, class_name="pill " + tone.to(str))


def deed(*fields: rx.Component, verb: Text, on_submit: Any, title: Text, text: Text = "") -> rx.Component:
    """Something an organiser decides: folded, so that no slip presses it; opened, it says what it does."""
    said = [] if isinstance(text, str) and not text else [rx.el.p(text, class_name="soft")]
    return rx.el.details(
        rx.el.summary(title),
        rx.el.form(
            *said,
            *fields,
            rx.el.button(verb, type="submit", class_name="btn btn-ghost btn-small"),
            on_submit=on_submit,
            no_validate=True,
            class_name="step-form",
        ),
        class_name="deed",
    )
