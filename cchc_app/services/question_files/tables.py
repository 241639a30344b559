"""From the rows of a table, whatever file it was in, to drafts of questions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.text import fold
from cchc_app.services.question_files.model import OPTION_COLUMNS, Column, Draft, Reading
from cchc_app.texts.question_files import HEADINGS, OPTION_HEADINGS, column_title

FIRST_ROW = 2  # as a spreadsheet counts: the headings are row 1
REQUIRED = (Column.STEM, Column.OPTION_A, Column.OPTION_B, Column.KEY)
# Letters beyond the last allowed one are known, so that an option too many is refused and not overlooked.
LETTERS = "ABCDEFGHIJ"
DATES = (Column.VALID_FROM, Column.VALID_UNTIL)

# A place in the table: a column of `Column`, or the number of an option.
Places = dict[Column | int, int]


def _known() -> dict[str, Column | int]:
    known: dict[str, Column | int] = {
        fold(pattern.format(letter=letter)): number
        for number, letter in enumerate(LETTERS)
        for pattern in OPTION_HEADINGS
    }
    return known | {fold(heading): Column(name) for name, names in HEADINGS.items() for heading in names}


_KNOWN = _known()


def read_table(table: Sequence[Sequence[object]], reading: Reading) -> None:
    """Add the drafts of a table to `reading`.

    Args:
        table: Its rows, the headings first.
        reading: Takes drafts and problems.
    """
    places = _places(table[0] if table else [], reading)
    if places is None:
        return
    width = len(table[0])
    for row, cells in enumerate(table[1:], FIRST_ROW):
        filled = [place for place, cell in enumerate(cells) if cell not in ("", None) and str(cell).strip()]
        if not filled:
            continue
        if filled[-1] >= width:
            reading.refuse(row, Column.FILE, ErrorCode.CELLS_TOO_MANY, columns=width)
            continue
        reading.drafts.append(_draft(row, cells, places, reading))


def column_at(headings: Sequence[object], place: int) -> Column:
    """Which part of a question a place of the table holds."""
    found = _KNOWN.get(fold(str(headings[place]))) if place < len(headings) else None
    return _column(found) if found is not None else Column.FILE


def _column(found: Column | int) -> Column:
    if isinstance(found, Column):
        return found
    return OPTION_COLUMNS[found] if found < len(OPTION_COLUMNS) else Column.OPTIONS


def _places(headings: Sequence[object], reading: Reading) -> Places | None:
    """Where each column is; None when the table cannot be read."""
    places: Places = {}
    sound = True
    for place, heading in enumerate(headings):
        found = _KNOWN.get(fold(str(heading)))
        if found is None:
            if str(heading).strip():
                reading.warn(1, Column.FILE, ErrorCode.PART_IGNORED, title=str(heading).strip()[:100])
        elif found in places:
            reading.refuse(1, _column(found), ErrorCode.COLUMN_REPEATED, title=column_title(_column(found)))
            sound = False
        else:
            places[found] = place
    there = {_column(found) for found in places}
    for column in REQUIRED:
        if column not in there:
            reading.refuse(1, column, ErrorCode.COLUMN_MISSING, title=column_title(column))
            sound = False
    return places if sound else None


def _draft(row: int, cells: Sequence[object], places: Places, reading: Reading) -> Draft:
    draft = Draft(row)
    options: dict[int, str] = {}
    for found, place in places.items():
        cell = cells[place] if place < len(cells) else ""
        column = _column(found)
        if column in DATES:
            draft.dates[column] = cell
            continue
        text = _text(cell)
        if _changed_by_its_format(cell):
            reading.warn(row, column, ErrorCode.CELL_NOT_TEXT, value=text)
        if isinstance(found, int):
            options[found] = text
        elif column is Column.KEY:
            draft.key = text
        else:
            draft.texts[column] = text
            draft.code_is_number |= column is Column.CODE and isinstance(cell, float | int)
    draft.options = [options.get(number, "") for number in range(max(options) + 1)]
    return draft


def _changed_by_its_format(cell: object) -> bool:
    """Whether what the file holds may not be what its author sees: a share, a date, a time, a truth value."""
    if isinstance(cell, float):
        return not cell.is_integer()
    return isinstance(cell, bool | date | time | timedelta)


def _text(cell: object) -> str:
    """A cell as it was typed: spreadsheets hand whole numbers over as floats."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)
