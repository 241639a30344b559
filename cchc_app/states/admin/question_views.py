"""A question in the words and shapes of its page, and its form read back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from cchc_app.contest.question_states import QuestionState
from cchc_app.contest.word_diff import word_differences
from cchc_app.services.question_files import Column
from cchc_app.services.question_files.model import LETTERS, OPTION_COLUMNS
from cchc_app.services.question_files.single import TypedQuestion
from cchc_app.services.read_question import QuestionDetail, VersionDetail
from cchc_app.states.forms import ticked, typed
from cchc_app.states.quiz_views import FeedbackView, QuestionView
from cchc_app.texts import admin_questions as texts
from cchc_app.texts.formats import date_text

VERSION = "version"
KEY_BOX = "key_"  # what the names of the checkboxes begin with; a small letter follows
# Longer than what is accepted, so that the form is told and not cut.
MOST_TYPED = 5_000
_TEXTS = (
    *(Column.CODE, Column.POOL, Column.TOPIC, Column.DIFFICULTY),
    *(Column.STEM, Column.EXPLANATION, Column.LEGAL_BASIS),
)
_DATES = (Column.VALID_FROM, Column.VALID_UNTIL)


@dataclass
class OptionView:
    """The fields of one option."""

    letter: str = ""
    name: str = ""
    label: str = ""
    box: str = ""
    box_label: str = ""
    text: str = ""
    accepted: bool = False


@dataclass
class PieceView:
    """Words that were kept, removed or added."""

    change: str = ""
    text: str = ""


@dataclass
class DifferenceView:
    """A part of a question with what changed in it."""

    name: str = ""
    pieces: list[PieceView] = field(default_factory=list)


@dataclass
class VersionView:
    """One version in words."""

    number: int = 0
    title: str = ""
    in_use: bool = False
    first: bool = False
    stem: str = ""
    options: list[str] = field(default_factory=list)
    key: str = ""
    differences: list[DifferenceView] = field(default_factory=list)


@dataclass
class FactView:
    """A part of a question by name."""

    name: str = ""
    value: str = ""


def typed_question(form: object) -> TypedQuestion:
    """What a question's form holds; whatever a browser sends."""
    return TypedQuestion(
        texts={column: typed(form, column.value, longest=MOST_TYPED) for column in _TEXTS},
        options=[typed(form, column.value, longest=MOST_TYPED) for column in OPTION_COLUMNS],
        key=[place for place, letter in enumerate(LETTERS) if ticked(form, f"{KEY_BOX}{letter.lower()}")],
        dates={column: typed(form, column.value) for column in _DATES},
    )


def option_views(options: Sequence[str], key: Sequence[int] = ()) -> list[OptionView]:
    """The fields of all options there may be, filled in."""
    return [
        OptionView(
            letter=letter,
            name=OPTION_COLUMNS[place].value,
            label=texts.option(letter),
            box=f"{KEY_BOX}{letter.lower()}",
            box_label=texts.option_accepted(letter),
            text=options[place] if place < len(options) else "",
            accepted=place in key,
        )
        for place, letter in enumerate(LETTERS)
    ]


def values_of(found: QuestionDetail) -> dict[str, str]:
    """What the form's fields show, by column."""
    newest = found.versions[0]
    known = {
        Column.CODE: found.code,
        Column.POOL: found.pool,
        Column.TOPIC: found.topic,
        Column.DIFFICULTY: str(found.difficulty),
        Column.STEM: newest.stem,
        Column.EXPLANATION: newest.explanation,
        Column.LEGAL_BASIS: newest.legal_basis,
        Column.VALID_FROM: _day(found.valid_from),
        Column.VALID_UNTIL: _day(found.valid_until),
    }
    return {column.value: known.get(column, "") for column in Column}


def newer_facts(found: QuestionDetail) -> list[FactView]:
    """What somebody else has stored meanwhile."""
    newest = found.versions[0]
    facts = [
        (texts.POOL, texts.POOLS[found.pool]),
        (texts.TOPIC, found.topic),
        (texts.DIFFICULTY, str(found.difficulty)),
        *((name, value) for name, value in _parts(newest)),
        (texts.VALID_FROM, _day(found.valid_from)),
        (texts.VALID_UNTIL, _day(found.valid_until)),
    ]
    return [FactView(name, value) for name, value in facts if value]


def question_view(found: QuestionDetail) -> QuestionView:
    """The newest version as the quiz shows a question."""
    newest = found.versions[0]
    return QuestionView(0, found.topic, newest.stem, list(newest.options))


def feedback_view(found: QuestionDetail) -> FeedbackView:
    """What the quiz says of it when it is answered right."""
    newest = found.versions[0]
    return FeedbackView(True, True, list(newest.key), newest.explanation, newest.legal_basis)


def version_views(found: QuestionDetail) -> list[VersionView]:
    """Every version, newest first, with what it changed."""
    earlier = [*found.versions[1:], None]
    return [_version(one, before, found) for one, before in zip(found.versions, earlier, strict=True)]


def event_lines(found: QuestionDetail) -> list[str]:
    """The history in sentences."""
    return [texts.event(one.deed, one.version, one.by, one.at, one.note) for one in found.events]


def _version(one: VersionDetail, before: VersionDetail | None, found: QuestionDetail) -> VersionView:
    return VersionView(
        number=one.number,
        title=texts.version_title(one.number, one.written_by, one.written_at),
        in_use=one.number == found.approved_version and found.state is QuestionState.APPROVED,
        first=before is None,
        stem=one.stem,
        options=[f"{letter}. {option}" for letter, option in zip(LETTERS, one.options, strict=False)],
        key=_key(one),
        differences=[] if before is None else _differences(before, one),
    )


def _differences(before: VersionDetail, after: VersionDetail) -> list[DifferenceView]:
    found = []
    for old, new in zip_longest(_parts(before), _parts(after), fillvalue=("", "")):
        if old[1] != new[1]:
            pieces = [PieceView(piece.change, piece.text) for piece in word_differences(old[1], new[1])]
            found.append(DifferenceView(new[0] or old[0], pieces))
    return found


def _parts(version: VersionDetail) -> list[tuple[str, str]]:
    options = dict(enumerate(version.options))
    return [
        (texts.STEM, version.stem),
        *((texts.option(letter), options.get(place, "")) for place, letter in enumerate(LETTERS)),
        (texts.ACCEPTED, _key(version)),
        (texts.EXPLANATION, version.explanation),
        (texts.LEGAL_BASIS, version.legal_basis),
    ]


def _key(version: VersionDetail) -> str:
    return texts.accepted_options([LETTERS[place] for place in version.key])


def _day(day: date | None) -> str:
    return date_text(day) if day else ""
