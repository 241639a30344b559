"""Reading what organisers type into forms: texts, numbers, instants, links. Refusals are per field."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cchc_app.contest.characters import ascii_digits, canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.texts.formats import ZONE

_INSTANT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2}):(\d{2})")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
LONGEST_LINE = 300
LONGEST_LINK = 500
LONGEST_MARKDOWN = 8_000  # four of them fit in one message of the socket


def line(raw: str, *, most: int = LONGEST_LINE, needed: bool = True) -> str:
    """One line of text. Refuses with FIELD_MISSING, TEXT_TOO_LONG."""
    text = canonical(raw)
    if needed and not text:
        raise ContestError(ErrorCode.FIELD_MISSING)
    if len(text) > most:
        raise ContestError(ErrorCode.TEXT_TOO_LONG, most=most)
    return text


def markdown(raw: str, *, needed: bool = False) -> str:
    """A text in Markdown; its lines stay as they are. Refuses with FIELD_MISSING, TEXT_TOO_LONG."""
    lines = (_tidy(one) for one in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    text = "\n".join(lines).strip("\n")
    if needed and not text.strip():
        raise ContestError(ErrorCode.FIELD_MISSING)
    if len(text) > LONGEST_MARKDOWN:
        raise ContestError(ErrorCode.TEXT_TOO_LONG, most=LONGEST_MARKDOWN)
    return text


def _tidy(one: str) -> str:
    """A line in NFC without invisible characters; the spaces before it say what it belongs to."""
    indent = len(one) - len(one.lstrip(" \t"))
    return one[:indent] + canonical(one)


def number(raw: str, *, lowest: int, highest: int) -> int:
    """A whole number in digits. Refuses with NUMBER_INVALID."""
    digits = ascii_digits(canonical(raw)).replace(" ", "").replace(".", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9 or not lowest <= int(digits) <= highest:
        raise ContestError(ErrorCode.NUMBER_INVALID, lowest=lowest, highest=highest)
    return int(digits)


def instant(raw: str) -> datetime:
    """A day and a time on the contest's clocks, `09/11/2025 24:00`. Refuses with FIELD_MISSING, INSTANT_INVALID."""
    text = ascii_digits(canonical(raw))
    if not text:
        raise ContestError(ErrorCode.FIELD_MISSING)
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise ContestError(ErrorCode.INSTANT_INVALID)
    day, month, year, hour, minute = map(int, found.groups())
    if (hour, minute) == (24, 0):
        return _at(year, month, day, 0, 0) + timedelta(days=1)
    return _at(year, month, day, hour, minute)


def first_instant_of(raw: str) -> datetime:
    """The beginning of a day, `03/11/2025`, on the contest's clocks. Refuses with FIELD_MISSING, INSTANT_INVALID."""
    text = ascii_digits(canonical(raw))
    if not text:
        raise ContestError(ErrorCode.FIELD_MISSING)
    found = _DAY.fullmatch(text)
    if found is None:
        raise ContestError(ErrorCode.INSTANT_INVALID)
    day, month, year = map(int, found.groups())
    return _at(year, month, day, 0, 0)


def _at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    if not 2000 <= year < 2100:
        raise ContestError(ErrorCode.INSTANT_INVALID)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=ZONE)
    except ValueError:
        raise ContestError(ErrorCode.INSTANT_INVALID) from None


def link(raw: str) -> str:
    """An address of another site, or nothing. Refuses with LINK_INVALID, TEXT_TOO_LONG."""
    text = line(raw, most=LONGEST_LINK, needed=False)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ContestError(ErrorCode.LINK_INVALID) from None
    if parts.scheme != "https" or "." not in (parts.hostname or "") or any(char <= " " for char in text):
        raise ContestError(ErrorCode.LINK_INVALID)
    return text
