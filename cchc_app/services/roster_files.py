"""Reading a unit's roster from a spreadsheet or a CSV file: all of it, or every problem by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import IdKind, normalise_name, parse_birth_date, parse_citizen_id
from cchc_app.contest.text import fold
from cchc_app.data.roster import RosterPerson
from cchc_app.services.sheet_files import MAX_BYTES, cell_text, filled_rows, read_table
from cchc_app.texts.formats import local
from cchc_app.texts.roster import HEADINGS

REQUIRED = ("number", "name", "birth_date")


class Flaw(StrEnum):
    """What can be wrong with the file itself."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    SHEET_COLUMN_MISSING = "column_missing"
    NO_ROWS = "no_rows"
    REPEATED = "repeated"
    ON_ANOTHER_ROSTER = "on_another_roster"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: the row as a spreadsheet counts it (None: the whole file), and what is wrong there."""

    row: int | None
    what: ErrorCode | Flaw
    value: str = ""  # a column's heading, a unit's name, a repaired number; nothing else that is personal


class RosterError(Exception):
    """A file that cannot be taken in, with every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def read_roster(path: Path, *, restore_zeros: bool, now: datetime) -> dict[int, RosterPerson]:
    """The people of a roster file on this machine; as `roster_of`."""
    try:
        body = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError:
        raise RosterError(Problem(None, Flaw.UNREADABLE)) from None
    if body is None:
        raise RosterError(Problem(None, Flaw.TOO_LARGE))
    return roster_of(body, path.name, restore_zeros=restore_zeros, now=now)


def roster_of(body: bytes, name: str, *, restore_zeros: bool, now: datetime) -> dict[int, RosterPerson]:
    """The people of a roster file, by row.

    Args:
        body: An .xlsx, .xls, .ods or .csv file with the headings of `texts.roster.HEADINGS`.
        name: Its name.
        restore_zeros: Put back the leading zero that spreadsheets drop from numbers, which is never done unasked.
        now: Nobody is born after it.

    Raises:
        RosterError: with every problem, by row; a number that has lost its zero is one of them.
    """
    table = _table(body, name)
    columns = _columns(table[0] if table else [])
    rows = filled_rows(table)
    if not rows:
        raise RosterError(Problem(None, Flaw.NO_ROWS))
    problems: list[Problem] = []
    people: dict[int, RosterPerson] = {}
    seen: set[str] = set()
    for number, row in rows:
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        try:
            person = _person(cells, restore_zeros=restore_zeros, now=now)
        except ContestError as error:
            problems.append(Problem(number, error.code, str(error.details.get("suggestion", ""))))
            continue
        if person.number in seen:
            problems.append(Problem(number, Flaw.REPEATED))
        seen.add(person.number)
        people[number] = person
    if problems:
        raise RosterError(*problems)
    return people


def _table(body: bytes, name: str) -> list[list[object]]:
    try:
        return read_table(body, name)
    except ContestError as error:
        flaw = Flaw.TOO_LARGE if error.code is ErrorCode.SHEET_TOO_LARGE else Flaw.UNREADABLE
        raise RosterError(Problem(None, flaw)) from None


def _columns(headings: Sequence[object]) -> dict[str, int]:
    """Where each column is; headings are compared without case and accents."""
    known = {fold(heading): name for name, names in HEADINGS.items() for heading in names}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(fold(cell_text(heading)))
        if name is not None:
            found.setdefault(name, place)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise RosterError(*(Problem(1, Flaw.SHEET_COLUMN_MISSING, HEADINGS[name][0]) for name in missing))
    return found


def _person(cells: dict[str, object], *, restore_zeros: bool, now: datetime) -> RosterPerson:
    number = _number(cell_text(cells["number"]), restore_zeros=restore_zeros)
    former = cell_text(cells.get("former_number", ""))
    former_number = parse_citizen_id(former) if former else None
    if former_number is not None and former_number.kind is not IdKind.CMND:
        raise ContestError(ErrorCode.CITIZEN_ID_LENGTH)
    return RosterPerson(
        number=number,
        former_number=former_number.number if former_number else None,
        full_name=normalise_name(cell_text(cells["name"])),
        birth_date=_birth_date(cells["birth_date"], now),
    )


def _number(text: str, *, restore_zeros: bool) -> str:
    try:
        citizen_id = parse_citizen_id(text)
    except ContestError as error:
        if not restore_zeros or error.code is not ErrorCode.CITIZEN_ID_LOST_ZERO:
            raise
        return str(error.details["suggestion"])
    if citizen_id.kind is not IdKind.CCCD:
        raise ContestError(ErrorCode.CITIZEN_ID_LENGTH)
    return citizen_id.number


def _birth_date(cell: object, now: datetime) -> date:
    if isinstance(cell, datetime):
        cell = cell.date()
    typed = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell_text(cell)
    return parse_birth_date(typed, today=local(now).date())
