"""Article 1: half-open windows and their phases."""

from datetime import UTC, datetime, timedelta

import pytest

from cchc_app.contest.schedule import Phase, Window, last_closed_index, next_index, open_index, phase

MS = timedelta(milliseconds=1)
WEEK = timedelta(days=7)
MONDAY = datetime(2025, 11, 2, 17, tzinfo=UTC)  # Monday 00:00 in Viet Nam
ADJACENT = [Window(MONDAY + i * WEEK, MONDAY + (i + 1) * WEEK) for i in range(3)]
WITH_GAPS = [Window(MONDAY + i * WEEK, MONDAY + i * WEEK + timedelta(days=5)) for i in range(3)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(MONDAY - MS, Phase.UPCOMING, id="1 ms before opening"),
        pytest.param(MONDAY, Phase.OPEN, id="opening"),
        pytest.param(MONDAY + WEEK - MS, Phase.OPEN, id="1 ms before closing"),
        pytest.param(MONDAY + WEEK, Phase.CLOSED, id="closing"),
        pytest.param(MONDAY + WEEK + MS, Phase.CLOSED, id="1 ms after closing"),
    ],
)
def test_phase(now: datetime, expected: Phase) -> None:
    assert phase(window=ADJACENT[0], now=now) is expected


def test_the_slogan_deadline_day_itself_is_out() -> None:
    eleventh = datetime.fromisoformat("2025-11-11T00:00:00+07:00")
    window = Window(MONDAY, eleventh)
    assert phase(window=window, now=eleventh - MS) is Phase.OPEN
    assert phase(window=window, now=eleventh) is Phase.CLOSED


@pytest.mark.parametrize("closes_at", [MONDAY, MONDAY - MS])
def test_a_window_without_length_is_refused(closes_at: datetime) -> None:
    with pytest.raises(ValueError, match="must close after it opens"):
        Window(MONDAY, closes_at)


def test_a_naive_window_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(MONDAY.replace(tzinfo=None), (MONDAY + WEEK).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("windows", "now", "last", "current", "following"),
    [
        pytest.param(ADJACENT, MONDAY - MS, None, None, 0, id="before all"),
        pytest.param(ADJACENT, MONDAY, None, 0, 1, id="the first opens"),
        pytest.param(ADJACENT, MONDAY + WEEK - MS, None, 0, 1, id="the first, last ms"),
        pytest.param(ADJACENT, MONDAY + WEEK, 0, 1, 2, id="the second opens as the first closes"),
        pytest.param(ADJACENT, MONDAY + 2 * WEEK, 1, 2, None, id="the last is open"),
        pytest.param(ADJACENT, MONDAY + 3 * WEEK, 2, None, None, id="after all"),
        pytest.param(WITH_GAPS, MONDAY + timedelta(days=5), 0, None, 1, id="between two"),
        pytest.param([], MONDAY, None, None, None, id="no window"),
    ],
)
def test_where_the_contest_stands(
    windows: list[Window], now: datetime, last: int | None, current: int | None, following: int | None
) -> None:
    found = (f(windows=windows, now=now) for f in (last_closed_index, open_index, next_index))
    assert tuple(found) == (last, current, following)
