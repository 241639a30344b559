"""The order of units. Source: Article 13 of the regulations.

1. Participation rate: distinct ranked people of the unit who finished a paper, as a percentage of the headcount in
   force at the period's end (on the overall board: at the last period's end, and people who finished in any period).
   A rate above 100 says that the headcount is too small: it counts as 100, and is reported.
2. Mean score: points of the counted papers of these people as a percentage of the most these papers could earn.
3. Result: the mean of both, weighted: `(rate * weight_participation + score * weight_score) / (sum of the weights)`,
   from 0 to 100.
4. Gate: a unit is ranked when its headcount is known, at least `minimum_participants` people took part, and these are
   at least `minimum_rate` percent of the headcount.
5. Order: result, larger first; rate as it counts, larger first; mean score, larger first; mean time of a counted paper,
   smaller first; the units' official order.

Every figure is an exact fraction: two units tie only if they really are equal.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

FULL = 100  # percent


class UnrankedReason(StrEnum):
    """Why a unit has no rank (Article 13.4); the first that applies."""

    HEADCOUNT_UNKNOWN = "headcount_unknown"
    TOO_FEW_PARTICIPANTS = "too_few_participants"
    RATE_TOO_LOW = "rate_too_low"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectiveRules:
    """How units are compared.

    Attributes:
        weight_participation: Share of the participation rate in the result.
        weight_score: Share of the mean score in the result.
        minimum_participants: Fewest people of a ranked unit, from 1.
        minimum_rate: Lowest participation rate of a ranked unit, in whole percent.
    """

    weight_participation: int
    weight_score: int
    minimum_participants: int
    minimum_rate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTotals:
    """What is known of one unit in one period, or overall. Only ranked people count (Article 3.3).

    Attributes:
        unit_id: The unit.
        bloc: Code of its bloc.
        position: Its place in the official order; no two units share one.
        headcount: People in force at the period's end; None or 0 if not known.
        participants: Distinct people who finished a paper.
        attempts: Papers they finished, counted or not; only shown.
        papers: Their counted papers: one a person and period.
        points: Points of the counted papers.
        most_points: The most the counted papers could have earned.
        time_used_ms: Time used for the counted papers, milliseconds.
    """

    unit_id: int
    bloc: str
    position: int
    headcount: int | None
    participants: int
    attempts: int
    papers: int
    points: int
    most_points: int
    time_used_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """The calculation of one unit, step by step, with the rules' and the unit's own numbers.

    Attributes:
        totals: What it starts from.
        rules: What it follows.
        actual_rate: participants / headcount * 100; None without a headcount.
        rate: `actual_rate`, at most 100: what counts.
        headcount_too_small: Whether `actual_rate` is above 100.
        score: points / most_points * 100; None without papers.
        participation_part: rate * weight_participation / (sum of the weights).
        score_part: score * weight_score / (sum of the weights).
        result: participation_part + score_part; None if one of them is.
        mean_time_ms: time_used_ms / papers; None without papers.
        unranked: Why the unit is not ranked; None if it is.
    """

    totals: UnitTotals
    rules: CollectiveRules
    actual_rate: Fraction | None
    rate: Fraction | None
    headcount_too_small: bool
    score: Fraction | None
    participation_part: Fraction | None
    score_part: Fraction | None
    result: Fraction | None
    mean_time_ms: Fraction | None
    unranked: UnrankedReason | None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's place among all and in its bloc, from 1; None if it is not ranked."""

    formula: Formula
    rank: int | None
    bloc_rank: int | None


def formula(*, totals: UnitTotals, rules: CollectiveRules) -> Formula:
    """The result of one unit and how it comes about. ValueError for totals that contradict themselves."""
    _check(totals)
    weights = rules.weight_participation + rules.weight_score
    actual_rate = _percent(totals.participants, totals.headcount)
    rate = None if actual_rate is None else min(actual_rate, Fraction(FULL))
    score = _percent(totals.points, totals.most_points)
    participation_part = None if rate is None else rate * rules.weight_participation / weights
    score_part = None if score is None else score * rules.weight_score / weights
    return Formula(
        totals=totals,
        rules=rules,
        actual_rate=actual_rate,
        rate=rate,
        headcount_too_small=actual_rate is not None and actual_rate > FULL,
        score=score,
        participation_part=participation_part,
        score_part=score_part,
        result=None if participation_part is None or score_part is None else participation_part + score_part,
        mean_time_ms=Fraction(totals.time_used_ms, totals.papers) if totals.papers else None,
        unranked=_unranked(totals, rules, rate),
    )


