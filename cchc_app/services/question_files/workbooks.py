"""Workbooks of questions: the first sheet, values only; formulas and broken cells are refused one by one."""

import io
import posixpath
import zipfile
import zlib

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineWorkbook

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.bodies import opened
from cchc_app.services.question_files.model import Column, FileRefused, Reading
from cchc_app.services.question_files.sheets import MAX_ROWS, SheetScan
from cchc_app.services.question_files.tables import column_at, read_table
from cchc_app.texts.question_files import HELP_SHEET


def read_workbook(body: bytes) -> Reading:
    """The drafts of the first sheet.

    Raises:
        FileRefused: FILE_UNREADABLE, FILE_TOO_MANY_ROWS, FILE_UNZIPS_TOO_LARGE, FILE_FORBIDDEN_XML.
    """
    reading = Reading()
    try:
        with opened(body) as archive:
            (_name, first), *others = _sheets(archive)
            scan = SheetScan().run(archive.read(first))
            _warn_of_others(archive, others, reading)
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(_true_to_size(archive)))
        table = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except DefusedXmlException:
        raise FileRefused(ErrorCode.FILE_FORBIDDEN_XML) from None
    except (zipfile.BadZipFile, LookupError, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    except (ParseError, CalamineError, zlib.error):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    if len(table) > MAX_ROWS + 1:
        raise FileRefused(ErrorCode.FILE_TOO_MANY_ROWS)
    for cell in scan.odd:
        column = column_at(table[0], cell.place)
        if cell.broken:
            reading.refuse(cell.row, column, ErrorCode.CELL_BROKEN, value=cell.broken)
        else:
            reading.refuse(cell.row, column, ErrorCode.FORMULA_CELL)
    read_table(table, reading)
    return reading


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets in their order: name, part of the archive. There is one at least."""
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = []
    for sheet in fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iterfind(".//{*}sheet"):
        identifier = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        sheets.append((sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", targets[identifier]))[1:]))
    if not sheets:
        raise KeyError("sheet")
    return sheets


def _warn_of_others(archive: zipfile.ZipFile, sheets: list[tuple[str, str]], reading: Reading) -> None:
    for name, part in sheets:
        if name != HELP_SHEET and SheetScan().run(archive.read(part)).filled:
            reading.warn(None, Column.FILE, ErrorCode.PART_IGNORED, title=name)


def _true_to_size(archive: zipfile.ZipFile) -> bytes:
    """The same archive, unpacked up to the sizes it declares: one that lies about them is found out here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                plain.writestr(entry.filename, archive.read(entry))
    return out.getvalue()
