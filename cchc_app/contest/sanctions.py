"""What organisers may decide about one participant. Safeguards, except extra time: Article 5.1 of the regulations."""

from enum import StrEnum

from cchc_app.contest.errors import ContestError, ErrorCode

MINUTE_MS = 60_000
MOST_EXTRA_MINUTES = 120


class SanctionKind(StrEnum):
    """How somebody is kept out. The values are stored."""

    BLOCKED = "blocked"  # cannot sign in or begin a paper; what was handed in counts
    DISQUALIFIED = "disqualified"  # is on no board and wins nothing; may look at the own results


def parse_extra_time(typed: str) -> int:
    """Personal extra time in milliseconds from whole minutes as typed. Refuses with EXTRA_TIME_INVALID."""
    digits = typed.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4 and int(digits) <= MOST_EXTRA_MINUTES):
        raise ContestError(ErrorCode.EXTRA_TIME_INVALID, most=MOST_EXTRA_MINUTES)
    return int(digits) * MINUTE_MS