def rank(*, units: Iterable[UnitTotals], rules: CollectiveRules) -> tuple[UnitStanding, ...]:
    """All units, the ranked ones best first, then the others in the official order (Article 13.5).

    ValueError if two units share a position, or totals contradict themselves.
    """
    formulas = [formula(totals=totals, rules=rules) for totals in units]
    positions = {one.totals.position for one in formulas}
    _require(len(positions) == len(formulas), "two units share a position in the official order")
    ordered = sorted((one for one in formulas if one.unranked is None), key=order_key)
    in_bloc: dict[str, int] = {}
    standings = []
    for place, one in enumerate(ordered, 1):
        in_bloc[one.totals.bloc] = in_bloc.get(one.totals.bloc, 0) + 1
        standings.append(UnitStanding(one, place, in_bloc[one.totals.bloc]))
    others = sorted((one for one in formulas if one.unranked is not None), key=lambda one: one.totals.position)
    return (*standings, *(UnitStanding(one, None, None) for one in others))


def order_key(one: Formula) -> tuple[Fraction, Fraction, Fraction, Fraction, int]:
    """What a ranked unit is ordered by, smaller is better (Article 13.5). ValueError for a unit that is not ranked."""
    if one.result is None or one.rate is None or one.score is None or one.mean_time_ms is None:
        raise ValueError("the unit is not ranked")
    return (-one.result, -one.rate, -one.score, one.mean_time_ms, one.totals.position)


def hundredths(value: Fraction) -> int:
    """A figure that is not negative, rounded half up to hundredths, as a whole number of them: for display only."""
    return math.floor(value * 100 + Fraction(1, 2))


def validate(rules: CollectiveRules) -> None:
    """Refuse, with ValueError, rules by which no unit could be ranked or whose numbers are not whole."""
    numbers = (rules.weight_participation, rules.weight_score, rules.minimum_participants, rules.minimum_rate)
    _require(all(type(number) is int for number in numbers), "every number is a whole one")
    _require(rules.weight_participation >= 0 and rules.weight_score >= 0, "a weight is negative")
    _require(rules.weight_participation + rules.weight_score >= 1, "both weights are 0")
    _require(rules.minimum_participants >= 1, "minimum_participants counts from 1")
    _require(0 <= rules.minimum_rate <= FULL, "0 <= minimum_rate <= 100")


def to_json(rules: CollectiveRules) -> dict[str, Any]:
    """The value as JSON types."""
    return {
        "weight_participation": rules.weight_participation,
        "weight_score": rules.weight_score,
        "minimum_participants": rules.minimum_participants,
        "minimum_rate": rules.minimum_rate,
    }


def from_json(body: dict[str, Any]) -> CollectiveRules:
    """The rules that `to_json` wrote, not yet validated; TypeError if they are none."""
    return CollectiveRules(**body)


def _unranked(totals: UnitTotals, rules: CollectiveRules, rate: Fraction | None) -> UnrankedReason | None:
    if rate is None:
        return UnrankedReason.HEADCOUNT_UNKNOWN
    if totals.participants < rules.minimum_participants:
        return UnrankedReason.TOO_FEW_PARTICIPANTS
    if rate < rules.minimum_rate:
        return UnrankedReason.RATE_TOO_LOW
    return None


def _percent(part: int, whole: int | None) -> Fraction | None:
    return Fraction(part * FULL, whole) if whole else None


def _check(totals: UnitTotals) -> None:
    _require(totals.headcount is None or totals.headcount >= 0, "a headcount is negative")
    _require(0 <= totals.participants <= totals.papers <= totals.attempts, "participants <= papers <= attempts")
    _require((totals.participants == 0) == (totals.papers == 0), "papers without people")
    _require(0 <= totals.points <= totals.most_points, "more points than the papers could earn")
    _require((totals.papers == 0) == (totals.most_points == 0), "papers that could earn nothing")
    _require(totals.time_used_ms >= 0, "a negative time")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"collective: {otherwise}")
