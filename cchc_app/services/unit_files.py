"""Reading files of units and of headcounts: every row, or every problem by row and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cchc_app.contest import units as rules
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.text import fold
from cchc_app.services.sheet_files import cell_text, filled_rows, read_table
from cchc_app.services.workbooks import Column, Sheet, workbook
from cchc_app.texts import admin_units as texts
from cchc_app.texts.register import BLOCS

V = TypeVar("V")

UNITS, HEADCOUNTS, ROSTER = "units", "headcounts", "roster"
KINDS = (UNITS, HEADCOUNTS)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    UNITS: ("code", "name", "bloc", "aliases", "headcount", "from"),
    HEADCOUNTS: ("code", "headcount", "from", "source"),
}
REQUIRED = {UNITS: ("code", "name", "bloc"), HEADCOUNTS: ("code", "headcount", "from")}
# What a cell that holds no value of its own begins with: formulas as text, and a spreadsheet's errors.
_NO_VALUE = ("=", "#")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem: the row as a spreadsheet counts it (0: the whole file), the column's heading, and what is wrong."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of a file; what a file does not say is None."""

    row: int
    code: str
    name: str | None
    bloc: str | None
    aliases: str | None
    headcount: int | None
    day: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ParsedUnits:
    """What was read. With any problem, nothing of the file is taken in."""

    rows: tuple[UnitRow, ...]
    problems: tuple[RowProblem, ...]


def parse_units(body: bytes, name: str, *, kind: str, today: date) -> ParsedUnits:
    """The rows of a file.

    Args:
        body: An .xlsx, .xls, .ods or .csv file with the headings of `texts.admin_units.HEADINGS`.
        name: Its name.
        kind: UNITS or HEADCOUNTS.
        today: The day a headcount holds from when a file of units names none.
    """
    try:
        table = read_table(body, name)
    except ContestError as error:
        return ParsedUnits((), (RowProblem(0, "", error.code),))
    found = _columns(table[0] if table else [], kind)
    missing = [column for column in REQUIRED[kind] if column not in found]
    if missing:
        heads = [texts.HEADINGS[column][0] for column in missing]
        return ParsedUnits((), tuple(RowProblem(1, head, ErrorCode.SHEET_COLUMN_MISSING) for head in heads))
    filled = filled_rows(table)
    if not filled:
        return ParsedUnits((), (RowProblem(0, "", ErrorCode.SHEET_EMPTY),))
    reader = _Reader(kind, today)
    for number, row in filled:
        reader.read(number, {column: cell_text(row[at]) if at < len(row) else "" for column, at in found.items()})
    return ParsedUnits(tuple(reader.rows), tuple(reader.problems))


def template(kind: str) -> bytes:
    """An .xlsx file to fill in: headings, two example rows, a sheet that explains."""
    heads = [texts.HEADINGS[column][0] for column in COLUMNS[kind]]
    columns = [Column(head, 28 if column == "name" else 18) for head, column in zip(heads, COLUMNS[kind], strict=True)]
    explained = [(line,) for line in texts.TEMPLATE_HELP[kind]]
    return workbook(
        Sheet(texts.KINDS[kind], "", columns, texts.TEMPLATE_EXAMPLES[kind], note_row=False),
        Sheet(texts.TEMPLATE_HELP_SHEET, "", [Column(texts.TEMPLATE_HELP_SHEET, 90)], explained),
    )


class _Reader:
    """Reads rows one by one and remembers what it has seen."""

    def __init__(self, kind: str, today: date) -> None:
        self._kind, self._today = kind, today
        self.rows: list[UnitRow] = []
        self.problems: list[RowProblem] = []
        self._seen: set[tuple[str, date | None]] = set()

    def read(self, number: int, cells: Mapping[str, str]) -> None:
        """Take in one row."""
        before = len(self.problems)
        units = self._kind == UNITS
        code = self._value(number, "code", cells, rules.parse_code)
        name = self._value(number, "name", cells, rules.parse_name) if units else None
        bloc = self._value(number, "bloc", cells, _bloc) if units else None
        asked = not units or bool(cells.get("headcount"))
        headcount = self._value(number, "headcount", cells, rules.parse_headcount) if asked else None
        day = self._value(number, "from", cells, rules.parse_day) if cells.get("from") or not units else self._today
        if len(self.problems) > before or code is None:
            return
        place = (code.casefold(), None if units else day)
        if place in self._seen:
            self.problems.append(RowProblem(number, texts.HEADINGS["code"][0], ErrorCode.ROW_REPEATED, code))
            return
        self._seen.add(place)
        aliases = rules.tidy_aliases(cells["aliases"]) if "aliases" in cells and units else None
        source = rules.tidy_aliases(cells.get("source", ""))
        self.rows.append(UnitRow(number, code, name, bloc, aliases, headcount, day if asked else None, source))

    def _value(self, number: int, column: str, cells: Mapping[str, str], parse: Callable[[str], V]) -> V | None:
        typed = cells.get(column, "")
        try:
            if typed.startswith(_NO_VALUE):
                raise ContestError(ErrorCode.CELL_FORMULA)
            return parse(typed)
        except ContestError as error:
            self.problems.append(RowProblem(number, texts.HEADINGS[column][0], error.code, typed[:60]))
            return None


def _bloc(typed: str) -> str:
    wanted = fold(typed)
    found = next((code for code, name in BLOCS.items() if wanted in (code, fold(name))), None)
    if found is None:
        raise ContestError(ErrorCode.UNIT_BLOC_UNKNOWN)
    return found


def _columns(headings: Sequence[object], kind: str) -> dict[str, int]:
    """Where each column is; headings are compared without case and accents."""
    known = {fold(heading): column for column in COLUMNS[kind] for heading in texts.HEADINGS[column]}
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = known.get(fold(cell_text(heading)))
        if column is not None:
            found.setdefault(column, place)
    return found
