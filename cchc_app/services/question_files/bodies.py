"""The bytes of an upload: how large, what they are, what text they hold. Nothing is unpacked before it was weighed."""

import codecs
import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.legacy import detect
from cchc_app.services.question_files.model import FileKind, FileRefused
from cchc_app.texts.question_files import FORMATS

MAX_BYTES = 20_000_000
MAX_UNZIPPED_BYTES = 200_000_000
MAX_RATIO = 100  # unzipped to zipped; ordinary workbooks stay under 30
SMALL_UNZIPPED_BYTES = 2_000_000  # below this any ratio is harmless

_ENDINGS = {
    ".xlsx": (FileKind.XLSX,),
    ".csv": (FileKind.CSV,),
    ".gift": (FileKind.GIFT,),
    ".aiken": (FileKind.AIKEN,),
    ".txt": (FileKind.GIFT, FileKind.AIKEN),
    ".xml": (FileKind.MOODLE_XML,),
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90\x00", "binary"),
    (b"\x1f\x8b", "zip"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AIKEN_ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:", re.MULTILINE | re.IGNORECASE)


def kind_of(name: str, body: bytes) -> FileKind:
    """The format of a file, by its ending and its content together.

    Raises:
        FileRefused: FILE_EMPTY, FILE_TOO_LARGE, FILE_KIND_UNKNOWN, FILE_OLD_EXCEL, FILE_KIND_MISMATCH,
            FILE_UNZIPS_TOO_LARGE, FILE_UNREADABLE.
    """
    if not body.strip():
        raise FileRefused(ErrorCode.FILE_EMPTY)
    if len(body) > MAX_BYTES:
        raise FileRefused(ErrorCode.FILE_TOO_LARGE)
    ending = PurePath(unicodedata.normalize("NFC", name)).suffix.lower()
    if body.startswith(_OLD_OFFICE) and ending in (".xls", ".xlsx"):
        raise FileRefused(ErrorCode.FILE_OLD_EXCEL)
    if ending not in _ENDINGS:
        raise FileRefused(ErrorCode.FILE_KIND_UNKNOWN)
    content = _content(body)
    wanted = _ENDINGS[ending]
    if content == "text" and wanted == (FileKind.GIFT, FileKind.AIKEN):
        return FileKind.AIKEN if _AIKEN_ANSWER.search(decoded(body)[0]) else FileKind.GIFT
    fits = content == "text" if wanted[0] in (FileKind.CSV, FileKind.GIFT, FileKind.AIKEN) else content == wanted[0]
    if not fits:
        raise FileRefused(ErrorCode.FILE_KIND_MISMATCH, ending=ending, kind=FORMATS[content])
    return wanted[0]


def decoded(body: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its encoding had to be guessed.

    Unicode if it can be read so; else the Windows code page for Vietnamese, composed; but letters of an older encoding
    are kept as they look in the Western code page, so that the repair of such text can be offered.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            try:
                return body.decode(encoding), False
            except UnicodeDecodeError:
                raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    western = body.decode("cp1252", "replace")
    lines = [line for line in western.splitlines() if not line.isascii()]
    old = sum(detect(line) is not None for line in lines)
    if old * 2 >= len(lines):
        return western, False
    return unicodedata.normalize("NFC", body.decode("cp1258", "replace")), True


def opened(body: bytes) -> zipfile.ZipFile:
    """A zip archive whose declared contents are small enough and whose names all readers understand alike.

    Raises:
        FileRefused: FILE_UNZIPS_TOO_LARGE, FILE_UNREADABLE.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    names = {name.replace("\\", "/").strip("/").casefold() for name in archive.namelist()}
    if len(names) < len(archive.infolist()):
        raise FileRefused(ErrorCode.FILE_UNREADABLE)
    size = sum(entry.file_size for entry in archive.infolist())
    if size > MAX_UNZIPPED_BYTES or size > max(SMALL_UNZIPPED_BYTES, MAX_RATIO * len(body)):
        raise FileRefused(ErrorCode.FILE_UNZIPS_TOO_LARGE)
    return archive


def _content(body: bytes) -> str:
    """What the bytes are: a key of `texts.question_files.FORMATS`."""
    if body.startswith(b"PK"):
        names = set(opened(body).namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        return "word" if "word/document.xml" in names else "zip"
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    if body.startswith(_OLD_OFFICE):
        return "binary"
    start = body[:2000]
    if any(body.startswith(mark) for mark, encoding in _BOMS if encoding == "utf-16"):
        start = body[: len(body) // 2 * 2][:2000].decode("utf-16", "ignore").encode()
    elif b"\x00" in body:
        return "binary"
    head = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "web"
    return "moodle_xml" if head.startswith((b"<?xml", b"<quiz", b"<!doctype", b"<!--")) else "text"
