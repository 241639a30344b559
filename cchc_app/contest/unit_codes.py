"""A unit's one-time code: read from paper, typed on a phone. A safeguard of the door, not an article of the rules."""

from cchc_app.contest.characters import ascii_digits, canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.receipts import ALPHABET

LENGTH = 12  # 58 bits: nobody guesses one, however many units there are
GROUP = 4
_LONGEST_TYPED = 100
_SEPARATORS = "-.\u2010\u2011\u2012\u2013\u2014\u2212"


def spoken(code: str) -> str:
    """A code as it is printed, in groups of four: `7KQF-M8XT-2BCD`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def parse(raw: str) -> str:
    """The code behind what was typed, in whichever case and grouping.

    Refuses with UNIT_CODE_EMPTY, or with UNIT_CODE_WRONG when no code looks like that.
    """
    typed = ascii_digits(canonical(raw[:_LONGEST_TYPED])).upper()
    code = "".join(char for char in typed if char != " " and char not in _SEPARATORS)
    if not code:
        raise ContestError(ErrorCode.UNIT_CODE_EMPTY)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise ContestError(ErrorCode.UNIT_CODE_WRONG)
    return code
