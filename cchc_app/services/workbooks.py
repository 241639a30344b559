"""Tables as .xlsx files: text stays text, whatever it looks like, so that no cell of ours is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cchc_app.texts.formats import local

Cell = str | int | Fraction | datetime | None
LONGEST_SHEET_NAME = 31
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide its column is, in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what it is, since when, its columns and rows; one to be read back begins with its headings."""

    name: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    note_row: bool = True


def workbook(*sheets: Sheet) -> bytes:
    """The file. Instants are written in the contest's time zone, exact points as numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss", "valign": "top", "align": "left"}),
        "points": book.add_format({"num_format": "0.00", "valign": "top"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name[:LONGEST_SHEET_NAME]), sheet, formats)
    book.close()
    return file.getvalue()


def _write(page: Worksheet, sheet: Sheet, formats: dict) -> None:
    top = 1 if sheet.note_row else 0
    if sheet.note_row:
        page.write_string(0, 0, sheet.note)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(top, number, column.heading, formats["head"])
    last = top
    for last, cells in enumerate(sheet.rows, top + 1):
        for number, cell in enumerate(cells):
            _write_cell(page, last, number, cell, formats)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, max(last, top), len(sheet.columns) - 1)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, formats: dict) -> None:
    match cell:
        case None:
            return
        case str():
            page.write_string(row, column, cell, formats["text"])
        case datetime():
            page.write_datetime(row, column, local(cell).replace(tzinfo=None), formats["time"])
        case Fraction():
            page.write_number(row, column, float(cell), formats["points"])
        case int():
            page.write_number(row, column, cell, formats["text"])
