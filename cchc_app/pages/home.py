"""The home page."""

import reflex as rx

from cchc_app import layout, routes
from cchc_app.components.art import branch, waves
from cchc_app.components.controls import link_button
from cchc_app.texts import titles


def home() -> rx.Component:
    """Title over the banner art and the way to the quiz."""
    hero = rx.el.div(branch(), waves(), rx.el.div(rx.el.h1(titles.HOME), class_name="hero-in"), class_name="hero")
    return layout.page(link_button("Thi", routes.QUIZ), active="home", hero=hero)
