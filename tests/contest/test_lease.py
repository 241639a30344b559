"""Turns at periodic work: one holder at a time, whatever clocks do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.lease import NOBODY, Lease, given_back, renewed, taken

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LENGTH, EVERY = 10 * SECOND, 60 * SECOND
HELD = Lease("one", NOW + LENGTH, NOW)
IDLE = Lease(NOBODY, NOW, NOW + EVERY)


def take(lease: Lease | None, holder: str, now: datetime) -> Lease | None:
    return taken(lease, holder=holder, length=LENGTH, every=EVERY, now=now)


@pytest.mark.parametrize(
    ("lease", "after", "free"),
    [
        (None, 0, True),
        (HELD, 0, False),
        (HELD, 9.999, False),
        (HELD, 10, True),  # not renewed: dead
        (IDLE, 0, False),
        (IDLE, 59.999, False),
        (IDLE, 60, True),
        # Asked with an instant read before the holder took it.
        (HELD, -1, False),
        # Written by a clock that ran five minutes ahead and was put back.
        (replace(HELD, until=NOW + 310 * SECOND), 0, True),
        (replace(IDLE, due_at=NOW + 360 * SECOND), 0, True),
        # The asking clock runs behind: waited for no longer than a turn.
        (IDLE, -300, True),
    ],
)
def test_whether_another_process_may_take_it(lease: Lease | None, after: float, free: bool) -> None:
    now = NOW + after * SECOND
    assert (take(lease, "other", now) is not None) is free


def test_the_taker_holds_it_for_its_length() -> None:
    assert take(IDLE, "one", NOW + EVERY) == Lease("one", NOW + EVERY + LENGTH, NOW + EVERY)
    assert take(None, "one", NOW) == HELD


def test_only_the_holder_renews_and_gives_back() -> None:
    later = NOW + 5 * SECOND
    assert renewed(HELD, holder="one", length=LENGTH, now=later) == replace(HELD, until=later + LENGTH)
    assert given_back(HELD, holder="one", due_at=NOW + EVERY, now=later) == Lease(NOBODY, later, NOW + EVERY)
    for lost in (None, replace(HELD, holder="other"), IDLE):
        assert renewed(lost, holder="one", length=LENGTH, now=later) is None
        assert given_back(lost, holder="one", due_at=NOW, now=later) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30_000)), max_size=30))
def test_nobody_takes_what_another_one_holds(asking: list[tuple[str, int]]) -> None:
    lease, now = None, NOW
    for holder, wait in asking:
        now += timedelta(milliseconds=wait)
        got = take(lease, holder, now)
        if lease is not None and lease.holder != holder and now < lease.until:
            assert got is None
        lease = got or lease
