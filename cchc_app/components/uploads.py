"""Sending a file: a plain form of the browser, to a route of this site that checks who sends it."""

from typing import Any

import reflex as rx

from cchc_app.texts import admin_units as texts

SHEET_MEGABYTES = 5


def upload_form(*fields: Any, verb: str, action: str) -> rx.Component:
    """A form with a file.

    Args:
        fields: What it holds.
        verb: What its button says.
        action: The route that takes it.
    """
    return rx.el.form(
        *fields,
        rx.el.button(verb, type="submit", class_name="btn btn-ghost btn-small"),
        method="post",
        action=action,
        enc_type="multipart/form-data",
        on_submit=None,  # said, because without it the framework keeps the browser from sending forms
        class_name="step-form",
    )


def size_limit(megabytes: int, sentence: str) -> dict[str, str]:
    """What a file input says of too large a file before anything of it leaves the browser (assets/app.js).

    Args:
        megabytes: The most.
        sentence: What is said.
    """
    return {"data_max_bytes": str(megabytes * 1024 * 1024), "data_too_large": sentence}


def file_field(label: str, identifier: str) -> rx.Component:
    """Chooses one spreadsheet or CSV file."""
    return rx.el.div(
        rx.el.label(label, html_for=identifier, class_name="label"),
        rx.el.input(
            type="file",
            name="file",
            id=identifier,
            required=True,
            accept=".xlsx,.xls,.ods,.csv",
            class_name="input file",
            **size_limit(SHEET_MEGABYTES, texts.TOO_LARGE),
        ),
        class_name="field",
    )
