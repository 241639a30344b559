"""A unit's slogan (Article 10): how it is counted in words, what is refused, until when it is taken.

A word is what everyday Vietnamese calls one: a run of characters between white space that holds a letter or a digit.
Counted in the same way by assets/slogan.js while somebody types; both are held to one table and to generated texts.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import RuleSet, SloganRules
from cchc_app.contest.schedule import Phase
from cchc_app.contest.text import fold

# Spelled out, because what Python and browsers call white space differs.
WHITE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
LINE_BREAKS = "\n\v\f\r\u0085\u2028\u2029"
MAX_CHARACTERS = 300
MAX_EXPLANATION_CHARACTERS = 4_000
MAX_AUTHOR_CHARACTERS = 100

_SPACES = str.maketrans(dict.fromkeys(WHITE, " "))
_GONE = str.maketrans(dict.fromkeys(INVISIBLE, None))
_LINES = re.compile(f"[{LINE_BREAKS}]+")
_COLUMNS = re.compile(r"\S(?: {2,}|\s*\|\s*)\S")
_LINK = re.compile(
    r"\w+://|\bwww\.|\S@\S+\.\w|\b[a-z0-9-]{2,}\.(?:com|net|org|info|biz|vn|gov|edu|io|me|ly|site|top|xyz|link|asia)\b"
)


class Status(StrEnum):
    """Where a unit's slogan stands. The values are stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Writing:
    """What a representative wrote.

    Attributes:
        text: The slogan.
        explanation: What it means; may be empty.
        author: Who thought of it.
        author_public: Whether the author agrees to be named in the gallery.
    """

    text: str
    explanation: str
    author: str
    author_public: bool


def normalise(text: str) -> str:
    """`text` in NFC on one line: nothing invisible, every white space a plain one, none doubled or at the ends."""
    composed = unicodedata.normalize("NFC", text.translate(_GONE).translate(_SPACES))
    return " ".join(part for part in composed.split(" ") if part)


def tokens(text: str) -> tuple[str, ...]:
    """What is counted, in order: a dash, a quote or an emoji between spaces is not (Article 10.1)."""
    return tuple(token for token in normalise(text).split(" ") if any(_is_word_character(char) for char in token))


def count(text: str) -> int:
    """How many words a text has (Article 10.1)."""
    return len(tokens(text))


def paragraphs(text: str) -> str:
    """A longer text with its paragraphs, each normalised, empty ones left out."""
    lines = (normalise(line) for line in _LINES.split(text))
    return "\n".join(line for line in lines if line)


def storable(text: str) -> str:
    """A draft as typed, without what a database cannot hold: drafts are kept, not judged."""
    return "".join(char for char in text if char in WHITE or unicodedata.category(char) not in ("Cc", "Cs"))


def checked(*, writing: Writing, rules: SloganRules) -> Writing:
    """What would be handed in: normalised and within the rules (Article 10.2).

    Refuses, the first reason only, with SLOGAN_CHARACTERS (control characters, or characters no standard knows),
    SLOGAN_TABLE, SLOGAN_EMPTY, SLOGAN_ONLY_SIGNS, SLOGAN_TOO_LONG (characters, most), SLOGAN_LINK, SLOGAN_TOO_FEW_WORDS
    (words, fewest, most, missing), SLOGAN_TOO_MANY_WORDS (words, fewest, most, surplus), EXPLANATION_CHARACTERS,
    EXPLANATION_TOO_LONG (words, most), EXPLANATION_LINK, AUTHOR_MISSING, AUTHOR_INVALID.
    """
    return Writing(
        text=_checked_text(writing.text, rules),
        explanation=_checked_explanation(writing.explanation, rules),
        author=_checked_author(writing.author),
        author_public=writing.author_public,
    )


