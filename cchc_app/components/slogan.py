"""The writing desk's parts. Counter, chips and the state of the draft are written by assets/slogan.js."""

from typing import Any

import reflex as rx

from cchc_app.components.controls import button, card, check_field, field_error, text_field
from cchc_app.components.slogan_versions import quote
from cchc_app.texts import common
from cchc_app.texts import slogan as texts

# Longer than anybody writes, short enough for one message of the socket.
MAX_TYPED = 6_000
WRITING_FIELDS = ("text", "explanation", "author", "author_public")


def time_left(round_: Any) -> rx.Component:
    """The deadline in words and what is left, counted in the browser; tells the page when it is over."""
    return rx.el.span(
        round_.deadline,
        rx.cond(
            round_.is_open,
            rx.el.span(
                f" · {texts.LEFT} ",
                rx.el.b(data_left_text="", class_name="tabular"),
                role="timer",
                data_deadline=round_.deadline_ms,
                data_server_now=round_.server_now_ms,
                data_words="|".join((common.DAYS, common.HOURS, common.MINUTES, common.SECONDS)),
                data_left="",
                data_slogan_clock="",
            ),
        ),
        class_name="soft",
    )


def editor(*, round_: Any, draft: Any, theirs: Any, errors: Any, state: Any, on_ask: Any) -> rx.Component:
    """Text, explanation, author; everything the browser needs to count and to keep the draft.

    Args:
        round_: The round, with its limits.
        draft: What is stored.
        theirs: The other's draft in a conflict.
        errors: A sentence by field name.
        state: `open`, `saved` (words), `ack`, `refused`, `slot`, `refusals` as Vars.
        on_ask: Handles the form when it is sent.
    """
    return rx.el.div(
        _conflict(theirs, state["on_settle"]),
        _rescue(),
        rx.el.form(
            *_signature(),
            card(_text(round_, draft, errors), class_name="slogan-card"),
            card(_explanation(draft, errors), _author(draft, errors)),
            _save_line(state["saved"]),
            rx.el.div(
                button(texts.SAVE, kind="ghost", data_slogan_do="save"),
                button(texts.SEND, type="submit"),
                class_name="slogan-buttons",
            ),
            _leftover(),
            on_submit=on_ask,
            reset_on_submit=False,
            data_slogan_form="",
            data_refusals=state["refusals"],
            class_name="step-form",
        ),
        data_slogan_editor="",
        data_limits=round_.limits,
        data_verdicts=texts.VERDICTS,
        data_revision=draft.revision,
        data_slot=state["slot"],
        data_open=rx.cond(state["open"], "1", "0"),
        data_deadline_ms=round_.deadline_ms,
        data_ack=state["ack"],
        data_refused=state["refused"],
        data_conflict=rx.cond(theirs.said != "", "1", "0"),
        class_name="slogan-editor",
    )


def draft_form(on_save: Any) -> rx.Component:
    """What the browser sends after a pause; filled in by assets/slogan.js."""
    hidden = (rx.el.input(type="hidden", name=name) for name in WRITING_FIELDS)
    return rx.el.form(
        *_signature(), *hidden, on_submit=on_save, reset_on_submit=False, data_slogan_draft="", hidden=True
    )


def _signature() -> tuple[rx.Component, ...]:
    return tuple(rx.el.input(type="hidden", name=name) for name in ("serial", "revision"))


def _text(round_: Any, draft: Any, errors: Any) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.label(texts.TEXT, html_for="slogan-text", class_name="label"),
            rx.el.textarea(
                id="slogan-text",
                name="text",
                default_value=draft.text,
                rows="3",
                max_length=MAX_TYPED,
                spell_check=True,
                aria_invalid=rx.cond(errors["text"].to(str), "true", "false"),
                aria_describedby="slogan-text-hint text-error slogan-verdict",
                data_slogan_field="text",
                class_name="input slogan-input",
            ),
            rx.el.p(texts.TEXT_HINT, id="slogan-text-hint", class_name="hint"),
            field_error(errors["text"].to(str), "text"),
            class_name="field",
        ),
        rx.el.div(
            rx.el.p(
                rx.el.b(data_slogan="count", class_name="tabular slogan-count"),
                " ",
                rx.el.span(round_.allowed, class_name="soft"),
            ),
            rx.el.b(data_slogan="verdict", id="slogan-verdict", class_name="slogan-verdict"),
            class_name="row",
        ),
        rx.el.div(rx.el.i(), rx.el.b(), data_slogan="bar", class_name="slogan-bar", aria_hidden="true"),
        rx.el.ul(data_slogan="chips", aria_label=texts.CHIPS_LABEL, class_name="slogan-chips"),
        rx.el.div(
            rx.el.p(texts.PREVIEW, class_name="fine"),
            quote(data_slogan="preview"),
            class_name="slogan-preview",
        ),
        rx.el.p(data_slogan="live", role="status", class_name="sr-only"),
    )


