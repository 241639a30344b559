"""Citizen IDs, names, birth dates, PINs and phone numbers as people type them. Source: Article 2 of the regulations.

Structure of the 12-digit number: Law 26/2023/QH15 article 12, Decree 137/2015/ND-CP article 13, Circular
59/2021/TT-BCA article 4. A refusal never carries what was typed, except the repaired number of CITIZEN_ID_LOST_ZERO.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from cchc_app.contest.characters import ascii_digits, canonical
from cchc_app.contest.errors import ContestError, ErrorCode

MAX_NAME_LENGTH = 100
MIN_BIRTH_YEAR = 1900
USUAL_AGES = range(18, 76)
MASK = "\u2022"
_MINUS_SIGN = "\u2212"

_CCCD = re.compile(r"\d{12}", re.ASCII)
_CMND = re.compile(r"\d{9}", re.ASCII)
_PHONE = re.compile(r"0(?:[35789]\d{8}|2\d{9})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)


class IdKind(StrEnum):
    """Which paper the number is from."""

    CCCD = "cccd"
    CMND = "cmnd"


class IdentityWarning(StrEnum):
    """Something unusual a person should look at; it never blocks, for the number outlives corrections of the papers."""

    BIRTH_YEAR_MISMATCH = "birth_year_mismatch"
    PROVINCE_UNKNOWN = "province_unknown"
    AGE_UNUSUAL = "age_unusual"


@dataclass(frozen=True, slots=True, repr=False)
class CitizenId:
    """A number whose structure is right, and what it says; a CMND says nothing. Its repr is masked."""

    number: str
    kind: IdKind
    province_code: str | None
    birth_year: int | None
    is_male: bool | None

    def __repr__(self) -> str:
        return f"CitizenId({mask(self.number)})"


def normalise_digits(raw: str) -> str:
    """`raw` with digits of any script as 0-9 and without spaces, zero-width characters, dots and dashes."""
    kept = (char for char in raw if not (char.isspace() or char in ".\uff0e" or _is_dash_or_invisible(char)))
    return ascii_digits("".join(kept))


def _is_dash_or_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Pd", "Cf") or char == _MINUS_SIGN


def parse_citizen_id(raw: str) -> CitizenId:
    """The number a person typed (Article 2.1). Refuses with the CITIZEN_ID_* codes.

    Eleven digits are nearly always a spreadsheet's lost leading zero: the refusal suggests the number, nothing restores
    it silently.
    """
    number = normalise_digits(raw)
    if not number:
        raise ContestError(ErrorCode.CITIZEN_ID_EMPTY)
    if not (number.isascii() and number.isdigit()):
        raise ContestError(ErrorCode.CITIZEN_ID_CHARACTERS)
    if _CMND.fullmatch(number):
        return CitizenId(number, IdKind.CMND, None, None, None)
    if len(number) == 11 and _has_living_century(f"0{number}"):
        raise ContestError(ErrorCode.CITIZEN_ID_LOST_ZERO, suggestion=f"0{number}")
    if not _CCCD.fullmatch(number):
        raise ContestError(ErrorCode.CITIZEN_ID_LENGTH)
    if not _has_living_century(number):
        raise ContestError(ErrorCode.CITIZEN_ID_CENTURY)
    century, is_female = divmod(int(number[3]), 2)
    birth_year = 1900 + 100 * century + int(number[4:6])
    return CitizenId(number, IdKind.CCCD, number[:3], birth_year, not is_female)


def _has_living_century(number: str) -> bool:
    return number[3] in "0123"  # 4 to 9 are births from 2100 on


def warnings(
    *, citizen_id: CitizenId, birth_date: date, today: date, province_codes: Collection[str]
) -> tuple[IdentityWarning, ...]:
    """What to ask a person to check, in the order of `IdentityWarning` (Article 2.2). Never a reason to refuse."""
    age = today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))
    findings = {
        IdentityWarning.BIRTH_YEAR_MISMATCH: citizen_id.birth_year not in (None, birth_date.year),
        IdentityWarning.PROVINCE_UNKNOWN: citizen_id.province_code not in (None, *province_codes),
        IdentityWarning.AGE_UNUSUAL: age not in USUAL_AGES,
    }
    return tuple(warning for warning, found in findings.items() if found)


def mask(number: str) -> str:
    """A citizen ID as it may be shown: 12 digits keep the first 3 and the last 2, 9 digits 2 and 2, others none."""
    head = {12: 3, 9: 2}.get(len(number))
    if head is None:
        return MASK * len(number)
    return number[:head] + MASK * (len(number) - head - 2) + number[-2:]


def mask_phone(phone: str) -> str:
    """A phone number as it may be shown: its first 3 and last 2 digits."""
    return phone[:3] + MASK * max(0, len(phone) - 5) + phone[-2:]


def normalise_name(raw: str) -> str:
    """A person's name, repaired and in NFC (Article 2.1); what is typed keeps its case and its spelling.

    Letters are Latin ones; up to two combining marks may follow one, as minority languages need. Refuses with
    NAME_EMPTY, NAME_TOO_LONG (more than 100 code points), NAME_CHARACTERS or NAME_TOO_SHORT (fewer than two letters).
    """
    name = canonical(raw).replace("\u2019", "'")
    if not name:
        raise ContestError(ErrorCode.NAME_EMPTY)
    if len(name) > MAX_NAME_LENGTH:
        raise ContestError(ErrorCode.NAME_TOO_LONG)
    shape = "".join(_name_class(char) for char in name)
    if not re.fullmatch(r"(?:LM{0,2}|[P ])+", shape):
        raise ContestError(ErrorCode.NAME_CHARACTERS)
    if shape.count("L") < 2:
        raise ContestError(ErrorCode.NAME_TOO_SHORT)
    return name


def _name_class(char: str) -> str:
    """L letter, M combining mark, P sign allowed in names, a space, or ? for all else."""
    if char == " ":
        return " "
    if char in "'-.":
        return "P"
    if "\u0300" <= char <= "\u036f":
        return "M"
    return "L" if char.isalpha() and unicodedata.name(char, "").startswith("LATIN ") else "?"


def parse_birth_date(raw: str, *, today: date) -> date:
    """A birth date typed as dd/mm/yyyy, d/m/yyyy, dd-mm-yyyy, yyyy-mm-dd or ddmmyyyy (Article 2.1).

    Refuses with BIRTH_DATE_EMPTY, BIRTH_DATE_INVALID (no such day, or before 1900) or BIRTH_DATE_FUTURE.
    """
    text = ascii_digits(canonical(raw))
    if not text:
        raise ContestError(ErrorCode.BIRTH_DATE_EMPTY)
    try:
        born = _as_date(text)
    except ValueError:
        raise ContestError(ErrorCode.BIRTH_DATE_INVALID) from None
    if born.year < MIN_BIRTH_YEAR:
        raise ContestError(ErrorCode.BIRTH_DATE_INVALID)
    if born > today:
        raise ContestError(ErrorCode.BIRTH_DATE_FUTURE)
    return born


def _as_date(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError("not a date")
    return date(int(year), int(month), int(day))


def check_pin(pin: str, *, citizen_id: CitizenId, birth_date: date) -> str:
    """The six digits of a PIN that others would not guess first (Article 2.3).

    Refuses with PIN_LENGTH, PIN_REPEATED (one digit), PIN_SEQUENCE (runs such as 234567 or 098765, a repeated pair or
    triple) or PIN_FROM_IDENTITY (birth date as ddmmyy or yymmdd, or digits that stand together in the number).
    """
    digits = normalise_digits(pin)
    if not re.fullmatch(r"\d{6}", digits, re.ASCII):
        raise ContestError(ErrorCode.PIN_LENGTH)
    if len(set(digits)) == 1:
        raise ContestError(ErrorCode.PIN_REPEATED)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    if steps in ({1}, {9}) or digits in (digits[:2] * 3, digits[:3] * 2):
        raise ContestError(ErrorCode.PIN_SEQUENCE)
    born = (f"{birth_date:%d%m%y}", f"{birth_date:%y%m%d}")
    if digits in born or digits in citizen_id.number:
        raise ContestError(ErrorCode.PIN_FROM_IDENTITY)
    return digits


def parse_phone(raw: str) -> str | None:
    """A Vietnamese mobile or landline number as 0..., None if left empty. Refuses with PHONE_INVALID."""
    digits = re.sub(r"[()]", "", normalise_digits(raw))
    if not digits:
        return None
    national = re.sub(r"^(?:\+|00)?84", "0", digits)
    if not _PHONE.fullmatch(national):
        raise ContestError(ErrorCode.PHONE_INVALID)
    return national
