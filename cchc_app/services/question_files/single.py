"""One question typed into a form, held to the same rules as those of files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cchc_app.contest.errors import ContestError
from cchc_app.services.question_files.checks import Checker
from cchc_app.services.question_files.model import Column, Draft, ParsedQuestion, Reading, RepairKind


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """What a form holds.

    Args:
        texts: By column; what is missing is empty.
        options: As typed, in order.
        key: The accepted options, by index.
        dates: By column.
    """

    texts: Mapping[Column, str]
    options: Sequence[str]
    key: Sequence[int]
    dates: Mapping[Column, str]


def judge(typed: TypedQuestion) -> tuple[ParsedQuestion, dict[Column, ContestError]]:
    """The question as it would be stored, and what is wrong by column: it may be stored only when nothing is."""
    draft = Draft(1, dict(typed.texts), list(typed.options), tuple(typed.key), dict(typed.dates))
    reading = Reading([draft])
    # What somebody types is what they see: no guessing at old encodings.
    checker = Checker(reading, (), keep=(RepairKind.LEGACY_TEXT,))
    question = checker.question(draft)
    return question, {one.column: ContestError(one.code, **one.details) for one in reading.errors}
