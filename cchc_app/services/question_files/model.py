"""What question files say: questions, and every problem by row and column."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cchc_app.contest.errors import ErrorCode

MAX_OPTIONS = 6
LETTERS = "ABCDEF"

# Told how many questions are done, and of how many.
Progress = Callable[[int, int], None]


class FileKind(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    CSV = "csv"
    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle_xml"


class Column(StrEnum):
    """Where in a question a problem is; the columns of the table formats, and the parts of the others."""

    FILE = "file"
    CODE = "code"
    POOL = "pool"
    TOPIC = "topic"
    DIFFICULTY = "difficulty"
    STEM = "stem"
    OPTIONS = "options"
    OPTION_A = "option_a"
    OPTION_B = "option_b"
    OPTION_C = "option_c"
    OPTION_D = "option_d"
    OPTION_E = "option_e"
    OPTION_F = "option_f"
    KEY = "key"
    EXPLANATION = "explanation"
    LEGAL_BASIS = "legal_basis"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"


OPTION_COLUMNS = tuple(Column(f"option_{letter.lower()}") for letter in LETTERS)


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """One sound question. What the file's format does not know, or the file leaves out, is empty.

    Args:
        row: Where it was found, as a spreadsheet or an editor counts from 1; no part of the question's value.
        code: Its name in the bank.
        pool: "main", "practice" or "".
        topic: Its topic's name.
        difficulty: 1 to 3, or None.
        stem: The question.
        options: Two to six, all different.
        key: The accepted options, by index, ascending; never all of them.
        explanation: What people read when they look at their paper again.
        legal_basis: The document it rests on.
        valid_from: First day it is true, or None.
        valid_until: Last day it is true, or None.
    """

    row: int = field(compare=False)
    code: str
    pool: str
    topic: str
    difficulty: int | None
    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    explanation: str
    legal_basis: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class RowError:
    """One problem, or one thing to look at: the row (None: the whole file), the part of the question, what is wrong."""

    row: int | None
    column: Column
    code: ErrorCode
    details: dict[str, object] = field(default_factory=dict)


class RepairKind(StrEnum):
    """Repairs that are offered and never made unasked."""

    LOST_ZEROS = "lost_zeros"
    NUMBERS_AS_DATES = "numbers_as_dates"
    LEGACY_TEXT = "legacy_text"


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell as it is and as it would be."""

    kind: RepairKind
    row: int
    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What a file holds.

    Args:
        kind: What the file turned out to be, None when that could not be told.
        rows: The sound questions, in the file's order.
        errors: Every problem; the file may be imported only when there is none.
        warnings: What a person should look at before agreeing.
        repairs: What could be repaired, or has been, when it was accepted.
    """

    kind: FileKind | None
    rows: tuple[ParsedQuestion, ...] = ()
    errors: tuple[RowError, ...] = ()
    warnings: tuple[RowError, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(slots=True)
class Draft:
    """A question as a file writes it, before anything is judged or repaired.

    Args:
        row: Its row or line, which no other draft of the file has.
        texts: Every part that is plain text, options left out.
        options: In order, empty ones kept where a later one follows.
        key: Letters as typed, or indexes where the format marks the right options themselves.
        dates: The two dates as the file holds them.
        code_is_number: The code is a number, or went through a program that takes it for one: such keep no leading
            zeros.
    """

    row: int
    texts: dict[Column, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    key: str | tuple[int, ...] = ""
    dates: dict[Column, object] = field(default_factory=dict)
    code_is_number: bool = False


@dataclass(slots=True)
class Reading:
    """What a reader of one format found: drafts, and the problems that only it can see."""

    drafts: list[Draft] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
    _refused: set[tuple[int | None, Column]] = field(default_factory=set)
    _rows: set[int | None] = field(default_factory=set)

    def refuse(self, row: int | None, column: Column, code: ErrorCode, **details: object) -> None:
        """Note a problem; of several in one cell only the first, which the others may follow from."""
        if (row, column) not in self._refused or column is Column.FILE:
            self.errors.append(RowError(row, column, code, details))
        self._refused.add((row, column))
        self._rows.add(row)

    def spoil(self, row: int) -> None:
        """What was refused elsewhere belongs to the question of this row."""
        self._rows.add(row)

    def is_sound(self, row: int) -> bool:
        """Whether nothing of this row was refused."""
        return row not in self._rows

    def warn(self, row: int | None, column: Column, code: ErrorCode, **details: object) -> None:
        """Note what a person should look at."""
        self.warnings.append(RowError(row, column, code, details))


class FileRefused(Exception):
    """Nothing of the file can be read."""

    def __init__(self, code: ErrorCode, row: int | None = None, **details: object) -> None:
        super().__init__(code.name)
        self.problem = RowError(row, Column.FILE, code, details)
