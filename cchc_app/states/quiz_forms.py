"""Reading what the quiz screen sends; anything can come."""

from typing import Any

from cchc_app.contest.errors import ContestError, ErrorCode


def read_answer(form: dict[str, Any]) -> tuple[str, int, int]:
    """What the answer form sent; anything else than it can send is a bad request."""
    if not isinstance(form, dict):
        raise ContestError(ErrorCode.BAD_REQUEST)
    receipt, position, choice = (form.get(name) for name in ("paper", "position", "choice"))
    if choice in (None, ""):
        raise ContestError(ErrorCode.ANSWER_UNKNOWN_OPTION)
    if not isinstance(receipt, str):
        raise ContestError(ErrorCode.BAD_REQUEST)
    return receipt, _small_number(position), _small_number(choice)


def _small_number(value: object) -> int:
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 4):
        raise ContestError(ErrorCode.BAD_REQUEST)
    return int(value)


def checked_position(position: object, count: int) -> int:
    """The question asked for, when the paper has it."""
    if not isinstance(position, int) or isinstance(position, bool) or not 0 <= position < count:
        raise ContestError(ErrorCode.ANSWER_UNKNOWN_QUESTION)
    return position


def read_prediction(form: dict[str, Any]) -> int | None:
    """The guess in the form, None when the form did not ask for one."""
    if not isinstance(form, dict):
        raise ContestError(ErrorCode.BAD_REQUEST)
    raw = form.get("prediction")
    if raw is None:  # also what the framework sends for a field that is not there
        return None
    digits = raw.strip().replace(".", "") if isinstance(raw, str) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise ContestError(ErrorCode.PREDICTION_INVALID)
    return int(digits)
