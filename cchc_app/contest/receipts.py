"""Receipts: the short public code of a paper or a slogan, readable over the phone, with check digits (Article 11)."""

import re

# Without 0/O, 1/I/L and U: letters and digits nobody confuses.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 6
PRACTICE_MARK = "LT"
SLOGAN_MARK = "KH"
_SHAPE = re.compile(rf"([A-Z0-9]+)-(W\d+|{PRACTICE_MARK}|{SLOGAN_MARK})-([{ALPHABET}]{{{TOKEN_LENGTH}}})-(\d\d)")


def make(*, contest_code: str, period_number: int | None, token: str) -> str:
    """The receipt of one attempt, for example `HP25-W2-7KQFM8-31`.

    Args:
        contest_code: the contest's short code.
        period_number: the week, or None for a practice paper.
        token: TOKEN_LENGTH random characters of ALPHABET.
    """
    return _with_check_digits(
        f"{contest_code}-{PRACTICE_MARK if period_number is None else f'W{period_number}'}-{token}"
    )


def make_for_slogan(*, contest_code: str, token: str) -> str:
    """The receipt of one version of a slogan, for example `HP25-KH-7KQFM8-31`; arguments as `make`."""
    return _with_check_digits(f"{contest_code}-{SLOGAN_MARK}-{token}")


def is_wellformed(receipt: str) -> bool:
    """Whether the code has the right shape and its check digits agree: a slip of the pen is told from a wrong code."""
    match = _SHAPE.fullmatch(receipt)
    return match is not None and _check_digits(receipt[:-3]) == int(match[4])


def _with_check_digits(body: str) -> str:
    return f"{body}-{_check_digits(body):02d}"


def _check_digits(body: str) -> int:
    """The characters as one number in base 36, modulo 97: a prime larger than the base, so that every single wrong
    character and every swap of neighbours changes it.
    """
    remainder = 0
    for character in body.replace("-", ""):
        remainder = (remainder * 36 + int(character, 36)) % 97
    return remainder
