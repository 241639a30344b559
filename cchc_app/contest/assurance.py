"""How sure an identity provider is of a person. Source: Decree 69/2024/ND-CP, which knows two levels.

What travels over the wire differs between providers, so the table of values is data; what is not in it counts as none.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum

from cchc_app.contest.errors import ContestError, ErrorCode


class Assurance(IntEnum):
    """How far an electronic identity was checked."""

    NONE = 0
    BASIC = 1  # identity data compared with the population database
    FULL = 2  # biometrics checked in person


# Spellings seen in public code; settings may add others. Compared without regard to case.
LEVELS: Mapping[str, int] = {"1": 1, "2": 2, "01": 1, "02": 2, "loa1": 1, "loa2": 2, "ial1": 1, "ial2": 2}


def level_of(*, values: Iterable[object], table: Mapping[str, int] = LEVELS) -> Assurance:
    """The level that a sign-in's claims amount to: the lowest of those stated.

    Args:
        values: The claims that state a level; None for one that is missing.
        table: Level by spelling, in lower case.

    Returns:
        NONE when nothing is stated or anything stated is not in the table: what is not understood is not trusted.
    """
    stated = [str(value).strip().casefold() for value in values if value is not None and str(value).strip()]
    return Assurance(min((table.get(value, Assurance.NONE) for value in stated), default=Assurance.NONE))


def require_level(*, level: Assurance, accepted: int) -> None:
    """Refuse with VNEID_LEVEL_LOW unless `level` reaches the contest's accepted one."""
    if level < accepted:
        raise ContestError(ErrorCode.VNEID_LEVEL_LOW)
