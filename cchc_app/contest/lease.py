"""Work that is done once across the fleet: who may do it now, and when the next turn begins.

Not an article of the regulations, but a rule of time like theirs: pure, and right also when a clock was put back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

NOBODY = ""
# Who asks may have read the clock a while before it is their turn at the database.
SLACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lease:
    """One piece of periodic work.

    Args:
        holder: The process that does it now; NOBODY between turns.
        until: When the holder counts as dead unless it has renewed, UTC.
        due_at: When the next turn begins, UTC.
    """

    holder: str
    until: datetime
    due_at: datetime


def taken(lease: Lease | None, *, holder: str, length: timedelta, every: timedelta, now: datetime) -> Lease | None:
    """The lease once `holder` has taken it, or None when it is not due or somebody else's.

    Args:
        lease: As it is; None before the first turn.
        length: How long it lasts without being renewed.
        every: From one turn to the next.
        now: UTC.

    An end or a turn much further away than can be was written by a clock that ran ahead, and binds nobody.
    """
    if lease is not None:
        held = lease.holder not in (NOBODY, holder) and now < lease.until <= now + length + SLACK
        waits = now < lease.due_at <= now + every + SLACK
        if held or waits:
            return None
    return Lease(holder, now + length, now if lease is None else lease.due_at)


def renewed(lease: Lease | None, *, holder: str, length: timedelta, now: datetime) -> Lease | None:
    """The lease for another `length`, or None when `holder` has lost it."""
    if lease is None or lease.holder != holder:
        return None
    return Lease(holder, now + length, lease.due_at)


def given_back(lease: Lease | None, *, holder: str, due_at: datetime, now: datetime) -> Lease | None:
    """The lease between turns, the next of which begins at `due_at`; None when `holder` has lost it."""
    if lease is None or lease.holder != holder:
        return None
    return Lease(NOBODY, now, due_at)
