"""Times on questions: from one answer to the next, mean and median as NumPy has them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.item_times import mean_time, median_time, times_on_items

START = datetime(2025, 11, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answered_ms", "expected"),
    [
        pytest.param({}, {}, id="no answer"),
        pytest.param({0: 5_000}, {0: 5_000}, id="the first since the start"),
        pytest.param({0: 5_000, 1: 12_500}, {0: 5_000, 1: 7_500}, id="in the paper's order"),
        pytest.param({0: 12_500, 1: 5_000}, {1: 5_000, 0: 7_500}, id="answered in another order"),
        pytest.param({0: 5_000, 3: 9_000}, {0: 5_000, 3: 4_000}, id="two left out"),
        pytest.param({0: 5_000, 1: 5_000}, {0: 5_000, 1: 0}, id="two in one millisecond"),
        pytest.param({0: -2_000, 1: 3_000}, {0: 0, 1: 3_000}, id="a clock set back"),
    ],
)
def test_times_on_items(answered_ms: dict[int, int], expected: dict[int, int]) -> None:
    answered = {position: START + timedelta(milliseconds=ms) for position, ms in answered_ms.items()}
    assert times_on_items(started_at=START, answered=answered) == expected


@given(st.dictionaries(st.integers(0, 19), st.integers(0, 1_200_000), min_size=1))
def test_times_of_a_paper_add_up_to_its_last_answer(answered_ms: dict[int, int]) -> None:
    answered = {position: START + timedelta(milliseconds=ms) for position, ms in answered_ms.items()}
    times = times_on_items(started_at=START, answered=answered)
    assert times.keys() == answered.keys()
    assert sum(times.values()) == max(answered_ms.values())


@given(st.lists(st.integers(0, 1_200_000), min_size=1, max_size=60))
def test_mean_and_median_are_those_of_numpy(times: list[int]) -> None:
    histogram = Counter(times)
    assert mean_time(histogram) == int(np.sum(times)) // len(times)
    assert median_time(histogram) == int(np.floor(np.median(times)))


@given(st.lists(st.integers(0, 1_200_000), min_size=1, max_size=60))
def test_times_in_steps_are_low_by_at_most_a_step(times: list[int]) -> None:
    exact, stepped = Counter(times), Counter(ms // 100 * 100 for ms in times)
    for of in (mean_time, median_time):
        assert 0 <= of(exact) - of(stepped) <= 100


def test_no_times_have_no_mean() -> None:
    assert mean_time({}) is None
    assert median_time({}) is None
    assert median_time({7: 0}) is None
