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
    """One table: what it is, since when, its columns and rows."""

    name: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


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
    page.write_string(0, 0, sheet.note)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(1, number, column.heading, formats["head"])
    last = 1
    for last, cells in enumerate(sheet.rows, 2):
        for number, cell in enumerate(cells):
            _write_cell(page, last, number, cell, formats)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(last, 1), len(sheet.columns) - 1)


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
