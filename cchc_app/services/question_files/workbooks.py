"""Workbooks of questions: the first sheet, values only; formulas and broken cells are refused one by one."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse
from python_calamine import CalamineError, CalamineWorkbook

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.bodies import opened
from cchc_app.services.question_files.model import Column, FileRefused, Reading
from cchc_app.services.question_files.tables import column_at, read_table
from cchc_app.texts.question_files import HELP_SHEET

MAX_ROWS = 20_000
MAX_COLUMNS = 200

_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br=\"([A-Z]{1,7})(\d{1,9})\"[^<>]*(?<!/)>")
_ODD_CELL = re.compile(rb"<(?:\w+:)?f[\s/>]|\bt=\"e\"")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell whose value is not what somebody typed: row from 1, place from 0, the error it shows or ""."""

    row: int
    place: int
    broken: str


def read_workbook(body: bytes) -> Reading:
    """The drafts of the first sheet.

    Raises:
        FileRefused: FILE_UNREADABLE, FILE_TOO_MANY_ROWS, FILE_UNZIPS_TOO_LARGE, FILE_FORBIDDEN_XML.
    """
    try:
        with opened(body) as archive:
            sheet = archive.read(_first_sheet(archive))
            _require_small(sheet)
            odd = list(_odd_cells(sheet))
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(_true_to_size(archive)))
        table = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
        names = [name for name in workbook.sheet_names[1:] if name != HELP_SHEET]
        others = [name for name in names if workbook.get_sheet_by_name(name).total_height]
    except DefusedXmlException:
        raise FileRefused(ErrorCode.FILE_FORBIDDEN_XML) from None
    except (zipfile.BadZipFile, KeyError, StopIteration, ValueError, OSError, NotImplementedError, RuntimeError):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    except (ParseError, CalamineError):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    if len(table) > MAX_ROWS + 1:
        raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)
    reading = Reading()
    for name in others:
        reading.warn(None, Column.FILE, ErrorCode.PART_IGNORED, title=name)
    headings = table[0] if table else []
    for cell in odd:
        column = column_at(headings, cell.place)
        if cell.broken:
            reading.refuse(cell.row, column, ErrorCode.CELL_BROKEN, value=cell.broken)
        else:
            reading.refuse(cell.row, column, ErrorCode.FORMULA_CELL)
    read_table(table, reading)
    return reading


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The part that holds the first sheet."""
    sheet = next(fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iterfind(".//{*}sheet"))
    wanted = next(value for name, value in sheet.items() if name.endswith("}id"))
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True):
        if relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[1:]
    raise KeyError(wanted)


def _require_small(sheet: bytes) -> None:
    """A cell far away makes readers fill a huge table: refuse it by its address, before any of them looks."""
    for found in _FILLED_CELL.finditer(sheet):
        if int(found[2]) > MAX_ROWS + 1 or _place(found[1].decode()) >= MAX_COLUMNS:
            raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)


def _true_to_size(archive: zipfile.ZipFile) -> bytes:
    """The same archive, unpacked up to the sizes it declares: one that lies about them is found out here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                plain.writestr(entry.filename, archive.read(entry))
    return out.getvalue()


def _odd_cells(sheet: bytes) -> Iterator[OddCell]:
    if not _ODD_CELL.search(sheet):
        return
    row, place = 0, -1
    for event, element in iterparse(io.BytesIO(sheet), ("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, place = int(element.get("r", row + 1)), -1
        elif event == "start" and name == "c":
            written = _PLACE.fullmatch(element.get("r", ""))
            place = _place(written[1]) if written else place + 1
        elif name == "c":
            if element.find("{*}f") is not None:
                yield OddCell(row, place, "")
            elif element.get("t") == "e":
                yield OddCell(row, place, element.findtext("{*}v") or "#")
            element.clear()


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
