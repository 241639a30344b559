"""Charts of the staff's pages, each with the table of its numbers. The chart library never reaches other pages."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import tab
from cchc_app.texts import admin_overview as texts

HEIGHT = 220
AXIS = {"fontSize": 13, "fill": "var(--color-ink-soft)"}


def bar_chart(title: str, bars: Any, *, columns: tuple[str, str], every: Any = "preserveStartEnd") -> rx.Component:
    """Bars over their names, and the same as a table that opens below.

    Nothing moves: a bar that grows would explain nothing. The drawing is hidden from screen readers, the table is not.

    Args:
        title: Names both.
        bars: A list Var of items with `name`, `full` and `value`.
        columns: Headings of the table.
        every: How many names are left out between two that are shown.
    """
    return rx.el.figure(
        rx.el.div(_drawing(bars, every), aria_hidden="true", class_name="chart"),
        rx.el.details(
            rx.el.summary(texts.SEE_NUMBERS),
            rx.el.div(
                rx.el.table(
                    rx.el.caption(title, class_name="sr-only"),
                    rx.el.thead(rx.el.tr(*[rx.el.th(name, scope="col") for name in columns])),
                    rx.el.tbody(rx.foreach(bars, _line)),
                    class_name="dense",
                ),
                class_name="numbers",
                tab_index=0,
                role="region",
                aria_label=title,
            ),
            class_name="deed",
        ),
        aria_label=title,
        class_name="chart-figure",
    )


def _drawing(bars: Any, every: Any) -> rx.Component:
    return rx.recharts.bar_chart(
        rx.recharts.cartesian_grid(vertical=False, stroke="var(--color-line)"),
        rx.recharts.x_axis(data_key="name", interval=every, tick_line=False, axis_line=False, tick=AXIS),
        rx.recharts.y_axis(allow_decimals=False, width=44, tick_line=False, axis_line=False, tick=AXIS),
        rx.recharts.bar(
            data_key="value",
            fill="var(--color-brand)",
            radius=[4, 4, 0, 0],
            max_bar_size=28,
            is_animation_active=False,
        ),
        data=bars.to(list[dict[str, Any]]),
        width="100%",
        height=HEIGHT,
        custom_attrs={"accessibilityLayer": False},
    )


def _line(bar: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.th(bar.full, scope="row"), rx.el.td(bar.value, class_name="num tabular"), key=bar.full.to(str)
    )


def meter(percent: Any, tone: str = "") -> rx.Component:
    """A bar of so many percent; the number stands beside it, so it is hidden from screen readers."""
    width = rx.Var.create(percent).to(str) + "%"
    return rx.el.span(rx.el.i(style={"width": width}), aria_hidden="true", class_name=f"meter {tone}".strip())


def spark(heights: Any) -> rx.Component:
    """A small trend, oldest first, heights in percent; the chart of the same numbers stands below."""
    return rx.el.span(
        rx.foreach(heights, lambda height: rx.el.i(style={"height": height.to(str) + "%"})),
        aria_hidden="true",
        class_name="spark",
    )


def board_tab(board: Any) -> rx.Component:
    """A board one may choose: `name`, `href`, `current`."""
    return tab(board.name, current=board.current, href=board.href.to(str), key=board.name.to(str))
