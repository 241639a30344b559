"""Judging the slogans (Article 12): criteria with weights, several judges, one number per slogan."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
    _require(not trimmed or rules.judges_per_slogan >= 3, "a trimmed mean takes three judges")
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
