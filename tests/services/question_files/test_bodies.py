"""Uploads that must not be opened, and files that are not what they say."""

import io
import struct
import time
import zipfile

import pytest

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import FileKind, ParsedFile, parse_file, template_xlsx
from cchc_app.services.question_files.bodies import MAX_BYTES, MAX_UNZIPPED_BYTES
from cchc_app.texts import message

GIFT = b"Ai? {=a ~b}"
AIKEN = b"Ai?\nA. a\nB. b\nANSWER: A\n"
CSV = "Câu hỏi,Phương án A,Phương án B,Đáp án đúng\nAi?,a,b,A\n".encode()
XML = (
    b'<?xml version="1.0"?><quiz><question type="multichoice"><questiontext><text>Ai?</text></questiontext>'
    b'<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question></quiz>'
)


def refusal(parsed: ParsedFile) -> ErrorCode:
    """The one problem of a file that was not read."""
    (error,) = parsed.errors
    assert parsed.rows == ()
    assert "{" not in message(error.code, error.details)
    return error.code


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def changed(body: bytes, part: str, content: bytes) -> bytes:
    """A workbook with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return zipped(**{name: archive.read(name) for name in archive.namelist()} | {part: content})


def sheet(cells: str) -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("q.gift", GIFT, FileKind.GIFT),
        ("Q.TXT", GIFT, FileKind.GIFT),
        ("q.txt", AIKEN, FileKind.AIKEN),
        ("q.aiken", AIKEN, FileKind.AIKEN),
        ("câu hỏi.csv", CSV, FileKind.CSV),
        ("q.xml", XML, FileKind.MOODLE_XML),
        ("q.XLSX", template_xlsx(), FileKind.XLSX),
    ],
)
def test_kind_by_ending_and_content(name: str, body: bytes, kind: FileKind) -> None:
    parsed = parse_file(name, body)
    assert (parsed.kind, parsed.errors) == (kind, ())
    assert parsed.rows


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("q.xlsx", b"", ErrorCode.FILE_EMPTY),
        ("q.csv", b" \r\n\t", ErrorCode.FILE_EMPTY),
        ("q.docx", b"PK", ErrorCode.FILE_KIND_UNKNOWN),
        ("q", GIFT, ErrorCode.FILE_KIND_UNKNOWN),
        ("q.xls", b"\xd0\xcf\x11\xe0" + bytes(600), ErrorCode.FILE_OLD_EXCEL),
        ("q.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), ErrorCode.FILE_OLD_EXCEL),
        ("q.xlsx", CSV, ErrorCode.FILE_KIND_MISMATCH),
        ("q.xlsx", b"%PDF-1.7", ErrorCode.FILE_KIND_MISMATCH),
        ("q.xlsx", zipped(**{"word/document.xml": b"<w/>"}), ErrorCode.FILE_KIND_MISMATCH),
        ("q.xlsx", b"<html><table></table></html>", ErrorCode.FILE_KIND_MISMATCH),
        ("q.csv", template_xlsx(), ErrorCode.FILE_KIND_MISMATCH),
        ("q.csv", XML, ErrorCode.FILE_KIND_MISMATCH),
        ("q.csv", b"\x89PNG\r\n\x1a\n", ErrorCode.FILE_KIND_MISMATCH),
        ("q.gift", b"a\x00b {=a ~b}", ErrorCode.FILE_KIND_MISMATCH),
        ("q.xml", GIFT, ErrorCode.FILE_KIND_MISMATCH),
        ("q.xml", b"<?xml version='1.0'?><rss/>", ErrorCode.FILE_KIND_MISMATCH),
        ("q.xml", b"<quiz><question>", ErrorCode.FILE_UNREADABLE),
        ("q.xml", b"<?xml version='1.0' encoding='none-such'?><quiz/>", ErrorCode.FILE_UNREADABLE),
        ("q.xml", b"<quiz></quiz>", ErrorCode.FILE_NO_QUESTIONS),
        ("q.gift", b"// only a remark\n", ErrorCode.FILE_NO_QUESTIONS),
        ("q.csv", CSV.splitlines()[0], ErrorCode.FILE_NO_QUESTIONS),
        ("q.csv", b'a,"b\n', ErrorCode.FILE_UNREADABLE),
        ("q.csv", b"\xff\xfea", ErrorCode.FILE_UNREADABLE),
        ("q.xlsx", template_xlsx()[:-300], ErrorCode.FILE_UNREADABLE),
        ("q.xlsx", zipped(**{"xl/workbook.xml": b"<workbook/>"}), ErrorCode.FILE_UNREADABLE),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_refused_whole(name: str, body: bytes, code: ErrorCode) -> None:
    assert refusal(parse_file(name, body)) is code


def test_two_hundred_megabytes_are_not_looked_at() -> None:
    body = bytes(200_000_000)
    started = time.perf_counter()
    assert refusal(parse_file("q.xlsx", b"PK" + body)) is ErrorCode.FILE_TOO_LARGE
    assert time.perf_counter() - started < 1
    assert refusal(parse_file("q.csv", b"a" * (MAX_BYTES + 1))) is ErrorCode.FILE_TOO_LARGE


def test_a_bomb_is_weighed_and_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = changed(template_xlsx(), "xl/worksheets/sheet1.xml", bytes(MAX_UNZIPPED_BYTES + 1))
    tight = changed(template_xlsx(), "xl/media/a.bin", bytes(50_000_000))  # no workbook is packed like this
    assert len(bomb) < 500_000
    opened: list[object] = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *arguments, **_options: opened.append(arguments))
    assert refusal(parse_file("q.xlsx", bomb)) is ErrorCode.FILE_UNZIPS_TOO_LARGE
    assert refusal(parse_file("q.xlsx", tight)) is ErrorCode.FILE_UNZIPS_TOO_LARGE
    assert opened == []


def test_a_bomb_that_lies_about_its_size() -> None:
    body = bytearray(changed(template_xlsx(), "xl/sharedStrings.xml", bytes(30_000_000)))
    # The size stands in the entry before the content and in the directory at the end: make both say 1,000.
    size = struct.pack("<I", 30_000_000)
    place = body.find(size)
    while place >= 0:
        body[place : place + 4] = struct.pack("<I", 1_000)
        place = body.find(size)
    assert refusal(parse_file("q.xlsx", bytes(body))) is ErrorCode.FILE_UNREADABLE


@pytest.mark.parametrize("address", ["XFD1", "A1048576", "XFD1048576", "A20002", "GS2"])
def test_a_cell_far_away_fills_no_memory(address: str) -> None:
    far = sheet(f'<row r="1"><c r="{address}"><v>1</v></c></row>')
    body = changed(template_xlsx(), "xl/worksheets/sheet1.xml", far)
    assert refusal(parse_file("q.xlsx", body)) is ErrorCode.FILE_TOO_MANY_ROWS


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1048576'><c><v>1</v></c></row>",
        "<row><c r='XFD1048576'><v>1</v></c></row>",
        '<row><c r = "xfd9"><is><t>1</t></is></c></row>',
        f"<row>{'<c/>' * 200}<c><v>1</v></c></row>",
        f"{'<row/>' * 20_001}<row><c><v>1</v></c></row>",
    ],
    ids=range(5),
)
def test_a_cell_far_away_in_other_words(cells: str) -> None:
    body = changed(template_xlsx(), "xl/worksheets/sheet1.xml", sheet(cells))
    assert refusal(parse_file("q.xlsx", body)) is ErrorCode.FILE_TOO_MANY_ROWS


def test_empty_cells_far_away_do_no_harm() -> None:
    """Spreadsheets keep the format of whole columns as empty cells."""
    words = ("Câu hỏi", "Phương án A", "Phương án B", "Đáp án đúng"), ("Ai?", "a", "b", "B")
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{word}</t></is></c>'
            for letter, word in zip("ABCD", row, strict=True)
        )
        + "</row>"
        for number, row in enumerate(words, 1)
    )
    body = changed(
        template_xlsx(), "xl/worksheets/sheet1.xml", sheet(f'{rows}<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    )
    parsed = parse_file("q.xlsx", body)
    assert parsed.errors == ()
    assert [question.key for question in parsed.rows] == [(1,)]


def test_a_row_too_many() -> None:
    line = b"Ai?,a,b,A\n"
    assert refusal(parse_file("q.csv", CSV + line * 20_000)) is ErrorCode.FILE_TOO_MANY_ROWS
    assert refusal(parse_file("q.gift", b"Ai? {=a ~b}\n\n" * 20_001)) is ErrorCode.FILE_TOO_MANY_ROWS
    assert refusal(parse_file("q.csv", b"a," * 300 + b"\n")) is ErrorCode.FILE_TOO_MANY_ROWS


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">]><quiz>&a;</quiz>',
        b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
    ],
)
def test_xml_that_declares_entities(body: bytes) -> None:
    assert refusal(parse_file("q.xml", body)) is ErrorCode.FILE_FORBIDDEN_XML


def test_entities_inside_a_workbook() -> None:
    body = changed(template_xlsx(), "xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    assert refusal(parse_file("q.xlsx", body)) is ErrorCode.FILE_FORBIDDEN_XML