def _checked_text(raw: str, rules: SloganRules) -> str:
    _require(not _has_strange_characters(raw), ErrorCode.SLOGAN_CHARACTERS)
    _require(not _looks_like_a_table(raw), ErrorCode.SLOGAN_TABLE)
    text, words = normalise(raw), count(raw)
    _require(bool(text), ErrorCode.SLOGAN_EMPTY)
    _require(words > 0, ErrorCode.SLOGAN_ONLY_SIGNS)
    _require(len(text) <= MAX_CHARACTERS, ErrorCode.SLOGAN_TOO_LONG, characters=len(text), most=MAX_CHARACTERS)
    _require(not _LINK.search(fold(text)), ErrorCode.SLOGAN_LINK)
    limits = {"words": words, "fewest": rules.min_words, "most": rules.max_words}
    _require(words >= rules.min_words, ErrorCode.SLOGAN_TOO_FEW_WORDS, **limits, missing=rules.min_words - words)
    _require(words <= rules.max_words, ErrorCode.SLOGAN_TOO_MANY_WORDS, **limits, surplus=words - rules.max_words)
    return text


def _checked_explanation(raw: str, rules: SloganRules) -> str:
    _require(not _has_strange_characters(raw), ErrorCode.EXPLANATION_CHARACTERS)
    text, words = paragraphs(raw), count(raw)
    too_long = words > rules.explanation_max_words or len(text) > MAX_EXPLANATION_CHARACTERS
    _require(not too_long, ErrorCode.EXPLANATION_TOO_LONG, words=words, most=rules.explanation_max_words)
    _require(not _LINK.search(fold(text)), ErrorCode.EXPLANATION_LINK)
    return text


def _checked_author(raw: str) -> str:
    author = normalise(raw)
    _require(bool(author), ErrorCode.AUTHOR_MISSING)
    letters = sum(unicodedata.category(char)[0] == "L" for char in author)
    strange = _has_strange_characters(raw) or _LINK.search(fold(author)) is not None
    _require(letters >= 2 and len(author) <= MAX_AUTHOR_CHARACTERS and not strange, ErrorCode.AUTHOR_INVALID)
    return author


def opens_at(rule_set: RuleSet) -> datetime:
    """The slogan round opens with the first period (Article 10.3)."""
    return rule_set.periods[0].opens_at


def closes_at(rules: SloganRules, exception: datetime | None) -> datetime:
    """The instant from which nothing is taken from a unit any more: the later of the rules' and the exception's.

    Args:
        rules: The regulations in force.
        exception: The end of the unit's newest late exception (Article 10.4); None when it has none.
    """
    return rules.closes_at if exception is None else max(rules.closes_at, exception)


def phase(*, rule_set: RuleSet, exception: datetime | None, now: datetime) -> Phase:
    """Where `now` stands to a unit's half-open window, to the millisecond (Articles 1 and 10.3)."""
    if now < opens_at(rule_set):
        return Phase.UPCOMING
    return Phase.OPEN if now < closes_at(rule_set.slogan, exception) else Phase.CLOSED


def require_open(*, rule_set: RuleSet, exception: datetime | None, now: datetime) -> None:
    """Refuse with SLOGAN_NOT_OPEN (opens_at) or SLOGAN_CLOSED (closes_at) outside of a unit's window."""
    match phase(rule_set=rule_set, exception=exception, now=now):
        case Phase.UPCOMING:
            raise ContestError(ErrorCode.SLOGAN_NOT_OPEN, opens_at=opens_at(rule_set))
        case Phase.CLOSED:
            raise ContestError(ErrorCode.SLOGAN_CLOSED, closes_at=closes_at(rule_set.slogan, exception))


def _is_word_character(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _has_strange_characters(raw: str) -> bool:
    """Controls, hidden directions, halves of characters, and characters this standard's tables do not know.

    The last ones a newer browser could count as letters: what is taken is counted alike everywhere.
    """
    return any(unicodedata.category(char)[0] == "C" for char in raw if char not in WHITE and char not in INVISIBLE)


def _looks_like_a_table(raw: str) -> bool:
    """Tabs come from pasted cells only: in a form, the key of that name moves on. Or several lines with columns."""
    text = raw.strip(WHITE)
    in_columns = [line for line in _LINES.split(text) if _COLUMNS.search(line.strip(WHITE))]
    return "\t" in text or len(in_columns) > 1


def _require(holds: bool, otherwise: ErrorCode, **details: object) -> None:
    if not holds:
        raise ContestError(otherwise, **details)
