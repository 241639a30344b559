"""The digest of an official result is what the docstring says, line by line."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cchc_app.contest.collective import CollectiveRules, UnitTotals, rank
from cchc_app.contest.official import Place, digest, totals_of, unit_json

PLACE = Place("999996.00000060000.01", 7, 3, 11, 3, 3, 4, 60_000, datetime(2026, 3, 2, 1, 0, 0, 5_000, tzinfo=UTC))
RULES = CollectiveRules(weight_participation=1, weight_score=1, minimum_participants=1, minimum_rate=0)
TOTALS = UnitTotals(
    unit_id=3,
    bloc="cap_xa",
    position=0,
    headcount=None,
    participants=1,
    attempts=2,
    papers=1,
    points=3,
    most_points=4,
    time_used_ms=60_000,
)


def unit(**changes: object) -> dict:
    return unit_json(rank(units=[replace(TOTALS, **changes)], rules=RULES)[0])


def test_the_lines_are_the_published_ones() -> None:
    text = (
        '["result",1,"abc"]\n'
        '["place",1,7,3,11,3,3,4,60000,1772413200005,"999996.00000060000.01"]\n'
        '["unit",3,null,null,null,1,2,1,3,4,60000,"headcount_unknown"]\n'
        '["unit",3,1,1,8,1,2,1,3,4,60000,null]\n'
    )
    made = digest(board=1, rule_set_digest="abc", places=[PLACE], units=[unit(), unit(headcount=8)])
    assert made == hashlib.sha256(text.encode("ascii")).hexdigest()


@pytest.mark.parametrize(
    "changes",
    [{"points": 2}, {"participant_id": 8}, {"time_used_ms": 60_001}, {"rank_key": "0"}, {"attempt_id": 12}],
)
def test_any_change_changes_it(changes: dict) -> None:
    def of(place: Place) -> str:
        return digest(board=1, rule_set_digest="abc", places=[place], units=[])

    assert of(replace(PLACE, **changes)) != of(PLACE)


def test_totals_come_back_from_a_line() -> None:
    assert totals_of(unit(headcount=8)) == replace(TOTALS, headcount=8)
