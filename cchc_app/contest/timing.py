"""Deadlines, grace and time used. Source: Article 5 of the regulations.

Instants are aware, in UTC, exact to the millisecond; durations are integers of milliseconds.
Only the server's clock counts.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_millis(instant: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z of an aware instant; finer parts are cut off."""
    return (instant - EPOCH) // MILLISECOND


def deadline(
    *, started_at: datetime, duration_ms: int, period_closes_at: datetime | None, extra_ms: int = 0
) -> datetime:
    """When a paper ends: the earlier of start + duration and the period's end, plus personal extra time (Article 5.1).

    `period_closes_at` is None for practice, which belongs to no period.
    """
    end = started_at + timedelta(milliseconds=duration_ms)
    if period_closes_at is not None:
        end = min(end, period_closes_at)
    return end + timedelta(milliseconds=extra_ms)


def accepts(*, received_at: datetime, deadline_at: datetime, grace_ms: int) -> bool:
    """Whether an answer received at `received_at` still counts: before deadline + grace (Article 5.2)."""
    return received_at < deadline_at + timedelta(milliseconds=grace_ms)


def is_abandoned(*, now: datetime, deadline_at: datetime, grace_ms: int) -> bool:
    """Whether the server closes an open paper, because no answer can be accepted any more (Article 5.4)."""
    return not accepts(received_at=now, deadline_at=deadline_at, grace_ms=grace_ms)


def finished_at(*, submitted_at: datetime | None, deadline_at: datetime) -> datetime:
    """The instant that ranks: submission, never later than the deadline; the deadline for an abandoned paper (None).

    The grace serves a slow network only: it neither costs nor gives time (Article 5.3).
    """
    return deadline_at if submitted_at is None else min(submitted_at, deadline_at)


def time_used_ms(*, started_at: datetime, finished_at: datetime) -> int:
    """Milliseconds between start and finish by the server's clock, never negative (Article 5.3)."""
    return max(0, (finished_at - started_at) // MILLISECOND)


def remaining_ms(*, now: datetime, deadline_at: datetime) -> int:
    """Milliseconds left until the deadline, 0 after it."""
    return max(0, (deadline_at - now) // MILLISECOND)
