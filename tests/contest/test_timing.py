"""Article 5: deadlines, grace and time used, to the millisecond."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.timing import (
    accepts,
    deadline,
    finished_at,
    is_abandoned,
    remaining_ms,
    time_used_ms,
    to_millis,
)

MS = timedelta(milliseconds=1)
START = datetime(2025, 11, 5, 2, 0, tzinfo=UTC)
TWENTY_MINUTES = 1_200_000
END = START + timedelta(minutes=20)
GRACE = 3_000
GRACE_END = END + timedelta(seconds=3)


@pytest.mark.parametrize(
    ("closes_at", "extra_ms", "expected"),
    [
        pytest.param(START + timedelta(days=1), 0, END, id="duration"),
        pytest.param(END - MS, 0, END - MS, id="the period ends 1 ms earlier"),
        pytest.param(END, 0, END, id="both at once"),
        pytest.param(END + MS, 0, END, id="the period ends 1 ms later"),
        pytest.param(None, 0, END, id="practice has no period"),
        pytest.param(START + timedelta(days=1), 60_000, END + timedelta(minutes=1), id="extra time"),
        pytest.param(END - MS, 60_000, END - MS + timedelta(minutes=1), id="extra time goes past the period's end"),
    ],
)
def test_deadline(closes_at: datetime | None, extra_ms: int, expected: datetime) -> None:
    found = deadline(started_at=START, duration_ms=TWENTY_MINUTES, period_closes_at=closes_at, extra_ms=extra_ms)
    assert found == expected


@pytest.mark.parametrize(
    ("now", "counts"),
    [
        pytest.param(END - MS, True, id="1 ms before the deadline"),
        pytest.param(END, True, id="deadline"),
        pytest.param(END + MS, True, id="1 ms after the deadline"),
        pytest.param(GRACE_END - MS, True, id="1 ms before the grace ends"),
        pytest.param(GRACE_END, False, id="the grace ends"),
        pytest.param(GRACE_END + MS, False, id="1 ms after the grace"),
    ],
)
def test_grace(now: datetime, counts: bool) -> None:
    assert accepts(received_at=now, deadline_at=END, grace_ms=GRACE) is counts
    assert is_abandoned(now=now, deadline_at=END, grace_ms=GRACE) is not counts


def test_without_grace_the_deadline_itself_is_too_late() -> None:
    assert accepts(received_at=END - MS, deadline_at=END, grace_ms=0) is True
    assert accepts(received_at=END, deadline_at=END, grace_ms=0) is False


@pytest.mark.parametrize(
    ("submitted_at", "finish", "used_ms"),
    [
        pytest.param(START, START, 0, id="at once"),
        pytest.param(
            START + timedelta(minutes=9, milliseconds=42), START + timedelta(minutes=9, milliseconds=42), 540_042
        ),
        pytest.param(END - MS, END - MS, TWENTY_MINUTES - 1, id="1 ms before the deadline"),
        pytest.param(END, END, TWENTY_MINUTES, id="deadline"),
        pytest.param(END + MS, END, TWENTY_MINUTES, id="within the grace costs no time"),
        pytest.param(None, END, TWENTY_MINUTES, id="abandoned"),
    ],
)
def test_finish_and_time_used(submitted_at: datetime | None, finish: datetime, used_ms: int) -> None:
    found = finished_at(submitted_at=submitted_at, deadline_at=END)
    assert found == finish
    assert time_used_ms(started_at=START, finished_at=found) == used_ms


def test_a_clock_set_back_uses_no_negative_time() -> None:
    assert time_used_ms(started_at=START, finished_at=START - MS) == 0


@pytest.mark.parametrize(("now", "left"), [(START, TWENTY_MINUTES), (END - MS, 1), (END, 0), (END + MS, 0)])
def test_remaining(now: datetime, left: int) -> None:
    assert remaining_ms(now=now, deadline_at=END) == left


@pytest.mark.parametrize(
    ("instant", "millis"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(2025, 11, 5, 9, 0, 0, 125_999, tzinfo=UTC), 1_762_333_200_125),
        (datetime.fromisoformat("1970-01-01T07:00:00.001+07:00"), 1),
    ],
)
def test_to_millis(instant: datetime, millis: int) -> None:
    assert to_millis(instant) == millis


@given(
    duration=st.integers(1, 10**8),
    period_ms=st.integers(1, 10**9),
    extra=st.integers(0, 10**7),
    grace=st.integers(0, 10**5),
    after=st.integers(0, 10**9),
)
def test_an_answer_is_accepted_or_the_paper_abandoned_never_both(
    duration: int, period_ms: int, extra: int, grace: int, after: int
) -> None:
    closes = START + period_ms * MS
    end = deadline(started_at=START, duration_ms=duration, period_closes_at=closes, extra_ms=extra)
    now = START + after * MS
    assert end == START + (min(duration, period_ms) + extra) * MS
    assert accepts(received_at=now, deadline_at=end, grace_ms=grace) is (
        not is_abandoned(now=now, deadline_at=end, grace_ms=grace)
    )
    used = time_used_ms(started_at=START, finished_at=finished_at(submitted_at=now, deadline_at=end))
    assert used + remaining_ms(now=now, deadline_at=end) == remaining_ms(now=START, deadline_at=end)
