"""Questions that say the same: compared without accents, case, signs and the two ways of placing tones."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc_app.contest.characters import canonical
from cchc_app.contest.text import fold
from cchc_app.services.question_files.model import ParsedQuestion

# oa, oe and uy with nothing after them carry the tone on either vowel; after q the u belongs to the consonant.
_TONE_PLACE = re.compile(r"(?<![a-z\u0111])([a-z\u0111]*?)(o|u)([\u0300\u0301\u0303\u0309\u0323]?)([aey])"
                         r"([\u0300\u0301\u0303\u0309\u0323]?)(?![a-z\u0111\u0300-\u036f])")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A question that an earlier one of the file, or one of the bank, says already.

    Args:
        row: The later question.
        first_row: The earlier one in the same file, or None.
        code: The bank's question, or "" when the earlier one is in the file.
    """

    row: int
    first_row: int | None
    code: str


def stem_key(stem: str) -> str:
    """What two stems that say the same share."""
    folded = fold(stem)
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split()) or folded


def option_key(option: str) -> str:
    """What two options that say the same share: accents and signs count, case and the place of the tone do not."""
    marked = unicodedata.normalize("NFD", canonical(option).casefold())
    return unicodedata.normalize("NFC", _TONE_PLACE.sub(_old_place, marked))


def _old_place(found: re.Match[str]) -> str:
    before, first, tone, second, later = found.groups()
    fits = (first == "o" and second in "ae") or (first == "u" and second == "y")
    if not fits or (before.endswith("q") and first == "u"):
        return found[0]
    return f"{before}{first}{tone or later}{second}"


def duplicates(rows: Iterable[ParsedQuestion], existing: Mapping[str, str]) -> tuple[Duplicate, ...]:
    """Every question that is there already.

    Args:
        rows: The questions of one file.
        existing: The bank's codes by `stem_key`.
    """
    seen: dict[str, int] = {}
    found = []
    for question in rows:
        key = stem_key(question.stem)
        if key in existing:
            found.append(Duplicate(question.row, None, existing[key]))
        elif key in seen:
            found.append(Duplicate(question.row, seen[key], ""))
        seen.setdefault(key, question.row)
    return tuple(found)
