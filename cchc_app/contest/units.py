"""What a unit may be called and how large it may be. Safeguards for what organisers type, no article of the rules."""

import re
from datetime import date

from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,19}")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
SHORTEST_NAME, LONGEST_NAME, LONGEST_ALIASES = 2, 200, 400
MOST_PEOPLE = 100_000


def parse_code(typed: str) -> str:
    """A unit's code as typed. Refuses with UNIT_CODE_INVALID."""
    code = canonical(typed)
    if not _CODE.fullmatch(code):
        raise ContestError(ErrorCode.UNIT_CODE_INVALID)
    return code


def parse_name(typed: str) -> str:
    """A unit's name on one line, tidy. Refuses with UNIT_NAME_INVALID."""
    name = _one_line(typed)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise ContestError(ErrorCode.UNIT_NAME_INVALID)
    return name


def tidy_aliases(typed: str) -> str:
    """Other names a unit is found by, on one line, cut."""
    return _one_line(typed)[:LONGEST_ALIASES]


def parse_headcount(typed: str) -> int:
    """A number of people, with or without dots between thousands. Refuses with HEADCOUNT_INVALID."""
    digits = canonical(typed)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 7 and 1 <= int(digits) <= MOST_PEOPLE):
        raise ContestError(ErrorCode.HEADCOUNT_INVALID)
    return int(digits)


def parse_day(typed: str) -> date:
    """A day, day first or as ISO 8601 writes it. Refuses with DAY_INVALID."""
    found = _DAY.fullmatch(canonical(typed))
    if found is None:
        raise ContestError(ErrorCode.DAY_INVALID)
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        parsed = date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        raise ContestError(ErrorCode.DAY_INVALID) from None
    if not 2000 <= parsed.year <= 2100:
        raise ContestError(ErrorCode.DAY_INVALID)
    return parsed


def _one_line(typed: str) -> str:
    return "".join(char for char in canonical(typed[:1000]) if char.isprintable())
