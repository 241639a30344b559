"""Controls: buttons, fields, cards, notices and the states of a page. Values come in as arguments or Vars."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from cchc_app.components.art import icon
from cchc_app.texts import common

Text = str | rx.Var[str]
Flag = bool | rx.Var[bool]

PIN_LENGTH = 6


def classes(*names: str) -> str:
    """The class names that are not empty, separated by spaces."""
    return " ".join(name for name in names if name)


def link(*children: Any, href: Text, **props: Any) -> rx.Component:
    """A link inside the site: the next page is drawn without loading the site again."""
    return rx.el.a(*children, href=href, **props)


def button(label: Any, *, kind: str = "primary", small: bool = False, busy: Flag = False, **props: Any) -> rx.Component:
    """A button named by a verb.

    Args:
        label: What happens.
        kind: `primary` for the one main action, `ghost` for a second one, `quiet` for the rest.
        small: Beside other things rather than across the column.
        busy: Waits for the server: announced, and refuses another press.
        props: Whatever a button takes; `type` is `button` unless said.
    """
    props.setdefault("type", "button")
    disabled = rx.Var.create(props.pop("disabled", False)).bool() | rx.Var.create(busy).bool()
    return rx.el.button(
        label,
        class_name=classes("btn", f"btn-{kind}", "btn-small" if small else ""),
        aria_busy=busy,
        disabled=disabled,
        **props,
    )


def link_button(label: Any, href: Text, *, kind: str = "primary", small: bool = False, **props: Any) -> rx.Component:
    """A link that looks like a button of the same kind."""
    return link(label, href=href, class_name=classes("btn", f"btn-{kind}", "btn-small" if small else ""), **props)


def text_field(label: Text, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """One line of text with its label above, and its hint and its error beside it.

    Args:
        label: The visible name.
        name: Form name; the element's id as well, unless `id` is given.
        hint: What is expected; empty for none.
        error: One sentence, empty when the value is right.
        props: Whatever an input takes.
    """
    identifier = props.pop("id", name)
    kind = props.pop("class_name", "")
    return _field(
        label,
        identifier,
        rx.el.input(
            id=identifier,
            name=name,
            class_name=classes("input", kind),
            aria_invalid=_wrong(error),
            aria_describedby=_described_by(identifier, hint),
            **{"type": "text", "auto_complete": "off", **props},
        ),
        hint=hint,
        error=error,
    )


def text_area(label: Text, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Several lines of text; arguments as `text_field`."""
    return _field(
        label,
        name,
        rx.el.textarea(
            id=name,
            name=name,
            class_name="input",
            aria_invalid=_wrong(error),
            aria_describedby=_described_by(name, hint),
            **props,
        ),
        hint=hint,
        error=error,
    )


def select_field(
    label: Text, name: Any, options: Sequence[Any], *, value: Any = "", hint: Text = "", error: Text = "", **props: Any
) -> rx.Component:
    """One of several choices; arguments as `text_field`, and

    Args:
        options: Option elements, see `options_of`.
        value: The chosen one's value.
    """
    identifier = props.pop("id", name)
    return _field(
        label,
        identifier,
        rx.el.select(
            *options,
            id=identifier,
            name=name,
            default_value=value,
            class_name="input",
            aria_invalid=_wrong(error),
            aria_describedby=_described_by(identifier, hint),
            **props,
        ),
        hint=hint,
        error=error,
    )


def options_of(choices: Any, *, first: str = "") -> list[Any]:
    """Option elements of a select.

    Args:
        choices: Words by value, or items with `value` and `name`, as a Var or not.
        first: What stands there before one is chosen; empty when one always is.
    """
    unchosen = [rx.el.option(first, value="")] if first else []
    if isinstance(choices, dict):
        return [*unchosen, *(rx.el.option(words, value=str(value)) for value, words in choices.items())]
    return [*unchosen, rx.foreach(choices, lambda choice: rx.el.option(choice.name, value=choice.value))]


