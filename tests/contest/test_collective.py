"""Article 13: rate, score and result of units are exact, the gate says why, the order is total."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.collective import (
    CollectiveRules,
    UnitTotals,
    UnrankedReason,
    formula,
    from_json,
    hundredths,
    order_key,
    rank,
    to_json,
    validate,
)

RULES = CollectiveRules(weight_participation=60, weight_score=40, minimum_participants=5, minimum_rate=10)
# 45 of 60 people; 810 of 900 points: 75 and 90 percent, 45 + 36 = 81.
UNIT = UnitTotals(
    unit_id=1,
    bloc="cap_xa",
    position=1,
    headcount=60,
    participants=45,
    attempts=50,
    papers=45,
    points=810,
    most_points=900,
    time_used_ms=45 * 400_000,
)


def totals() -> st.SearchStrategy[UnitTotals]:
    """Units from few values, so that ties, full and impossible rates and closed gates come up."""

    def build(headcount: int | None, participants: int, per_paper: int, ms: int, bloc: str, more: int) -> UnitTotals:
        papers = participants + more if participants else 0
        return UnitTotals(
            unit_id=0,
            bloc=bloc,
            position=0,
            headcount=headcount,
            participants=participants,
            attempts=papers,
            papers=papers,
            points=papers * per_paper,
            most_points=papers * 20,
            time_used_ms=papers * ms,
        )

    return st.builds(
        build,
        st.sampled_from([None, 0, 1, 10, 12, 100]),
        st.sampled_from([0, 1, 5, 6, 10, 12]),
        st.sampled_from([0, 10, 15, 20]),
        st.sampled_from([1, 2, 600_000]),
        st.sampled_from(["a", "b"]),
        st.sampled_from([0, 1]),
    )


def fields() -> st.SearchStrategy[list[UnitTotals]]:
    rows = st.lists(totals(), max_size=20)
    return rows.map(lambda units: [replace(one, unit_id=i, position=i) for i, one in enumerate(units, 1)])


def rule_sets() -> st.SearchStrategy[CollectiveRules]:
    weights = st.tuples(st.integers(0, 100), st.integers(0, 100)).filter(any)
    return st.builds(
        lambda both, people, rate: CollectiveRules(
            weight_participation=both[0], weight_score=both[1], minimum_participants=people, minimum_rate=rate
        ),
        weights,
        st.integers(1, 10),
        st.integers(0, 100),
    )


def test_the_formula_shows_every_step() -> None:
    steps = formula(totals=UNIT, rules=RULES)
    assert (steps.totals, steps.rules) == (UNIT, RULES)
    assert (steps.actual_rate, steps.rate, steps.headcount_too_small) == (75, 75, False)
    assert steps.score == 90
    assert (steps.participation_part, steps.score_part, steps.result) == (45, 36, 81)
    assert steps.mean_time_ms == 400_000
    assert steps.unranked is None


def test_weights_need_not_add_up_to_a_hundred() -> None:
    steps = formula(totals=UNIT, rules=replace(RULES, weight_participation=1, weight_score=2))
    assert (steps.participation_part, steps.score_part, steps.result) == (25, 60, 85)


def test_thirds_stay_thirds() -> None:
    steps = formula(
        totals=replace(UNIT, headcount=135, points=300), rules=replace(RULES, weight_participation=1, weight_score=1)
    )
    assert (steps.rate, steps.score, steps.result) == (Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))


def test_a_rate_above_a_hundred_counts_as_a_hundred_and_is_reported() -> None:
    steps = formula(totals=replace(UNIT, headcount=30), rules=RULES)
    assert (steps.actual_rate, steps.rate, steps.headcount_too_small) == (150, 100, True)
    assert steps.result == 60 + 36
    assert formula(totals=replace(UNIT, headcount=45), rules=RULES).headcount_too_small is False


def few(participants: int, headcount: int | None) -> UnitTotals:
    return replace(
        UNIT,
        participants=participants,
        headcount=headcount,
        attempts=participants,
        papers=participants,
        points=participants * 18,
        most_points=participants * 20,
    )


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        pytest.param(few(5, 50), None, id="exactly both gates"),
        pytest.param(few(4, 5), UnrankedReason.TOO_FEW_PARTICIPANTS, id="one person short"),
        pytest.param(few(5, 51), UnrankedReason.RATE_TOO_LOW, id="5 of 51 is below 10 percent"),
        pytest.param(few(4, 51), UnrankedReason.TOO_FEW_PARTICIPANTS, id="people before rate"),
        pytest.param(few(5, None), UnrankedReason.HEADCOUNT_UNKNOWN, id="headcount unknown"),
        pytest.param(few(5, 0), UnrankedReason.HEADCOUNT_UNKNOWN, id="headcount zero"),
        pytest.param(few(0, None), UnrankedReason.HEADCOUNT_UNKNOWN, id="nothing known"),
        pytest.param(few(0, 50), UnrankedReason.TOO_FEW_PARTICIPANTS, id="nobody came"),
    ],
)
def test_gate(unit: UnitTotals, reason: UnrankedReason | None) -> None:
    assert formula(totals=unit, rules=RULES).unranked is reason


def test_a_closed_gate_still_shows_the_figures() -> None:
    steps = formula(totals=few(5, 51), rules=RULES)
    assert (steps.rate, steps.score) == (Fraction(500, 51), 90)
    assert formula(totals=few(5, None), rules=RULES).score == 90
    nobody = formula(totals=few(0, 50), rules=RULES)
    assert (nobody.rate, nobody.score, nobody.result, nobody.mean_time_ms) == (0, None, None, None)


EVEN = replace(RULES, weight_participation=1, weight_score=1)
LATER = replace(UNIT, unit_id=2, position=2)


@pytest.mark.parametrize(
    ("better", "worse", "rules"),
    [
        pytest.param(replace(LATER, points=811), UNIT, RULES, id="one point more"),
        pytest.param(replace(LATER, headcount=59), UNIT, RULES, id="a smaller headcount"),
        pytest.param(
            replace(LATER, headcount=50, points=675), UNIT, EVEN, id="equal results: the higher rate (90 + 75, 75 + 90)"
        ),
        pytest.param(
            replace(LATER, points=811),
            UNIT,
            replace(RULES, weight_participation=1, weight_score=0),
            id="equal results and rates: the higher score",
        ),
        pytest.param(replace(LATER, time_used_ms=UNIT.time_used_ms - 1), UNIT, RULES, id="a millisecond in all less"),
        pytest.param(UNIT, LATER, RULES, id="the official order"),
        pytest.param(
            replace(UNIT, headcount=45),
            replace(LATER, headcount=30),
            RULES,
            id="a rate above 100 is no better than 100",
        ),
        pytest.param(
            replace(LATER, papers=46, attempts=50, time_used_ms=UNIT.time_used_ms + 1),
            UNIT,
            RULES,
            id="mean time, not the sum",
        ),
    ],
)
def test_order(better: UnitTotals, worse: UnitTotals, rules: CollectiveRules) -> None:
    order = rank(units=[worse, better], rules=rules)
    assert [one.formula.totals for one in order] == [better, worse]
    assert [one.rank for one in order] == [1, 2]


def test_board_with_blocs_and_unranked_units() -> None:
    """Ranks of all and of blocs, worked out by hand; 60 : 40."""
    units = [
        replace(few(30, 40), unit_id=1, position=1, bloc="so_nganh"),  # 75, 90: 81
        replace(few(40, 40), unit_id=2, position=2, bloc="cap_xa"),  # 100, 90: 96
        replace(few(4, 4), unit_id=3, position=3, bloc="cap_xa"),  # too few
        replace(few(20, 40), unit_id=4, position=4, bloc="cap_xa"),  # 50, 90: 66
        replace(few(36, 40), unit_id=5, position=5, bloc="so_nganh"),  # 90, 90: 90
        replace(few(36, None), unit_id=6, position=6, bloc="so_nganh"),  # unknown
    ]
    assert [
        (one.formula.totals.unit_id, one.formula.result, one.rank, one.bloc_rank)
        for one in rank(units=units[::-1], rules=RULES)
    ] == [
        (2, 96, 1, 1),
        (5, 90, 2, 1),
        (1, 81, 3, 2),
        (4, 66, 4, 2),
        (3, 96, None, None),
        (6, None, None, None),
    ]


@given(fields(), rule_sets(), st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_the_input(
    units: list[UnitTotals], rules: CollectiveRules, random: object
) -> None:
    order = rank(units=units, rules=rules)
    shuffled = list(units)
    random.shuffle(shuffled)
    assert rank(units=shuffled, rules=rules) == order
    assert sorted(one.formula.totals.unit_id for one in order) == [one.unit_id for one in units]
    ranked = [one for one in order if one.formula.unranked is None]
    assert [one.rank for one in order] == [*range(1, len(ranked) + 1), *[None] * (len(order) - len(ranked))]
    keys = [order_key(one.formula) for one in ranked]
    assert all(one < following for one, following in pairwise(keys))


@given(fields(), rule_sets())
def test_bloc_ranks_are_the_ranks_of_a_board_of_the_bloc(units: list[UnitTotals], rules: CollectiveRules) -> None:
    order = rank(units=units, rules=rules)
    for bloc in {one.bloc for one in units}:
        alone = rank(units=[one for one in units if one.bloc == bloc], rules=rules)
        expected = [(one.formula, one.rank) for one in alone]
        assert [(one.formula, one.bloc_rank) for one in order if one.formula.totals.bloc == bloc] == expected


@given(totals(), rule_sets())
def test_results_lie_between_0_and_100_and_their_parts_add_up(unit: UnitTotals, rules: CollectiveRules) -> None:
    steps = formula(totals=unit, rules=rules)
    if steps.unranked is None:
        assert 0 <= steps.result <= 100
        assert steps.participation_part + steps.score_part == steps.result
        assert min(steps.rate, steps.score) <= steps.result <= max(steps.rate, steps.score)
        assert isinstance(steps.result, Fraction)


@given(totals().filter(lambda unit: 0 < unit.points < unit.most_points), rule_sets())
def test_more_points_or_people_never_harm(unit: UnitTotals, rules: CollectiveRules) -> None:
    before = formula(totals=unit, rules=rules)
    doubled = replace(
        unit,
        participants=unit.participants * 2,
        attempts=unit.attempts * 2,
        papers=unit.papers * 2,
        points=unit.points * 2,
        most_points=unit.most_points * 2,
        time_used_ms=unit.time_used_ms * 2,
    )
    for better in (replace(unit, points=unit.points + 1), doubled):
        after = formula(totals=better, rules=rules)
        if before.unranked is None:
            assert after.unranked is None
        if before.result is not None:
            assert after.result >= before.result


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"headcount": -1}, "headcount is negative"),
        ({"participants": 46}, "participants <= papers"),
        ({"attempts": 44}, "participants <= papers"),
        ({"participants": 0}, "papers without people"),
        ({"points": 901}, "more points"),
        ({"points": -1}, "more points"),
        ({"points": 0, "most_points": 0}, "could earn nothing"),
        ({"time_used_ms": -1}, "negative time"),
    ],
)
def test_totals_that_contradict_themselves_are_refused(changes: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        formula(totals=replace(UNIT, **changes), rules=RULES)


def test_two_units_in_one_position_are_refused() -> None:
    with pytest.raises(ValueError, match="share a position"):
        rank(units=[UNIT, replace(UNIT, unit_id=2)], rules=RULES)


def test_an_unranked_unit_has_no_order() -> None:
    with pytest.raises(ValueError, match="is not ranked"):
        order_key(formula(totals=few(0, 50), rules=RULES))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(0), 0),
        (Fraction(81), 8100),
        (Fraction(100, 3), 3333),
        (Fraction(200, 3), 6667),
        (Fraction(1, 200), 1),
        (Fraction(1, 201), 0),
    ],
)
def test_hundredths(value: Fraction, expected: int) -> None:
    assert hundredths(value) == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weight_participation": -1}, "a weight is negative"),
        ({"weight_score": -1}, "a weight is negative"),
        ({"weight_participation": 0, "weight_score": 0}, "both weights are 0"),
        ({"minimum_participants": 0}, "counts from 1"),
        ({"minimum_rate": -1}, "0 <= minimum_rate <= 100"),
        ({"minimum_rate": 101}, "0 <= minimum_rate <= 100"),
        ({"weight_score": 0.5}, "whole"),
        ({"minimum_rate": "10"}, "whole"),
        ({"minimum_participants": True}, "whole"),
    ],
)
def test_incoherent_rules_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        validate(replace(RULES, **changes))


@given(rule_sets())
def test_json_round_trip(rules: CollectiveRules) -> None:
    validate(rules)
    assert from_json(to_json(rules)) == rules


def test_json_form() -> None:
    assert to_json(RULES) == {
        "weight_participation": 60,
        "weight_score": 40,
        "minimum_participants": 5,
        "minimum_rate": 10,
    }
    with pytest.raises(TypeError):
        from_json(to_json(RULES) | {"unheard": 1})
