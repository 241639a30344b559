"""Which passwords staff may choose: long, and not among the first a machine would try. Checked offline."""

import unicodedata
from collections.abc import Iterable

from zxcvbn import zxcvbn

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.text import fold

SHORTEST, LONGEST = 12, 128
# zxcvbn's scale: 3 is more than 10^8 guesses, safe behind Argon2id and a lock.
STRONG_ENOUGH = 3
# Several known words in a row count as many guesses with zxcvbn; not with those who know the person.
OWN_LETTERS = 6
SHORTEST_WORD = 3
CONTEST_WORDS = (
    "cchc",
    "caicachhanhchinh",
    "hanhchinh",
    "haiphong",
    "hoithi",
    "cuocthi",
    "quantri",
    "bantochuc",
    "ubnd",
    "vneid",
    "matkhau",
    "2025",
    "2026",
)


def normalise_password(raw: str) -> str:
    """The one form of a password: composed letters, so that every keyboard types the same one."""
    return unicodedata.normalize("NFC", raw).encode(errors="replace").decode()


def check_password(raw: str, *, context: Iterable[str]) -> str:
    """The password to be hashed.

    Args:
        raw: As typed; spaces count.
        context: Words others would try first for this person: the username, the name.

    Raises:
        ContestError: PASSWORD_LENGTH, PASSWORD_GUESSABLE (common, breached, a pattern, or made of the context; with or
            without its accents).
    """
    password = normalise_password(raw)
    if not SHORTEST <= len(password) <= LONGEST:
        raise ContestError(ErrorCode.PASSWORD_LENGTH)
    words = [*CONTEST_WORDS, *(word for text in context for word in fold(text).replace(".", " ").split())]
    guessable = any(
        zxcvbn(spelling, user_inputs=words, max_length=LONGEST)["score"] < STRONG_ENOUGH
        for spelling in {password, fold(password)}
    )
    if guessable or _own_letters(password, words) < OWN_LETTERS:
        raise ContestError(ErrorCode.PASSWORD_GUESSABLE)
    return password


def _own_letters(password: str, words: Iterable[str]) -> int:
    """How many letters and digits are left when the known words are taken out."""
    left = fold(password)
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            left = left.replace(word, " ")
    return sum(char.isalnum() for char in left)
