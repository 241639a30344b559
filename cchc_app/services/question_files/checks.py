"""From drafts to sound questions: every part judged, every problem noted, repairs offered."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from cchc_app.contest.characters import ascii_digits, canonical
from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.text import fold
from cchc_app.services.question_files.duplicates import option_key
from cchc_app.services.question_files.legacy import Suspicion
from cchc_app.services.question_files.model import (
    MAX_OPTIONS,
    OPTION_COLUMNS,
    Column,
    Draft,
    ParsedQuestion,
    Progress,
    Reading,
    Repair,
    RepairKind,
)
from cchc_app.texts.question_files import DIFFICULTIES, ENCODINGS, POOLS

T = TypeVar("T", int, str)

PROGRESS_EVERY = 100
LIMITS = {
    Column.TOPIC: 200,
    Column.STEM: 2000,
    Column.EXPLANATION: 4000,
    Column.LEGAL_BASIS: 1000,
    Column.POOL: 100,
    Column.DIFFICULTY: 100,
}
OPTION_LIMIT = 500
YEARS = range(1900, 2200)
DAY_ZERO = date(1899, 12, 30)  # as spreadsheets count days

_CODE = re.compile(r"[\w.\-]{1,32}")
_KEY = re.compile(r"[A-Z](?:[\s,;/+&]*[A-Z])*")
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_POOL_NAMES = {fold(name): pool for pool, names in POOLS.items() for name in names}
_DIFFICULTY_NAMES = {fold(name): number for number, names in DIFFICULTIES.items() for name in names}


class Checker:
    """Judges the drafts of one file; `reading` collects problems, `repairs` what could be repaired.

    Args:
        reading: The drafts.
        accept: Repairs that are made.
        keep: Repairs a person has declined: what they are about stays as it is, and is no problem any more.
    """

    def __init__(self, reading: Reading, accept: Collection[RepairKind], keep: Collection[RepairKind] = ()) -> None:
        self.reading = reading
        self.accept = accept
        self.keep = keep
        self.repairs: list[Repair] = []
        self._suspicion = Suspicion.of(text for draft in reading.drafts for text in _all_texts(draft))
        digits = [code for code in map(_digits, reading.drafts) if code]
        self._width = max(map(len, digits), default=0)
        self._zeros = any(code.startswith("0") for code in digits)
        self._codes: dict[str, int] = {}

    def questions(self, progress: Progress | None) -> list[ParsedQuestion]:
        """The sound ones among the drafts."""
        total = len(self.reading.drafts)
        found = []
        for done, draft in enumerate(self.reading.drafts, 1):
            question = self.question(draft)
            if self.reading.is_sound(draft.row):
                found.append(question)
            if progress is not None and (done % PROGRESS_EVERY == 0 or done == total):
                progress(done, total)
        return found

    def question(self, draft: Draft) -> ParsedQuestion:
        texts = {column: self._text(draft, column, text, LIMITS.get(column)) for column, text in draft.texts.items()}
        stem = texts.get(Column.STEM, "")
        if not stem:
            self._refuse(draft, Column.STEM, ErrorCode.STEM_MISSING)
        options = self._options(draft)
        valid_from, valid_until = self._validity(draft)
        return ParsedQuestion(
            row=draft.row,
            code=self._code(draft, texts.get(Column.CODE, "")),
            pool=self._named(draft, Column.POOL, texts, _POOL_NAMES, ErrorCode.POOL_UNKNOWN) or "",
            topic=texts.get(Column.TOPIC, ""),
            difficulty=self._named(draft, Column.DIFFICULTY, texts, _DIFFICULTY_NAMES, ErrorCode.DIFFICULTY_INVALID),
            stem=stem,
            options=options,
            key=self._key(draft, options),
            explanation=texts.get(Column.EXPLANATION, ""),
            legal_basis=texts.get(Column.LEGAL_BASIS, ""),
            valid_from=valid_from,
            valid_until=valid_until,
        )

    def _refuse(self, draft: Draft, column: Column, code: ErrorCode, **details: object) -> None:
        self.reading.refuse(draft.row, column, code, **details)

    def _offer(self, draft: Draft, kind: RepairKind, column: Column, before: str, after: str) -> bool:
        """Note a possible repair; whether it was accepted."""
        self.repairs.append(Repair(kind, draft.row, column, before, after))
        return kind in self.accept

    def _text(self, draft: Draft, column: Column, text: str, limit: int | None) -> str:
        converted = self._suspicion.converted(text)
        if converted is not None and self._suspicion.kind is not None:
            if self._offer(draft, RepairKind.LEGACY_TEXT, column, text, converted):
                text = converted
            elif RepairKind.LEGACY_TEXT not in self.keep:
                encoding = ENCODINGS[self._suspicion.kind]
                self._refuse(draft, column, ErrorCode.TEXT_LEGACY, encoding=encoding, suggestion=converted[:100])
        flaw = _flaw(text)
        if flaw is not None:
            self._refuse(draft, column, flaw)
        tidy = canonical(text)
        if limit is not None and len(tidy) > limit:
            self._refuse(draft, column, ErrorCode.TEXT_TOO_LONG, length=len(tidy), limit=limit)
        return tidy

    def _options(self, draft: Draft) -> tuple[str, ...]:
        places = [OPTION_COLUMNS[min(place, MAX_OPTIONS - 1)] for place in range(len(draft.options))]
        options = [
            self._text(draft, column, text, OPTION_LIMIT) for column, text in zip(places, draft.options, strict=True)
        ]
        while options and not options[-1]:
            options.pop()
        if len(options) > MAX_OPTIONS:
            self._refuse(draft, Column.OPTIONS, ErrorCode.OPTIONS_TOO_MANY)
            return tuple(options[:MAX_OPTIONS])
        seen: set[str] = set()
        for column, option in zip(places, options, strict=False):
            key = option_key(option)
            if not option:
                self._refuse(draft, column, ErrorCode.OPTION_GAP)
            elif key in seen:
                self._refuse(draft, column, ErrorCode.OPTIONS_REPEATED)
            seen.add(key)
        if len(options) < 2:
            self._refuse(draft, Column.OPTIONS, ErrorCode.OPTIONS_TOO_FEW)
        return tuple(options)

    def _key(self, draft: Draft, options: tuple[str, ...]) -> tuple[int, ...]:
        key = draft.key
        if isinstance(key, str):
            letters = canonical(key).upper()
            if letters and not _KEY.fullmatch(letters):
                self._refuse(draft, Column.KEY, ErrorCode.KEY_INVALID, value=letters[:40])
                return ()
            key = tuple(ord(letter) - ord("A") for letter in re.findall("[A-Z]", letters))
        if not key:
            self._refuse(draft, Column.KEY, ErrorCode.KEY_MISSING)
        elif len(set(key)) < len(key):
            repeated = ", ".join(chr(ord("A") + place) for place in key)
            self._refuse(draft, Column.KEY, ErrorCode.KEY_INVALID, value=repeated)
        elif max(key) >= len(options):
            beyond = ", ".join(chr(ord("A") + place) for place in key if place >= len(options))
            self._refuse(draft, Column.KEY, ErrorCode.KEY_NO_SUCH_OPTION, value=beyond)
        elif len(key) == len(options) > 1:
            self._refuse(draft, Column.KEY, ErrorCode.KEY_ALL_OPTIONS)
        return tuple(sorted(key))

    def _code(self, draft: Draft, code: str) -> str:
        if not code:
            return ""
        if not _CODE.fullmatch(code):
            self._refuse(draft, Column.CODE, ErrorCode.CODE_INVALID)
            return code
        code = self._restored(draft, code)
        first = self._codes.setdefault(code.casefold(), draft.row)
        if first != draft.row:
            self._refuse(draft, Column.CODE, ErrorCode.CODE_REPEATED, first_row=first)
        return code

    def _restored(self, draft: Draft, code: str) -> str:
        """The code with its zeros, if that was accepted; without, it is refused where other codes have theirs."""
        padded = code.zfill(self._width)
        if not draft.code_is_number or padded == code:
            return code
        if self._offer(draft, RepairKind.LOST_ZEROS, Column.CODE, code, padded):
            return padded
        if self._zeros and RepairKind.LOST_ZEROS not in self.keep:
            self._refuse(draft, Column.CODE, ErrorCode.CODE_LOST_ZERO, suggestion=padded)
        return code

    def _named(
        self, draft: Draft, column: Column, texts: dict[Column, str], names: dict[str, T], refusal: ErrorCode
    ) -> T | None:
        text = texts.get(column, "")
        if not text:
            return None
        if fold(text) not in names:
            self._refuse(draft, column, refusal)
        return names.get(fold(text))

    def _validity(self, draft: Draft) -> tuple[date | None, date | None]:
        first = self._date(draft, Column.VALID_FROM)
        last = self._date(draft, Column.VALID_UNTIL)
        if first is not None and last is not None and last < first:
            self._refuse(draft, Column.VALID_UNTIL, ErrorCode.DATES_REVERSED)
        return first, last

    def _date(self, draft: Draft, column: Column) -> date | None:
        value = draft.dates.get(column, "")
        if isinstance(value, float | int) and not isinstance(value, bool):
            return self._numbered_date(draft, column, value)
        if isinstance(value, datetime):
            value = value.date()
        found = value if isinstance(value, date) else written_date(str(value))
        blank = not isinstance(value, date) and not canonical(str(value))
        if not blank and (found is None or found.year not in YEARS):
            self._refuse(draft, column, ErrorCode.DATE_INVALID)
        return found

    def _numbered_date(self, draft: Draft, column: Column, value: float) -> date | None:
        try:
            found = DAY_ZERO + timedelta(days=int(value))
        except (OverflowError, ValueError):
            found = None
        if found is None or found.year not in YEARS or value != int(value):
            self._refuse(draft, column, ErrorCode.DATE_INVALID)
            return None
        shown = f"{found:%d/%m/%Y}"
        if not self._offer(draft, RepairKind.NUMBERS_AS_DATES, column, str(int(value)), shown):
            self._refuse(draft, column, ErrorCode.DATE_IS_NUMBER, suggestion=shown)
        return found


def written_date(text: str) -> date | None:
    """A date as day/month/year or year-month-day; None for anything else."""
    found = _DATE.fullmatch(ascii_digits(canonical(text)))
    if found is None:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[3] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _flaw(text: str) -> ErrorCode | None:
    """What makes a text unfit for people: control characters, or characters that mean nothing."""
    if text.isascii() and text.isprintable():
        return None
    kinds = {unicodedata.category(char) for char in text if char not in "\t\r\n"}
    if "Cc" in kinds:
        return ErrorCode.TEXT_CONTROL
    return ErrorCode.TEXT_BROKEN if kinds & {"Co", "Cn", "Cs"} or "\ufffd" in text else None


def _all_texts(draft: Draft) -> Iterable[str]:
    yield from draft.texts.values()
    yield from draft.options


def _digits(draft: Draft) -> str:
    """The code of a draft, if it has digits only."""
    code = canonical(draft.texts.get(Column.CODE, ""))
    return code if code.isascii() and code.isdigit() else ""
