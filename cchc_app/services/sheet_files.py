"""Reading a table out of an uploaded spreadsheet or CSV file, without letting the file do harm."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from cchc_app.contest.errors import ContestError, ErrorCode

MAX_BYTES = 5_000_000
MAX_UNZIPPED_BYTES = 50_000_000
MAX_ROWS = 20_000
FIRST_ROW = 2  # as a spreadsheet counts: the headings are row 1
CSV = ".csv"


def read_table(body: bytes, name: str) -> list[list[object]]:
    """The cells of a file's first sheet, headings first.

    Args:
        body: The file.
        name: Its name: only `.csv` is read as text.

    Raises:
        ContestError: SHEET_UNREADABLE, SHEET_TOO_LARGE.
    """
    try:
        if len(body) > MAX_BYTES or _unzipped_size(body) > MAX_UNZIPPED_BYTES:
            raise ContestError(ErrorCode.SHEET_TOO_LARGE)
        table = _csv(body) if name.lower().endswith(CSV) else _sheet(body)
    except (OSError, ValueError, CalamineError, zipfile.BadZipFile, csv.Error):
        raise ContestError(ErrorCode.SHEET_UNREADABLE) from None
    if len(table) > MAX_ROWS + 1:
        raise ContestError(ErrorCode.SHEET_TOO_LARGE)
    return table


def filled_rows(table: Sequence[Sequence[object]]) -> list[tuple[int, Sequence[object]]]:
    """Rows with anything in them, numbered as a spreadsheet does."""
    return [(number, row) for number, row in enumerate(table[1:], FIRST_ROW) if any(cell_text(cell) for cell in row)]


def cell_text(cell: object) -> str:
    """A cell as it was typed: spreadsheets hand whole numbers over as floats, days as dates."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return str(cell).strip()


def _unzipped_size(body: bytes) -> int:
    if not body.startswith(b"PK"):
        return len(body)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _csv(body: bytes) -> list[list[object]]:
    text = body.decode("utf-8-sig")
    if "\0" in text:
        raise ValueError("not a text")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _sheet(body: bytes) -> list[list[object]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [list(row) for row in workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)]
