"""The one page of the stand-in: who do you want to be?"""

from collections.abc import Mapping
from html import escape

from cchc_app.settings import FRONTEND
from cchc_app.texts import standin as texts

FREE_FIELDS = (("number", texts.NUMBER), ("name", texts.NAME), ("birth_date", texts.BIRTH_DATE))


def chooser(action: str, request: Mapping[str, str], *, wrong: bool = False) -> str:
    """The page that offers citizens; `request` is carried along in hidden fields."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in request.items()
    )
    buttons = "".join(
        f'<button class="btn btn-ghost" name="citizen" value="{place}">'
        f"<span>{escape(name)}<br>{number} · {escape(dict(texts.LEVELS)[level])}</span></button>"
        for place, (number, name, _, level) in enumerate(texts.CITIZENS)
    )
    form = f'<form method="post" action="{escape(action)}" class="step-form">{hidden}'
    return _whole(
        f'<section class="card"><h2>{texts.CHOOSE}</h2>{form}{buttons}</form></section>'
        f'<section class="card"><h2>{texts.OTHER}</h2>{form}{_free_fields(wrong)}'
        f'<button class="btn btn-primary">{texts.CONTINUE}</button></form></section>'
        f'{form}<button class="btn btn-quiet" name="cancel" value="1">{texts.CANCEL}</button></form>'
    )


def refusal() -> str:
    """The page for a request that no relying party of ours makes."""
    return _whole(f'<div class="notice wrong" role="alert"><p>{texts.WRONG_REQUEST}</p></div>')


def _free_fields(wrong: bool) -> str:
    fields = "".join(
        f'<div class="field"><label class="label" for="{name}">{label}</label>'
        f'<input class="input" id="{name}" name="{name}" autocomplete="off"></div>'
        for name, label in FREE_FIELDS
    )
    options = "".join(f'<option value="{level}">{label}</option>' for level, label in texts.LEVELS)
    error = f'<p class="error" role="alert">{texts.WRONG_INPUT}</p>' if wrong else ""
    return (
        f'{error}{fields}<div class="field"><label class="label" for="level">{texts.LEVEL}</label>'
        f'<select class="input" id="level" name="level">{options}</select></div>'
    )


def _whole(body: str) -> str:
    styles = "".join(
        f'<link rel="stylesheet" href="/assets/{file.name}">'
        for file in sorted(FRONTEND.glob("assets/__reflex_global_styles-*.css"))
    )
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{texts.TITLE}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="/favicon.svg" type="image/svg+xml">{styles}</head>'
        f'<body><main class="main"><h1>{texts.TITLE}</h1>'
        f'<div class="notice gold"><p>{texts.WARNING}</p></div>{body}</main></body></html>'
    )