def citizen_field(label: Text, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """A citizen ID number: numeric keyboard, grouped 3-1-2-6 as typed (assets/app.js); arguments as `text_field`."""
    return text_field(
        label,
        name,
        hint=hint,
        error=error,
        class_name="citizen tabular",
        **{"input_mode": "numeric", "data_citizen_id": "1", "max_length": 40, **props},
    )


def pin_field(label: Text, name: str, *, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Six boxes drawn over one real password input, so keyboards and pasting just work; arguments as `text_field`."""
    identifier = props.pop("id", name)
    attributes = {"type": "password", "input_mode": "numeric", "auto_complete": "off", "data_pin": "1", **props}
    return _field(
        label,
        identifier,
        rx.el.span(
            rx.el.span(*[rx.el.i() for _ in range(PIN_LENGTH)], class_name="pin-boxes", aria_hidden="true"),
            rx.el.input(
                id=identifier,
                name=name,
                aria_invalid=_wrong(error),
                aria_describedby=_described_by(identifier, hint),
                **attributes,
            ),
            class_name="pin",
        ),
        hint=hint,
        error=error,
    )


def check_field(label: Any, name: str, *, error: Text = "", **props: Any) -> rx.Component:
    """A checkbox with its sentence; never ticked beforehand."""
    return rx.el.div(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                id=name,
                name=name,
                aria_invalid=_wrong(error),
                aria_describedby=f"{name}-error",
                **props,
            ),
            rx.el.span(label),
            class_name="check",
        ),
        field_error(error, name),
        class_name="field",
    )


def field_error(error: Text, name: str) -> rx.Component:
    """The sentence beside a field, read out when it appears."""
    return rx.el.p(error, id=f"{name}-error", class_name="error", aria_live="polite")


def _field(label: Text, name: str, control: rx.Component, *, hint: Text, error: Text) -> rx.Component:
    hints = [] if isinstance(hint, str) and not hint else [rx.el.p(hint, id=f"{name}-hint", class_name="hint")]
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="label"),
        control,
        *hints,
        field_error(error, name),
        class_name="field",
    )


def _described_by(name: str, hint: Text) -> str:
    return f"{name}-error" if isinstance(hint, str) and not hint else f"{name}-hint {name}-error"


def _wrong(error: Text) -> rx.Var:
    return rx.cond(rx.Var.create(error) != "", "true", "false")


def card(*children: Any, heading: Text = "", class_name: str = "", **props: Any) -> rx.Component:
    """A group of things that belong together, under its heading."""
    heads = [] if isinstance(heading, str) and not heading else [rx.el.h2(heading)]
    return rx.el.section(*heads, *children, class_name=classes("card", class_name), **props)


def pill(text: Any, tone: str = "", *, dot: bool = False) -> rx.Component:
    """A short state in a word. Tones: brand (empty), `right`, `wrong`, `gold`, `info`, `plain`."""
    return rx.el.span(text, class_name=classes("pill", tone, "dot" if dot else ""))


def tabs(label: str, *items: rx.Component) -> rx.Component:
    """A row of `tab`s; one of them is the page shown."""
    return rx.el.nav(*items, aria_label=label, class_name="tabs")


def tab(text: Any, *, current: Flag, href: Text = "", **props: Any) -> rx.Component:
    """One choice of `tabs`: a link when it has an address, else a button with its `on_click`."""
    mark = rx.cond(rx.Var.create(current).bool(), "page", rx.Var("undefined"))
    if isinstance(href, str) and not href:
        return rx.el.button(text, type="button", aria_current=mark, **props)
    return link(text, href=href, aria_current=mark, **props)


def skeleton(lines: int = 3) -> rx.Component:
    """What is being loaded, as grey lines: shown when it takes longer than a moment."""
    widths = ("100%", "84%", "62%")
    return rx.el.div(
        rx.el.span(common.LOADING, class_name="sr-only"),
        *[rx.el.span(class_name="bone", style={"width": widths[line % len(widths)]}) for line in range(lines)],
        class_name="card",
        role="status",
    )


def empty_state(title: Text, text: Text, *actions: rx.Component, drawing: str = "flag") -> rx.Component:
    """Says what will be here and what to do meanwhile."""
    return rx.el.section(
        rx.el.div(icon(drawing, "ico art"), aria_hidden="true"),
        rx.el.h2(title),
        rx.el.p(text, class_name="soft"),
        *actions,
        class_name="card state",
    )


def error_state(title: Text, text: Text, *actions: rx.Component, code: Text = "") -> rx.Component:
    """What went wrong, why, what to do now, and the code support can look up."""
    codes = [] if isinstance(code, str) and not code else [support_code(code)]
    return rx.el.section(
        rx.el.h2(title), rx.el.p(text, class_name="soft"), *codes, *actions, class_name="card", role="alert"
    )


def notice(text: Any, tone: str = "", *, code: Text = "") -> rx.Component:
    """A sentence that concerns the whole page. Tones: info (empty), `right`, `wrong`, `gold`."""
    codes = [] if isinstance(code, str) and not code else [support_code(code)]
    return rx.el.div(rx.el.p(text), *codes, class_name=classes("notice", tone), role="status")


def support_code(code: Text) -> rx.Component:
    """The code of a refusal or a failure."""
    return rx.el.p(common.ERROR_CODE, " ", rx.el.code(code), class_name="fine")


def copy_button(value: Text, label: str = common.COPY) -> rx.Component:
    """Copies `value` and says so (assets/app.js)."""
    return rx.el.button(
        label, type="button", class_name="btn btn-ghost btn-small", data_copy=value, data_copied=common.COPIED
    )
