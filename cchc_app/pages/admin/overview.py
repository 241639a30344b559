"""/quan-tri: the staff's first page."""

import reflex as rx

from cchc_app import layout
from cchc_app.components.controls import card, skeleton
from cchc_app.states.admin.overview import OverviewState
from cchc_app.states.admin.session import StaffState
from cchc_app.texts import admin as texts


def overview() -> rx.Component:
    """For every member of staff."""
    return layout.desk(
        rx.cond(
            OverviewState.may,
            card(
                rx.el.h2(texts.OVERVIEW_HELLO, ", ", StaffState.display_name),
                rx.el.p(texts.OVERVIEW_MAY, ":"),
                rx.el.ul(rx.foreach(OverviewState.may, rx.el.li), class_name="may"),
                rx.el.p(texts.OVERVIEW_PAGES, class_name="soft"),
            ),
            skeleton(3),
        ),
        title=texts.OVERVIEW,
        active="overview",
    )
