"""What the states of the contest's pages share: who is looking, what was typed, what was refused."""

from collections.abc import Mapping

from cchc_app.services.typed_fields import LONGEST_MARKDOWN

MAX_FIELDS = 700


def typed_values(form: object) -> dict[str, str]:
    """The text fields of a submitted form, each cut where no right value reaches; whatever else is left out."""
    if not isinstance(form, Mapping):
        return {}
    pairs = list(form.items())[:MAX_FIELDS]
    return {
        name: value[: LONGEST_MARKDOWN + 1] for name, value in pairs if isinstance(name, str) and isinstance(value, str)
    } | {name: "on" for name, value in pairs if isinstance(name, str) and value is True}


def whole_number(raw: object) -> int:
    """A revision or a row's number as a form or an argument sends it; -1 for what is none."""
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) <= 12:
        return int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 2**53 else -1
