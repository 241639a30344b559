"""Figures made visible: score ring, progress segments, podium, timer, countdown, path of weeks."""

from typing import Any

import reflex as rx

from cchc_app.texts import common

Number = int | rx.Var[int]
Text = str | rx.Var[str]


def score_ring(correct: Number, total: Number, of_text: Text) -> rx.Component:
    """The score as a ring drawn once; `of_text` says out of how many ("trên 20 câu")."""
    share = rx.Var.create(correct).to(int) * 100 / rx.Var.create(total).to(int)
    return rx.el.svg(
        rx.el.svg.circle(cx=60, cy=60, r=50),
        rx.el.svg.circle(
            cx=60,
            cy=60,
            r=50,
            class_name="value",
            custom_attrs={"pathLength": 100},
            stroke_dasharray=share.to_string() + " 100",
        ),
        rx.el.svg.text(correct, x=60, y=66),
        rx.el.svg.text(of_text, x=60, y=84, class_name="of"),
        view_box="0 0 120 120",
        class_name="score-ring",
        aria_hidden="true",
    )


def segments(states: Any) -> rx.Component:
    """One segment a question: `right`, `wrong`, `answered`, `current` or `todo`. Colour only repeats what words say."""
    return rx.el.div(
        rx.foreach(states, lambda state: rx.el.i(class_name=state)), class_name="segments", aria_hidden="true"
    )


def timer_pill(deadline_ms: Any, server_now_ms: Any) -> rx.Component:
    """Time left as mm:ss, counted in the browser from the server's clock, announced at thresholds (assets/app.js)."""
    return rx.el.span(
        rx.el.span(common.TIME_LEFT, class_name="sr-only"),
        rx.el.span(data_countdown_text="", class_name="tabular"),
        role="timer",
        class_name="timer",
        data_deadline=deadline_ms,
        data_server_now=server_now_ms,
    )


def countdown(deadline_ms: Any, server_now_ms: Any) -> rx.Component:
    """Days, hours and minutes left; hours, minutes and seconds on the last day."""
    boxes = [
        rx.el.div(
            rx.el.b("–", data_count=unit, class_name="tabular"),
            rx.el.span(word, data_count_word=unit),
            class_name="stat",
        )
        for unit, word in (("d", common.DAYS), ("h", common.HOURS), ("m", common.MINUTES))
    ]
    return rx.el.div(
        *boxes,
        role="timer",
        aria_label=common.TIME_LEFT,
        class_name="count",
        data_deadline=deadline_ms,
        data_server_now=server_now_ms,
        data_words="|".join((common.DAYS, common.HOURS, common.MINUTES, common.SECONDS)),
    )


def medal(place: int) -> rx.Component:
    """The number of a place among the first three."""
    return rx.el.span(place, class_name="medal " + ("first", "second", "third")[place - 1])


def podium_place(place: int, name: Text, detail: Text) -> rx.Component:
    """One of the first three: medal, name, score and time, standing on a step. Children of `podium`."""
    return rx.el.li(
        medal(place),
        rx.el.b(name),
        rx.el.span(detail, class_name="fine tabular"),
        rx.el.span(class_name="step"),
        class_name=("first", "second", "third")[place - 1],
    )


def podium(*places: rx.Component) -> rx.Component:
    """The first three in reading order; drawn with the first in the middle."""
    return rx.el.ol(*places, class_name="podium")


def stat(value: Any, label: Any) -> rx.Component:
    """One figure with its meaning under it."""
    return rx.el.div(rx.el.b(value, class_name="tabular"), label, class_name="stat")