def _explanation(draft: Any, errors: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.label(texts.EXPLANATION, html_for="slogan-explanation", class_name="label"),
            rx.el.span(data_slogan="explanation-count", data_word=texts.OUT_OF, class_name="fine tabular"),
            class_name="row",
        ),
        rx.el.textarea(
            id="slogan-explanation",
            name="explanation",
            default_value=draft.explanation,
            rows="4",
            max_length=MAX_TYPED,
            aria_invalid=rx.cond(errors["explanation"].to(str), "true", "false"),
            aria_describedby="slogan-explanation-hint explanation-error",
            data_slogan_field="explanation",
            class_name="input",
        ),
        rx.el.p(texts.EXPLANATION_HINT, id="slogan-explanation-hint", class_name="hint"),
        field_error(errors["explanation"].to(str), "explanation"),
        class_name="field",
    )


def _author(draft: Any, errors: Any) -> rx.Component:
    return rx.fragment(
        text_field(
            texts.AUTHOR,
            "author",
            hint=texts.AUTHOR_HINT,
            error=errors["author"].to(str),
            default_value=draft.author,
            max_length=200,
            data_slogan_field="author",
        ),
        check_field(
            texts.AUTHOR_PUBLIC,
            "author_public",
            default_checked=draft.author_public,
            data_slogan_field="author_public",
        ),
    )


def _save_line(saved: Any) -> rx.Component:
    return rx.el.p(
        rx.el.span(saved, class_name="when-clean"),
        rx.el.span(texts.UNSAVED, class_name="when-dirty"),
        rx.el.span(texts.SAVING, class_name="when-saving"),
        rx.el.span(texts.SAVE_FAILED, class_name="when-failed"),
        class_name="slogan-saved",
    )


def _leftover() -> rx.Component:
    """Shown when nothing can be saved any more and something is typed that was not."""
    return rx.el.div(
        rx.el.p(texts.LEFTOVER),
        rx.el.button(
            texts.COPY_TEXT,
            type="button",
            data_slogan="copy",
            data_copy="",
            data_copied=common.COPIED,
            class_name="btn btn-ghost",
        ),
        class_name="slogan-leftover notice gold",
    )


def _conflict(theirs: Any, on_settle: Any) -> rx.Component:
    return rx.el.div(
        rx.el.h2(texts.CONFLICT_TITLE),
        rx.el.p(texts.CONFLICT_TEXT, class_name="soft"),
        rx.el.p(theirs.said, class_name="soft"),
        quote(theirs.text),
        rx.cond(theirs.explanation != "", rx.el.p(theirs.explanation, class_name="soft whitespace-pre-line")),
        rx.el.div(
            button(texts.TAKE_THEIRS, kind="ghost", data_slogan_do="theirs", on_click=on_settle),
            button(texts.KEEP_MINE, kind="ghost", data_slogan_do="mine", on_click=on_settle),
            class_name="slogan-buttons",
        ),
        role="alert",
        data_slogan="theirs",
        data_text=theirs.text,
        data_explanation=theirs.explanation,
        data_author=theirs.author,
        data_public=rx.cond(theirs.author_public, "1", "0"),
        data_revision=theirs.revision,
        hidden=theirs.said == "",
        class_name="card slogan-conflict",
    )


def _rescue() -> rx.Component:
    return rx.el.div(
        rx.el.h2(texts.RESCUE_TITLE),
        rx.el.p(texts.RESCUE_TEXT, class_name="soft"),
        quote(data_slogan="rescued"),
        rx.el.div(
            button(texts.USE_RESCUED, kind="ghost", data_slogan_do="rescue"),
            button(texts.DISCARD_RESCUED, kind="quiet", data_slogan_do="discard"),
            class_name="slogan-buttons",
        ),
        class_name="card slogan-rescue",
    )
