"""What the states of forms share: reading what a browser sent, wording what was refused."""

from reflex.istate.data import ReflexURL

from cchc_app import routes
from cchc_app.services.field_errors import FieldErrors
from cchc_app.texts import message

MAX_TYPED = 400
ROW_DIGITS = 15


def typed(form: object, name: str) -> str:
    """A field of a submitted form, cut where no right value reaches; empty when it is missing or not text."""
    value = form.get(name) if isinstance(form, dict) else None
    return value[:MAX_TYPED] if isinstance(value, str) else ""


def row_number(value: object) -> int:
    """A row's number as a browser sent it, a whole number or its digits; 0 for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= ROW_DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**ROW_DIGITS else 0


def ticked(form: object, name: str) -> bool:
    """Whether a checkbox of a submitted form is on."""
    return isinstance(form, dict) and form.get(name) in (True, "on")


def field_messages(refused: FieldErrors) -> dict[str, str]:
    """The sentence of every refused field."""
    return {name: message(error.code, error.details) for name, error in refused.errors.items()}


def next_path(url: ReflexURL) -> str:
    """Where to go after signing in: what the page was asked for, else the quiz."""
    return routes.local_path(url.query_parameters.get("tiep"), default=routes.QUIZ)
