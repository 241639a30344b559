"""Reading a unit's roster from a spreadsheet or a CSV file: all of it, or every problem by row."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import IdKind, normalise_name, parse_birth_date, parse_citizen_id
from cchc_app.contest.text import fold
from cchc_app.data.roster import RosterPerson
from cchc_app.texts.formats import local
from cchc_app.texts.roster import HEADINGS

MAX_BYTES = 5_000_000
MAX_UNZIPPED_BYTES = 50_000_000
MAX_ROWS = 20_000
FIRST_ROW = 2  # as a spreadsheet counts: the headings are row 1
REQUIRED = ("number", "name", "birth_date")


class Flaw(StrEnum):
    """What can be wrong with the file itself."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    COLUMN_MISSING = "column_missing"
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
    """The people of a roster file, by row.

    Args:
        path: An .xlsx, .xls, .ods or .csv file with the headings of `texts.roster.HEADINGS`.
        restore_zeros: Put back the leading zero that spreadsheets drop from numbers, which is never done unasked.
        now: Nobody is born after it.

    Raises:
        RosterError: with every problem, by row; a number that has lost its zero is one of them.
    """
    table = _table(path)
    columns = _columns(table[0] if table else [])
    rows = [(number, row) for number, row in enumerate(table[1:], FIRST_ROW) if any(_text(cell) for cell in row)]
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


def _table(path: Path) -> list[list[object]]:
    try:
        body = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
        if body is None or _unzipped_size(body) > MAX_UNZIPPED_BYTES:
            raise RosterError(Problem(None, Flaw.TOO_LARGE))
        table = _csv(body) if path.suffix.lower() == ".csv" else _sheet(body)
    except (OSError, ValueError, CalamineError, zipfile.BadZipFile, csv.Error):
        raise RosterError(Problem(None, Flaw.UNREADABLE)) from None
    if len(table) > MAX_ROWS + 1:
        raise RosterError(Problem(None, Flaw.TOO_LARGE))
    return table


def _unzipped_size(body: bytes) -> int:
    if not body.startswith(b"PK"):
        return len(body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _csv(body: bytes) -> list[list[object]]:
    text = body.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _sheet(body: bytes) -> list[list[object]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [list(row) for row in workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def _columns(headings: Sequence[object]) -> dict[str, int]:
    """Where each column is; headings are compared without case and accents."""
    known = {fold(heading): name for name, names in HEADINGS.items() for heading in names}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(fold(_text(heading)))
        if name is not None:
            found.setdefault(name, place)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise RosterError(*(Problem(1, Flaw.COLUMN_MISSING, HEADINGS[name][0]) for name in missing))
    return found


def _person(cells: dict[str, object], *, restore_zeros: bool, now: datetime) -> RosterPerson:
    number = _number(_text(cells["number"]), restore_zeros=restore_zeros)
    former = _text(cells.get("former_number", ""))
    former_number = parse_citizen_id(former) if former else None
    if former_number is not None and former_number.kind is not IdKind.CMND:
        raise ContestError(ErrorCode.CITIZEN_ID_LENGTH)
    return RosterPerson(
        number=number,
        former_number=former_number.number if former_number else None,
        full_name=normalise_name(_text(cells["name"])),
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
    typed = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else _text(cell)
    return parse_birth_date(typed, today=local(now).date())


def _text(cell: object) -> str:
    """A cell as it was typed: spreadsheets hand whole numbers over as floats."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
