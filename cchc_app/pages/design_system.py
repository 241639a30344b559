"""Every component in every state, in both colour schemes; development only."""

from collections.abc import Iterable

import reflex as rx

from cchc_app import layout
from cchc_app.components import art, controls, marks
from cchc_app.texts import design_system as texts
from cchc_app.theme import TOKENS


def design_system() -> rx.Component:
    """The sheet that is looked at before a change of the look is called done."""
    return layout.page(
        rx.el.h1(texts.TITLE),
        rx.el.div(
            *(rx.el.div(*_sheet(scheme), class_name=f"{scheme} specimen") for scheme in ("light", "dark")),
            class_name="grid gap-4 lg:grid-cols-2",
        ),
        wide=True,
    )


def _sheet(scheme: str) -> Iterable[rx.Component]:
    yield _colours()
    yield _buttons()
    yield _fields(scheme)
    yield _states()
    yield _marks(scheme)


def _colours() -> rx.Component:
    return controls.card(
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.span(class_name="swatch", style={"background": f"var(--color-{name})"}),
                    name,
                    class_name="fine flex items-center gap-2",
                )
                for name in TOKENS
            ),
            class_name="grid grid-cols-2 gap-1",
        ),
        heading=texts.COLOURS,
    )


def _buttons() -> rx.Component:
    return controls.card(
        controls.button(texts.BUTTON),
        controls.button(texts.BUTTON, kind="ghost"),
        controls.button(texts.BUTTON, kind="quiet"),
        controls.button(texts.DISABLED, disabled=True),
        controls.button(texts.BUSY, busy=True),
        rx.el.div(
            controls.button(texts.BUTTON, small=True),
            controls.copy_button(texts.SAMPLE),
            class_name="flex flex-wrap gap-2",
        ),
        rx.el.div(
            *(
                controls.pill(tone or texts.PILL, tone, dot=not tone)
                for tone in ("", "right", "wrong", "gold", "info", "plain")
            ),
            class_name="flex flex-wrap gap-2",
        ),
        rx.el.div(*(art.icon(name) for name in art.ICONS), class_name="flex flex-wrap gap-2"),
        heading=texts.BUTTONS,
    )


def _fields(scheme: str) -> rx.Component:
    return controls.card(
        controls.text_field(texts.FIELD, f"{scheme}-name", hint=texts.HINT),
        controls.text_field(texts.FIELD, f"{scheme}-wrong", error=texts.ERROR, default_value=texts.SAMPLE),
        controls.citizen_field(texts.FIELD, f"{scheme}-citizen"),
        controls.pin_field(texts.FIELD, f"{scheme}-pin", hint=texts.HINT),
        controls.pin_field(texts.FIELD, f"{scheme}-pin-wrong", error=texts.ERROR),
        controls.text_area(texts.FIELD, f"{scheme}-area"),
        controls.check_field(texts.SAMPLE, f"{scheme}-check", error=texts.ERROR),
        heading=texts.FIELDS,
    )


def _states() -> rx.Component:
    return rx.el.div(
        *(controls.notice(texts.SAMPLE, tone) for tone in ("", "right", "wrong", "gold")),
        controls.skeleton(),
        controls.empty_state(texts.EMPTY, texts.SAMPLE, controls.button(texts.BUTTON)),
        controls.error_state(texts.FAILED, texts.SAMPLE, controls.button(texts.BUTTON), code="CCHC-999"),
        class_name="grid gap-3",
    )


def _marks(scheme: str) -> rx.Component:
    return controls.card(
        marks.score_ring(18, 20, texts.OF),
        marks.segments(["right", "right", "wrong", "answered", "current", "todo", "todo"]),
        rx.el.div(marks.stat("214", texts.SAMPLE), marks.stat("3", texts.SAMPLE), class_name="grid grid-cols-2 gap-2"),
        marks.podium(*(marks.podium_place(place, texts.NAME, "20 · 06:11") for place in (1, 2, 3))),
        controls.tabs(
            f"{texts.TABS} ({scheme})", *(controls.tab(f"{texts.TAB} {n}", current=n == 1) for n in (1, 2, 3))
        ),
        rx.el.div(art.branch(), art.waves(), rx.el.div(rx.el.h1(texts.TITLE), class_name="hero-in"), class_name="hero"),
        heading=texts.MARKS,
    )
