"""Where a unit's slogan stands, as organisers see it (Article 10)."""

from datetime import datetime
from enum import StrEnum


class SloganState(StrEnum):
    """The states a unit can be listed by."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


def state_of(status: str | None, disqualified_at: datetime | None) -> SloganState:
    """The state of a slogan row; `status` is None when the unit has none.

    Only what was handed in can be disqualified: one withdrawn since is withdrawn.
    """
    if status is None:
        return SloganState.NONE
    state = SloganState(status)
    return SloganState.DISQUALIFIED if state is SloganState.SUBMITTED and disqualified_at is not None else state
