"""Official results: one list that anybody with the answers can compute again. Source: Articles 6, 9, 11 and 13.

The digest of a result is the SHA-256, in lower-case hex, of these lines, each a JSON array without spaces in ASCII
followed by a line feed:

1. `["result", board, digest of the rule set]`; board 0 is the overall one.
2. For every place, first to last: `["place", place, participant, unit, attempt, points, correct, questions,
   time used in milliseconds, finish in milliseconds since 1970 UTC, rank key]`.
3. For every unit, in order: `["unit", unit, rank, rank in its bloc, headcount, participants, attempts, papers, points,
   most points, time used in milliseconds, why it has no rank]`; what there is not is null.

Neither the version nor who closed it and when is part of it: the same answers and rules give the same digest.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cchc_app.contest.collective import UnitStanding, UnitTotals
from cchc_app.contest.timing import to_millis


@dataclass(frozen=True, slots=True)
class Place:
    """One person's line before it has a number; `rank_key` orders."""

    rank_key: str
    participant_id: int
    unit_id: int
    attempt_id: int
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime


class DifferenceKind(StrEnum):
    """What is stored otherwise than the raw answers say."""

    CORRECT = "correct"
    POINTS = "points"
    TIME_USED = "time_used"
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored figure that the raw answers do not give.

    Attributes:
        kind: Which figure.
        subject: Receipt of the paper; number of the period for PREDICTION.
        stored: As the database holds it.
        computed: As it comes out of the answers.
    """

    kind: DifferenceKind
    subject: str
    stored: int | None
    computed: int


def unit_json(standing: UnitStanding) -> dict[str, Any]:
    """A unit's line as JSON types: what its figures are computed from, not the figures."""
    totals = standing.formula.totals
    return {
        "unit_id": totals.unit_id,
        "rank": standing.rank,
        "bloc_rank": standing.bloc_rank,
        "bloc": totals.bloc,
        "position": totals.position,
        "headcount": totals.headcount,
        "participants": totals.participants,
        "attempts": totals.attempts,
        "papers": totals.papers,
        "points": totals.points,
        "most_points": totals.most_points,
        "time_used_ms": totals.time_used_ms,
        "unranked": None if standing.formula.unranked is None else standing.formula.unranked.value,
    }


def totals_of(line: dict[str, Any]) -> UnitTotals:
    """The totals of a line that `unit_json` wrote; KeyError or TypeError if it is none."""
    names = ("unit_id", "bloc", "position", "headcount", "participants", "attempts", "papers", "points", "most_points")
    return UnitTotals(**{name: line[name] for name in names}, time_used_ms=line["time_used_ms"])


_UNIT_FIELDS = (
    "unit_id",
    "rank",
    "bloc_rank",
    "headcount",
    "participants",
    "attempts",
    "papers",
    "points",
    "most_points",
    "time_used_ms",
    "unranked",
)


def digest(*, board: int, rule_set_digest: str, places: Iterable[Place], units: Iterable[dict[str, Any]]) -> str:
    """The digest of a result, see above.

    Args:
        board: The period's number, 0 for the overall board.
        rule_set_digest: Of the rules it was computed by.
        places: In order, best first.
        units: Lines of `unit_json`, in order.
    """
    running = hashlib.sha256()
    running.update(_line("result", board, rule_set_digest))
    for number, place in enumerate(places, 1):
        running.update(
            _line(
                "place",
                number,
                place.participant_id,
                place.unit_id,
                place.attempt_id,
                place.points,
                place.correct,
                place.total,
                place.time_used_ms,
                to_millis(place.finished_at),
                place.rank_key,
            )
        )
    for unit in units:
        running.update(_line("unit", *(unit[name] for name in _UNIT_FIELDS)))
    return running.hexdigest()


def _line(*fields: object) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"
