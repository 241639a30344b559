"""What an uploaded file really is: judged by its content, never by its name or what the browser says."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps, UnidentifiedImageError

from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.text import fold

MEGABYTE = 1024 * 1024
MAX_PICTURE = 8 * MEGABYTE
MAX_DOCUMENT = 20 * MEGABYTE
MAX_IMAGE_PIXELS = 24_000_000
PICTURES = ("PNG", "JPEG", "WEBP")
LONGEST_STEM = 80
MAX_PARTS = 5_000  # files inside a document

# Of whatever opens a picture in this process: what is larger is not even begun.
Image.MAX_IMAGE_PIXELS = MAX_IMAGE_PIXELS


class Slot(StrEnum):
    """What a file is for."""

    LOGO = "logo"
    BANNER = "banner"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it is stored and served."""

    name: str
    media_type: str
    content: bytes


PICTURE_BOXES = {Slot.LOGO: (512, 512), Slot.BANNER: (1920, 1080)}
OOXML = {
    "word/document.xml": (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def most_bytes(slot: Slot) -> int:
    """How large a file of a slot may be."""
    return MAX_DOCUMENT if slot is Slot.DOCUMENT else MAX_PICTURE


def check(slot: Slot, *, name: str, content: bytes) -> CheckedFile:
    """The file to store: pictures encoded anew, without what cameras and editors leave in them.

    Args:
        slot: What it is for.
        name: As uploaded; its ending is replaced by that of what it is.
        content: Its bytes.

    Raises:
        ContestError: FIELD_MISSING when it is empty, FILE_TOO_LARGE, FILE_TYPE, PICTURE_INVALID.
    """
    if not content:
        raise ContestError(ErrorCode.FIELD_MISSING)
    if len(content) > most_bytes(slot):
        raise ContestError(ErrorCode.FILE_TOO_LARGE, most=most_bytes(slot) // MEGABYTE)
    if slot is Slot.DOCUMENT:
        ending, media_type = _document_kind(content)
        return CheckedFile(_stem(name) + ending, media_type, content)
    return _picture(slot, name, content)


def _picture(slot: Slot, name: str, content: bytes) -> CheckedFile:
    try:
        with Image.open(io.BytesIO(content), formats=PICTURES) as opened:
            if opened.width * opened.height > MAX_IMAGE_PIXELS:
                raise ContestError(ErrorCode.PICTURE_INVALID)
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError:
        raise ContestError(ErrorCode.FILE_TYPE) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError, SyntaxError):
        raise ContestError(ErrorCode.PICTURE_INVALID) from None
    picture.thumbnail(PICTURE_BOXES[slot])
    out = io.BytesIO()
    if slot is Slot.LOGO:
        _bare(picture).save(out, "PNG", optimize=True)
        return CheckedFile(_stem(name) + ".png", "image/png", out.getvalue())
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    ground.save(out, "JPEG", quality=85, progressive=True)
    return CheckedFile(_stem(name) + ".jpg", "image/jpeg", out.getvalue())


def _bare(picture: Image.Image) -> Image.Image:
    """The same pixels and nothing else."""
    bare = Image.new("RGBA", picture.size)
    bare.paste(picture)
    return bare


def _document_kind(content: bytes) -> tuple[str, str]:
    if content.startswith(b"%PDF-"):
        return ".pdf", "application/pdf"
    if not content.startswith(b"PK\x03\x04"):
        raise ContestError(ErrorCode.FILE_TYPE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ContestError(ErrorCode.FILE_TYPE) from None
    kinds = [kind for part, kind in OOXML.items() if part in parts]
    macros = any(part.lower().endswith("vbaproject.bin") for part in parts)
    if len(kinds) != 1 or macros or "[Content_Types].xml" not in parts or len(parts) > MAX_PARTS:
        raise ContestError(ErrorCode.FILE_TYPE)
    return kinds[0]


def _stem(name: str) -> str:
    """A name for an address: letters without accents, digits, hyphens."""
    stem = canonical(name.replace("\\", "/").rsplit("/", 1)[-1]).rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-")[:LONGEST_STEM] or "tep"
