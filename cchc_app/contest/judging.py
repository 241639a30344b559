"""Judging the slogans (Article 12): criteria with weights, several judges, one number per slogan, their order.

Numbers are exact fractions: two slogans tie only when their scores are equal, never by rounding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Any

from cchc_app.contest.errors import ContestError, ErrorCode

# With fewer totals nothing would be left without the highest and the lowest.
LEAST_TO_TRIM = 3


class Aggregation(StrEnum):
    """How the totals of a slogan's judges become one number."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"  # without the highest and the lowest


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing judged.

    Attributes:
        code: Names it in data, for example `spirit`.
        name: As judges and the public read it.
        weight: Its share; a judge's total is the weighted mean of the points.
        anchors: What the lowest, a middle and the highest points mean, in words, lowest first.
    """

    code: str
    name: str
    weight: int
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingRules:
    """How slogans are judged.

    Attributes:
        criteria: In the order of the judge's form.
        lowest: The least points of a criterion; points are whole numbers.
        highest: The most points of a criterion.
        judges_per_slogan: How many judges score each slogan.
        aggregation: How their totals become one number.
        spread_alert: Judges whose totals of one slogan lie this far apart or farther have to talk; in points.
    """

    criteria: tuple[Criterion, ...]
    lowest: int
    highest: int
    judges_per_slogan: int
    aggregation: Aggregation
    spread_alert: int


def validate(rules: JudgingRules) -> None:
    """Refuse, with ValueError, rules by which nothing could be judged."""
    codes = [criterion.code for criterion in rules.criteria]
    _require(bool(codes), "there is no criterion")
    _require(len(set(codes)) == len(codes), "two criteria have one code")
    _require(all(criterion.weight >= 1 for criterion in rules.criteria), "a criterion's weight counts from 1")
    _require(0 <= rules.lowest < rules.highest, "0 <= lowest < highest")
    _require(rules.judges_per_slogan >= 1, "judges_per_slogan counts from 1")
    trimmed = rules.aggregation is Aggregation.TRIMMED_MEAN
    _require(not trimmed or rules.judges_per_slogan >= LEAST_TO_TRIM, "a trimmed mean takes three judges")
    _require(rules.spread_alert >= 1, "spread_alert counts from 1")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"judging: {otherwise}")


def to_json(rules: JudgingRules) -> dict[str, Any]:
    """The value as JSON types."""
    return {
        "criteria": [
            {"code": one.code, "name": one.name, "weight": one.weight, "anchors": list(one.anchors)}
            for one in rules.criteria
        ],
        "lowest": rules.lowest,
        "highest": rules.highest,
        "judges_per_slogan": rules.judges_per_slogan,
        "aggregation": rules.aggregation.value,
        "spread_alert": rules.spread_alert,
    }


def from_json(body: dict[str, Any]) -> JudgingRules:
    """The rules that `to_json` wrote, not yet validated; KeyError, TypeError or ValueError if they are none."""
    return JudgingRules(
        **body
        | {
            "criteria": tuple(Criterion(**one | {"anchors": tuple(one["anchors"])}) for one in body["criteria"]),
            "aggregation": Aggregation(body["aggregation"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slogan stands: 1 is the best; who is tied shares a rank, the next rank leaves room for all of them."""

    rank: int
    tied: bool


def check_points(points: object, rules: JudgingRules) -> int:
    """`points` if it is a whole number a criterion can be given. Refuses with POINTS_INVALID."""
    if isinstance(points, bool) or not isinstance(points, int) or not rules.lowest <= points <= rules.highest:
        raise ContestError(ErrorCode.POINTS_INVALID, lowest=rules.lowest, highest=rules.highest)
    return points


def is_complete(points: Mapping[str, int], rules: JudgingRules) -> bool:
    """Whether every criterion has its points."""
    return all(criterion.code in points for criterion in rules.criteria)


def total(points: Mapping[str, int], rules: JudgingRules) -> Fraction:
    """A judge's number for a slogan: the mean of the points by the criteria's weights. KeyError if some are missing."""
    weights = sum(criterion.weight for criterion in rules.criteria)
    return Fraction(sum(criterion.weight * points[criterion.code] for criterion in rules.criteria), weights)


def aggregate(totals: Sequence[Fraction], rules: JudgingRules) -> Fraction:
    """The judges' totals of a slogan as one number; ValueError without any.

    A trimmed mean of fewer than three totals is their mean.
    """
    if not totals:
        raise ValueError("no totals")
    ordered = sorted(totals)
    if rules.aggregation is Aggregation.MEDIAN:
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    if rules.aggregation is Aggregation.TRIMMED_MEAN and len(ordered) >= LEAST_TO_TRIM:
        ordered = ordered[1:-1]
    return sum(ordered, Fraction(0)) / len(ordered)


def spread(totals: Sequence[Fraction]) -> Fraction:
    """How far apart the judges of a slogan are: the highest total less the lowest."""
    return max(totals) - min(totals) if totals else Fraction(0)


def needs_talk(totals: Sequence[Fraction], rules: JudgingRules) -> bool:
    """Whether the judges of a slogan lie so far apart that they have to talk."""
    return spread(totals) >= rules.spread_alert


def tie_groups(
    scores: Mapping[int, Fraction], tie_rounds: Sequence[Mapping[int, Fraction]] = ()
) -> tuple[tuple[int, ...], ...]:
    """The slogans in groups, the best group first; those in one group are tied.

    A tie round's scores order only inside a group that is still tied, and only if everybody of it was judged in that
    round: whoever came back later (a disqualification taken back) cannot be placed by a round it was not in.

    Args:
        scores: Of the main round, by slogan.
        tie_rounds: The scores of the rounds that judged ties once more, oldest first.
    """
    groups = [tuple(sorted(scores))] if scores else []
    for judged in (scores, *tie_rounds):
        groups = [part for group in groups for part in _parted(group, judged)]
    return tuple(groups)


def _parted(group: tuple[int, ...], scores: Mapping[int, Fraction]) -> list[tuple[int, ...]]:
    if any(slogan not in scores for slogan in group):
        return [group]
    ordered = sorted(group, key=lambda slogan: (-scores[slogan], slogan))
    return [tuple(part) for _, part in groupby(ordered, key=lambda slogan: scores[slogan])]


def rank(scores: Mapping[int, Fraction], tie_rounds: Sequence[Mapping[int, Fraction]] = ()) -> dict[int, Place]:
    """Every slogan's place; arguments as `tie_groups`."""
    places: dict[int, Place] = {}
    for group in tie_groups(scores, tie_rounds):
        place = Place(len(places) + 1, len(group) > 1)
        places |= dict.fromkeys(group, place)
    return places
