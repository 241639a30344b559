"""Article 9: the chain is a total order, keys sort like it, counts by range explain a rank."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.ranking import Entry, explain, overall_entry, prefix, rank_key, step_ranges
from cchc_app.contest.regulations import MAX_POINTS, TieBreak
from cchc_app.contest.scoring import NO_GUESS
from cchc_app.contest.timing import EPOCH

FINISH = datetime(2025, 11, 5, 8, 30, 0, 125_000, tzinfo=UTC)
CHAIN = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)
BASE = Entry(attempt_id=7, points=18, time_used_ms=600_000, finished_at=FINISH, prediction_error=5)


def chains() -> st.SearchStrategy[tuple[TieBreak, ...]]:
    middle = (TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.FINISHED_AT)
    choices = [p for n in range(len(middle) + 1) for p in itertools.permutations(middle, n)]
    return st.sampled_from(choices).map(lambda steps: (TieBreak.SCORE, *steps, TieBreak.ATTEMPT_ID))


def fields() -> st.SearchStrategy[Entry]:
    """Entries from few values, so that ties are the rule, and from the extremes."""
    return st.builds(
        Entry,
        attempt_id=st.just(0),
        points=st.sampled_from([0, 1, 19, 20, MAX_POINTS]),
        time_used_ms=st.sampled_from([0, 999, 1_000, 1_200_000, 9_999_999_999]),
        finished_at=st.sampled_from([0, 1, 999, 1_000, 1_764_000_000_000, 1_764_000_000_001]).map(
            lambda ms: EPOCH + timedelta(milliseconds=ms)
        ),
        prediction_error=st.sampled_from([None, 0, 1, 9, 10, NO_GUESS]),
    )


def boards() -> st.SearchStrategy[list[Entry]]:
    rows = st.lists(fields(), min_size=1, max_size=25)
    return rows.map(lambda entries: [replace(entry, attempt_id=i) for i, entry in enumerate(entries, 1)])


def by_tuple(entry: Entry, chain: tuple[TieBreak, ...]) -> tuple[float, ...]:
    """The order as the article words it, written without keys."""
    values = {
        TieBreak.SCORE: -entry.points,
        TieBreak.PREDICTION: entry.prediction_error or 0,
        TieBreak.TIME_USED: entry.time_used_ms,
        TieBreak.FINISHED_AT: entry.finished_at.timestamp(),
        TieBreak.ATTEMPT_ID: entry.attempt_id,
    }
    return tuple(values[step] for step in chain)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(replace(BASE, points=19, attempt_id=9), BASE, id="one point more"),
        pytest.param(replace(BASE, prediction_error=4, attempt_id=9), BASE, id="a closer prediction"),
        pytest.param(BASE, replace(BASE, prediction_error=NO_GUESS, attempt_id=1), id="any guess before none"),
        pytest.param(replace(BASE, time_used_ms=599_999, attempt_id=9), BASE, id="one millisecond faster"),
        pytest.param(
            replace(BASE, finished_at=FINISH - timedelta(milliseconds=1), attempt_id=9),
            BASE,
            id="one millisecond earlier",
        ),
        pytest.param(BASE, replace(BASE, attempt_id=8), id="the smaller attempt id"),
        pytest.param(replace(BASE, points=100, attempt_id=9), replace(BASE, points=99), id="numbers, not letters"),
        pytest.param(
            replace(BASE, points=19, prediction_error=NO_GUESS, time_used_ms=1_200_000),
            replace(BASE, prediction_error=0, time_used_ms=1),
            id="an earlier step outweighs all later ones",
        ),
    ],
)
def test_article_9_order(better: Entry, worse: Entry) -> None:
    assert rank_key(entry=better, chain=CHAIN) < rank_key(entry=worse, chain=CHAIN)


def test_key_is_the_published_text() -> None:
    assert rank_key(entry=BASE, chain=CHAIN) == "999981.00000000005.00000600000.01762331400125.000000000007"


@given(boards(), chains())
def test_keys_sort_like_the_chain_and_are_a_total_order(board: list[Entry], chain: tuple[TieBreak, ...]) -> None:
    keys = {entry.attempt_id: rank_key(entry=entry, chain=chain) for entry in board}
    by_bytes = sorted(board, key=lambda entry: keys[entry.attempt_id].encode("ascii"))
    assert by_bytes == sorted(board, key=lambda entry: by_tuple(entry, chain))
    assert len(set(keys.values())) == len(board)
    assert len({len(key) for key in keys.values()}) == 1


@given(boards(), chains(), st.data())
def test_ranges_count_the_rivals_each_step_puts_ahead(
    board: list[Entry], chain: tuple[TieBreak, ...], data: st.DataObject
) -> None:
    mine = data.draw(st.sampled_from(board))
    keys = [rank_key(entry=entry, chain=chain) for entry in board]
    ranges = step_ranges(rank_key=rank_key(entry=mine, chain=chain), chain=chain)
    counted = {step: sum(low <= key < high for key in keys) for step, low, high in ranges}

    own, rivals = by_tuple(mine, chain), [by_tuple(entry, chain) for entry in board]
    assert counted == {
        step: sum(other[:i] == own[:i] and other[i] < own[i] for other in rivals) for i, step in enumerate(chain)
    }
    explained = explain(mine=mine, ahead=counted, chain=chain)
    assert 1 + sum(step.ahead for step in explained) == sorted(rivals).index(own) + 1


def test_explanation_names_own_values_and_the_decisive_step() -> None:
    ahead = dict(zip(CHAIN, (3, 0, 2, 0, 0), strict=True))
    explained = explain(mine=BASE, ahead=ahead, chain=CHAIN)
    assert [(line.step, line.value, line.ahead, line.decisive) for line in explained] == [
        (TieBreak.SCORE, 18, 3, False),
        (TieBreak.PREDICTION, 5, 0, False),
        (TieBreak.TIME_USED, 600_000, 2, True),
        (TieBreak.FINISHED_AT, FINISH, 0, False),
        (TieBreak.ATTEMPT_ID, 7, 0, False),
    ]


def test_nothing_is_decisive_for_the_first() -> None:
    explained = explain(mine=BASE, ahead=dict.fromkeys(CHAIN, 0), chain=CHAIN)
    assert [line.decisive for line in explained] == [False] * 5


def test_unknown_prediction_errors_separate_nobody() -> None:
    key = rank_key(entry=replace(BASE, prediction_error=None), chain=CHAIN)
    assert key == rank_key(entry=replace(BASE, prediction_error=0), chain=CHAIN)


def test_overall_entry_adds_up_and_takes_the_latest_finish() -> None:
    later = FINISH + timedelta(days=7)
    second = Entry(attempt_id=5, points=20, time_used_ms=400_000, finished_at=later, prediction_error=None)
    assert overall_entry([BASE, second]) == Entry(
        attempt_id=5, points=38, time_used_ms=1_000_000, finished_at=later, prediction_error=5
    )


def test_overall_entry_of_one_period_is_that_entry() -> None:
    assert overall_entry([BASE]) == BASE


@pytest.mark.parametrize(
    ("steps", "expected"), [(0, ""), (1, "999981"), (2, "999981.00000000005"), (9, "999981.00000000005.000000000007")]
)
def test_prefix(steps: int, expected: str) -> None:
    chain = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.ATTEMPT_ID)
    assert prefix(rank_key=rank_key(entry=BASE, chain=chain), steps=steps) == expected


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"points": MAX_POINTS + 1}, id="too many points"),
        pytest.param({"points": -1}, id="negative points"),
        pytest.param({"time_used_ms": -1}, id="negative time"),
        pytest.param({"time_used_ms": 10**11}, id="three years"),
        pytest.param({"attempt_id": 10**12}, id="id too long"),
        pytest.param({"finished_at": EPOCH - timedelta(milliseconds=1)}, id="before the epoch"),
    ],
)
def test_a_value_that_would_break_the_width_is_refused(broken: dict) -> None:
    with pytest.raises(ValueError, match="does not fit its"):
        rank_key(entry=replace(BASE, **broken), chain=CHAIN)


def test_ranges_of_a_key_made_with_another_chain_are_refused() -> None:
    key = rank_key(entry=BASE, chain=CHAIN)
    with pytest.raises(ValueError, match="another chain"):
        step_ranges(rank_key=key, chain=(TieBreak.SCORE, TieBreak.ATTEMPT_ID))
