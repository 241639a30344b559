"""Refusals of a form: every field gets its own, all at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from cchc_app.contest.errors import ContestError

T = TypeVar("T")


class FieldErrors(Exception):
    """A form that cannot be accepted, and why, by field name."""

    def __init__(self, errors: Mapping[str, ContestError]) -> None:
        super().__init__(", ".join(f"{name}: {error.code.name}" for name, error in errors.items()))
        self.errors = errors


class Fields:
    """Reads a form field by field and remembers what was wrong."""

    def __init__(self) -> None:
        self.errors: dict[str, ContestError] = {}

    def read(self, name: str, parse: Callable[[], T]) -> T | None:
        """What `parse` makes of a field; None when it refuses."""
        try:
            return parse()
        except ContestError as error:
            self.errors[name] = error
            return None

    def refuse_if_wrong(self) -> None:
        """Raise FieldErrors when any field was refused."""
        if self.errors:
            raise FieldErrors(self.errors)
