"""Parts of signing in, registering and the account: doors, steps, the unit picker. Values come in as Vars."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import Text, citizen_field, classes, text_field


def doors(*children: Any) -> rx.Component:
    """Two ways in, with a word between them: one under the other on phones, side by side on wide screens."""
    return rx.el.div(*children, class_name="doors")


def divider(word: str) -> rx.Component:
    """A word between two ways."""
    return rx.el.p(rx.el.span(word), class_name="divider")


def counted_citizen_field(label: str, name: str, *, complete: str, hint: str = "", error: Text = "") -> rx.Component:
    """A citizen ID that says `complete` when twelve digits are there (assets/app.js)."""
    return rx.el.div(
        citizen_field(label, name, hint=hint, error=error),
        rx.el.p(class_name="complete", role="status", data_complete_for=name, data_complete=complete),
        class_name="counted",
    )


def courier(path: Any) -> rx.Component:
    """Takes the browser to `path`, as a whole new page, as soon as it is not empty (assets/app.js)."""
    return rx.el.span(hidden=True, data_go=path)


def step_form(*children: Any, step: Any, refusals: Any, on_submit: Any, **props: Any) -> rx.Component:
    """A form of which one step is shown; it moves the focus to what needs it (assets/app.js).

    Args:
        children: `form_step`s and what else it holds.
        step: The number of the step shown.
        refusals: Counts up with every refusal.
        on_submit: Takes the whole form.
        props: Whatever a form takes.
    """
    return rx.el.form(
        rx.el.input(type="hidden", name="step", value=step.to(str), read_only=True),
        *children,
        on_submit=on_submit,
        no_validate=True,
        data_step=step,
        data_refusals=refusals,
        class_name="step-form",
        **props,
    )


def form_step(*children: Any, heading: str, number: int, current: Any) -> rx.Component:
    """One step: always there, so that what is typed stays; shown when it is the current one."""
    return rx.el.section(
        rx.el.h2(heading, tab_index=-1, data_step_heading=number),
        *children,
        hidden=current != number,
        class_name="card form-step",
    )


def steps_bar(current: Any, *, words: Any, count: int) -> rx.Component:
    """Where one is, in words and as a bar."""
    marks = [
        rx.el.i(class_name=rx.cond(current > number, "done", rx.cond(current == number, "current", "")))
        for number in range(1, count + 1)
    ]
    return rx.el.div(
        rx.el.p(words, class_name="eyebrow tabular", aria_live="polite"),
        rx.el.div(*marks, class_name="segments", aria_hidden="true"),
        class_name="steps-bar",
    )


def step_buttons(*buttons: Any) -> rx.Component:
    """The main button first, the others after it."""
    return rx.el.div(*buttons, class_name="step-buttons")


def second_look(title: str, sentences: Any, after: str) -> rx.Component:
    """What one should check again; read out at once, blocks nothing."""
    return rx.el.div(
        rx.el.p(rx.el.b(title)),
        rx.el.ul(rx.foreach(sentences, rx.el.li)),
        rx.el.p(after),
        role="alert",
        class_name="notice gold second-look",
    )


def unit_picker(label: str, groups: Any, *, error: Any, wording: dict[str, str]) -> rx.Component:
    """A list of radio buttons by bloc, and a search field that narrows it as one types (assets/app.js).

    Args:
        label: Names the search field.
        groups: Groups with a `name` and `units` that have `code`, `name` and `key` (accent-free).
        error: The sentence of a refusal, or empty.
        wording: `hint`, `list` (name of the list), `chosen`, `found` and `none`.
    """
    return rx.el.div(
        text_field(
            label,
            "unit_search",
            hint=wording["hint"],
            error=error,
            type="search",
            enter_key_hint="search",
            data_picker_search="1",
        ),
        rx.el.p(class_name="picked", role="status", data_picked=wording["chosen"]),
        rx.el.div(
            rx.foreach(groups, _unit_group), role="radiogroup", aria_label=wording["list"], class_name="unit-list"
        ),
        rx.el.p(class_name="hint", role="status", data_picker_count=wording["found"], data_picker_none=wording["none"]),
        class_name="picker",
        data_picker="1",
    )


def _unit_group(group: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(group.name, class_name="unit-bloc"),
        rx.foreach(group.units, _unit),
        role="group",
        aria_label=group.name,
        class_name="unit-group",
    )


def _unit(unit: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="unit", value=unit.code),
        rx.el.span(unit.name),
        data_key=unit.key,
        class_name="unit",
    )


def post_button(label: str, action: str, *, kind: str) -> rx.Component:
    """A button that sends a plain form to an address of this site and loads what comes back."""
    return rx.el.form(
        rx.el.button(label, type="submit", class_name=classes("btn", f"btn-{kind}")),
        method="post",
        action=action,
        on_submit=None,  # said, because without it the framework keeps the browser from sending forms
    )


def folded(summary: str, *children: Any) -> rx.Component:
    """Something one has to open first, so that no slip of the thumb presses what is inside."""
    return rx.el.details(rx.el.summary(summary), *children, class_name="forgotten")


def facts(*pairs: tuple[str, Any]) -> rx.Component:
    """Names and values, one pair a line."""
    return rx.el.dl(
        *[rx.el.div(rx.el.dt(name, class_name="soft"), rx.el.dd(value)) for name, value in pairs], class_name="facts"
    )
