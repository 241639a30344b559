"""Parts of the judges' desk. Values and event handlers come in as arguments."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import pill
from cchc_app.texts import judging as texts


def progress_bar(done: Any, total: Any, said: Any) -> rx.Component:
    """How many slogans have all their points, as a bar and in words."""
    return rx.el.div(
        rx.el.p(rx.el.b(said, class_name="tabular"), class_name="row"),
        rx.el.progress(value=done, max=total, aria_label=texts.PROGRESS, class_name="judging-bar"),
        class_name="judging-progress",
    )


def slogan_card(name: Any, place: Any, text: Any, skipped: Any) -> rx.Component:
    """The slogan to judge, large, under its blind number."""
    return rx.el.section(
        rx.el.p(
            rx.el.b(name, class_name="eyebrow tabular"),
            rx.el.span(place, class_name="fine tabular"),
            class_name="row",
        ),
        rx.el.h2(text, class_name="judging-text", id="slogan"),
        rx.cond(skipped, rx.el.p(texts.SKIPPED_NOTE, class_name="fine")),
        class_name="card pick",
    )


def criterion(one: Any, scale: Any, *, code: Any, refusals: Any, on_give: Any) -> rx.Component:
    """A criterion with its scale: every number a radio button; what they mean stands under the ends and the middle.

    Args:
        one: `code`, `name`, `share`, `anchors`, `points` (below the scale when none are given).
        scale: All points there are.
        code: The slogan's blind number.
        refusals: Changes when the stored points have to be drawn anew.
        on_give: Makes an event handler of a number.
    """
    group = code.to(str) + "-" + one.code
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.span(one.name, class_name="judging-name"),
            rx.el.span(one.share, class_name="fine"),
            class_name="judging-legend",
        ),
        rx.el.div(
            rx.foreach(
                scale,
                lambda points: rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=group,
                        value=points.to(str),
                        default_checked=one.points == points,
                        on_change=on_give(points),
                        class_name="sr-only",
                        aria_describedby=group + "-anchors",
                    ),
                    rx.el.span(points, class_name="tabular"),
                    key=group + "-" + points.to(str),
                    class_name="judging-point",
                ),
            ),
            class_name="judging-scale",
            key=group + "-" + refusals.to(str),
        ),
        rx.el.ul(
            rx.foreach(one.anchors, rx.el.li),
            id=group + "-anchors",
            class_name="judging-anchors",
        ),
        class_name="judging-criterion",
        key=group,
    )


def task_list(tasks: Any, current: Any, *, on_open: Any) -> rx.Component:
    """Every slogan of the judge with its state; the one on the screen is marked.

    Args:
        tasks: `code`, `name`, `state`, `state_name`, `total`.
        current: Blind number of the one on the screen.
        on_open: Makes an event handler of a blind number.
    """
    return rx.el.ul(
        rx.foreach(
            tasks,
            lambda task: rx.el.li(
                rx.el.button(
                    rx.el.b(task.name, class_name="tabular"),
                    rx.el.span(
                        task.state_name,
                        class_name=rx.cond(task.total != "", "sr-only", ""),
                    ),
                    rx.cond(task.total != "", rx.el.span(task.total, " ", texts.POINTS_OF, class_name="tabular")),
                    type="button",
                    on_click=on_open(task.code),
                    aria_current=rx.cond(task.code == current, "true", rx.Var("undefined")),
                    class_name="judging-chip " + task.state,
                ),
                key=task.code,
            ),
        ),
        class_name="judging-chips",
    )


def scores_table(one: Any, criteria: Any) -> rx.Component:
    """What every judge gave one slogan, criterion by criterion.

    Args:
        one: `name`, `score`, `spread`, `scores` (each `name`, `mine`, `points`, `total`, `comment`).
        criteria: Each with its `name`.
    """
    caption = one.name
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(texts.COLUMN_JUDGE, scope="col"),
                    rx.foreach(criteria, lambda criterion: rx.el.th(criterion.name, scope="col")),
                    rx.el.th(texts.COLUMN_TOTAL, scope="col", class_name="num"),
                )
            ),
            rx.el.tbody(rx.foreach(one.scores, _score)),
            class_name="dense judging-compare",
        ),
        class_name="scroller",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _score(score: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.th(score.name, rx.cond(score.mine, rx.fragment(" ", pill(texts.YOU, "info"))), scope="row"),
        rx.foreach(score.points, lambda points: rx.el.td(points, class_name="tabular")),
        rx.el.td(score.total, class_name="num tabular"),
    )
