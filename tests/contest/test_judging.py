"""Article 12: totals and scores against tables worked out by hand; order, ties and rounds of re-judging."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.judging import (
    Aggregation,
    Criterion,
    JudgingRules,
    Place,
    aggregate,
    check_points,
    is_complete,
    needs_talk,
    rank,
    spread,
    tie_groups,
    total,
    validate,
)

FOUR = JudgingRules(
    criteria=tuple(Criterion(code, code, weight, ()) for code, weight in (("a", 4), ("b", 3), ("c", 2), ("d", 1))),
    lowest=0,
    highest=10,
    judges_per_slogan=3,
    aggregation=Aggregation.MEAN,
    spread_alert=3,
)
F = Fraction


def by(aggregation: Aggregation) -> JudgingRules:
    return replace(FOUR, aggregation=aggregation)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((10, 10, 10, 10), F(10)),
        ((0, 0, 0, 0), F(0)),
        ((9, 8, 7, 6), F(80, 10)),  # 36 + 24 + 14 + 6 = 80
        ((8, 7, 9, 10), F(81, 10)),  # 32 + 21 + 18 + 10 = 81
        ((10, 0, 0, 0), F(4)),
        ((0, 0, 0, 10), F(1)),
        ((7, 3, 5, 1), F(24, 5)),  # 28 + 9 + 10 + 1 = 48
    ],
)
def test_totals_by_hand(points: tuple[int, ...], expected: Fraction) -> None:
    assert total(dict(zip("abcd", points, strict=True)), FOUR) == expected


@pytest.mark.parametrize(
    ("totals", "mean", "median", "trimmed"),
    [
        (("8",), "8", "8", "8"),
        (("8", "9"), "17/2", "17/2", "17/2"),
        (("8", "81/10", "24/5"), "209/30", "8", "8"),  # 8 + 8.1 + 4.8 = 20.9
        (("10", "0", "5", "7"), "11/2", "6", "6"),
        (("9", "9", "1"), "19/3", "9", "9"),
        (("7", "7", "7", "7", "7"), "7", "7", "7"),
        (("10", "9", "8", "2", "1"), "6", "8", "19/3"),  # 9 + 8 + 2 = 19
        (("23/10", "47/10", "47/10", "99/10"), "27/5", "47/10", "47/10"),  # 2.3 + 4.7 + 4.7 + 9.9 = 21.6
    ],
)
def test_scores_by_hand(totals: tuple[str, ...], mean: str, median: str, trimmed: str) -> None:
    exact = [F(one) for one in totals]
    expected = {Aggregation.MEAN: mean, Aggregation.MEDIAN: median, Aggregation.TRIMMED_MEAN: trimmed}
    assert {how: aggregate(exact, by(how)) for how in Aggregation} == {how: F(one) for how, one in expected.items()}


def test_no_totals_give_no_score() -> None:
    for how in Aggregation:
        with pytest.raises(ValueError, match="no totals"):
            aggregate([], by(how))


@pytest.mark.parametrize(
    ("totals", "apart", "talk"),
    [
        ([], "0", False),
        (["8"], "0", False),
        (["8", "51/10"], "29/10", False),
        (["8", "5"], "3", True),
        (["2", "9", "10"], "8", True),
    ],
)
def test_spread_and_its_alert(totals: list[str], apart: str, talk: bool) -> None:
    exact = [F(one) for one in totals]
    assert (spread(exact), needs_talk(exact, FOUR)) == (F(apart), talk)


@pytest.mark.parametrize("points", [0, 1, 10])
def test_points_of_the_scale_are_taken(points: int) -> None:
    assert check_points(points, FOUR) == points


@pytest.mark.parametrize("points", [-1, 11, 10**30, 5.0, 5.5, "5", True, None, [], {}, float("nan")])
def test_anything_else_is_refused_with_the_scale(points: object) -> None:
    with pytest.raises(ContestError) as refused:
        check_points(points, FOUR)
    assert (refused.value.code, refused.value.details) == (ErrorCode.POINTS_INVALID, {"lowest": 0, "highest": 10})


def test_complete_is_every_criterion() -> None:
    assert is_complete({"a": 0, "b": 0, "c": 0, "d": 0}, FOUR)
    assert not is_complete({"a": 10, "b": 10, "c": 10}, FOUR)


def test_ranks_leave_room_for_ties() -> None:
    scores = {1: F(8), 2: F(9), 3: F(8), 4: F(7), 5: F(9), 6: F(8)}
    assert tie_groups(scores) == ((2, 5), (1, 3, 6), (4,))
    assert rank(scores) == {
        2: Place(1, True),
        5: Place(1, True),
        1: Place(3, True),
        3: Place(3, True),
        6: Place(3, True),
        4: Place(6, False),
    }


def test_nearly_equal_is_not_a_tie() -> None:
    assert rank({1: F(25, 3), 2: F(8333333333, 10**9)}) == {1: Place(1, False), 2: Place(2, False)}


def test_a_tie_round_orders_inside_its_group_only() -> None:
    scores = {1: F(8), 2: F(9), 3: F(8), 4: F(7), 5: F(8)}
    again = {1: F(5), 3: F(6), 5: F(5)}  # lower than slogan 4's main score, and still above it
    assert tie_groups(scores, [again]) == ((2,), (3,), (1, 5), (4,))
    assert tie_groups(scores, [again, {1: F(1), 5: F(2)}]) == ((2,), (3,), (5,), (1,), (4,))


def test_a_round_does_not_order_a_group_it_did_not_judge_whole() -> None:
    scores = {1: F(8), 2: F(8), 3: F(8)}
    assert tie_groups(scores, [{1: F(9), 2: F(3)}]) == ((1, 2, 3),)
    assert tie_groups({1: F(8), 2: F(8)}, [{1: F(3), 2: F(9), 3: F(1)}]) == ((2,), (1,))  # 3 was disqualified since


def test_nothing_judged_is_no_group() -> None:
    assert (tie_groups({}), rank({})) == ((), {})


def test_a_trimmed_mean_takes_three_judges() -> None:
    validate(by(Aggregation.TRIMMED_MEAN))
    with pytest.raises(ValueError, match="three judges"):
        validate(replace(by(Aggregation.TRIMMED_MEAN), judges_per_slogan=2))


totals = st.lists(st.fractions(0, 10, max_denominator=30), min_size=1, max_size=9)
# Few values, so that ties are the rule.
boards = st.dictionaries(st.integers(1, 30), st.sampled_from([F(7), F(8), F(25, 3), F(9)]), max_size=12)


@given(totals, st.randoms(), st.sampled_from(Aggregation))
def test_the_order_of_judges_does_not_matter(exact: list[Fraction], chance, how: Aggregation) -> None:
    mixed = list(exact)
    chance.shuffle(mixed)
    assert aggregate(mixed, by(how)) == aggregate(exact, by(how))
    assert spread(mixed) == spread(exact)


@given(totals, st.sampled_from(Aggregation))
def test_a_score_lies_between_the_lowest_and_the_highest(exact: list[Fraction], how: Aggregation) -> None:
    assert min(exact) <= aggregate(exact, by(how)) <= max(exact)


@given(totals, st.integers(0, 8), st.sampled_from(Aggregation))
def test_a_judge_who_gives_more_never_lowers_the_score(exact: list[Fraction], place: int, how: Aggregation) -> None:
    raised = list(exact)
    raised[place % len(raised)] += 1
    assert aggregate(raised, by(how)) >= aggregate(exact, by(how))


@given(st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=1, max_size=6))
def test_a_total_lies_between_the_points(judges: list[tuple[int, ...]]) -> None:
    for points in judges:
        assert min(points) <= total(dict(zip("abcd", points, strict=True)), FOUR) <= max(points)


@given(boards, st.lists(boards, max_size=3))
def test_the_order_is_a_total_preorder(scores: dict[int, Fraction], tie_rounds: list[dict[int, Fraction]]) -> None:
    groups, places = tie_groups(scores, tie_rounds), rank(scores, tie_rounds)
    assert sorted(slogan for group in groups for slogan in group) == sorted(scores) == sorted(places)
    for one, other in ((a, b) for a in scores for b in scores):
        if scores[one] > scores[other]:
            assert places[one].rank < places[other].rank
        if places[one].rank == places[other].rank:
            assert scores[one] == scores[other]
    for slogan, place in places.items():
        ahead = sum(other.rank < place.rank for other in places.values())
        beside = sum(other.rank == place.rank for other in places.values())
        assert place == Place(ahead + 1, beside > 1), slogan
