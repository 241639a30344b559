"""What organisers are told to look at, and when not."""

from datetime import timedelta

import pytest

from cchc_app.contest.attention import Concern, ConcernKind, Situation, Urgency, concerns
from tests.factories import NOW, WEEK, rules

RULES = rules()
PERIODS = RULES.periods
HOUR, DAY, SECONDS = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
SECOND = PERIODS[1]


def situation(**changes: object) -> Situation:
    quiet = {
        "periods": PERIODS,
        "units_at_zero": 0,
        "slogans_missing": 0,
        "slogans_close_at": NOW + 4 * WEEK,
        "requests": 0,
        "first_due": None,
        "flagged": None,
        "results": {1, 2, 3, 4},
        "prizes": (),
    }
    return Situation(**(quiet | changes))


def told(now=NOW, **changes: object) -> list[tuple[str, str, int]]:
    found = concerns(situation=situation(**changes), now=now)
    return [(one.kind.value, one.urgency.value, one.count) for one in found]


def test_nothing_is_told_of_what_is_in_order() -> None:
    assert told() == []
    assert told(flagged=0) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SECOND.closes_at - 3 * DAY - HOUR, []),
        (SECOND.closes_at - 3 * DAY, [("period_opens", "later", 3)]),
        (SECOND.closes_at - 48 * HOUR, [("period_closes", "soon", 2), ("period_opens", "later", 3)]),
        (SECOND.closes_at, []),  # week 3 has just opened
        (PERIODS[0].opens_at - DAY, [("period_opens", "later", 1)]),
        (PERIODS[-1].closes_at - DAY, [("period_closes", "soon", 4)]),
        (PERIODS[-1].closes_at + DAY, []),
    ],
)
def test_periods(now, expected) -> None:
    assert told(now) == expected


@pytest.mark.parametrize(
    ("now", "results", "expected"),
    [
        (PERIODS[0].closes_at - SECONDS, (), []),
        (PERIODS[0].closes_at, (), [("results", "soon", 1)]),
        (PERIODS[0].closes_at, {1}, []),
        (PERIODS[2].closes_at, {2}, [("results", "soon", 2)]),
    ],
)
def test_periods_that_are_over_are_to_be_closed(now, results, expected) -> None:
    assert [one for one in told(now, results=results) if one[0] == "results"] == expected


@pytest.mark.parametrize(
    ("now", "urgency"),
    [
        (NOW, "soon"),
        (SECOND.closes_at - 47 * HOUR, "now"),
        (PERIODS[0].opens_at - 9 * DAY, None),  # nobody can take part yet
        (PERIODS[-1].closes_at + DAY, None),  # nobody can any more
    ],
)
def test_units_at_zero_matter_while_a_period_is_open(now, urgency) -> None:
    found = [one for one in told(now, units_at_zero=9) if one[0] == "units_at_zero"]
    assert found == ([] if urgency is None else [("units_at_zero", urgency, 9)])


@pytest.mark.parametrize(
    ("left", "urgency"), [(6 * DAY, None), (5 * DAY, "soon"), (48 * HOUR, "now"), (timedelta(), None), (-DAY, None)]
)
def test_missing_slogans_matter_before_the_deadline(left, urgency) -> None:
    found = told(slogans_missing=4, slogans_close_at=NOW + left)
    assert found == ([] if urgency is None else [("slogans_missing", urgency, 4)])


@pytest.mark.parametrize(("due", "urgency"), [(4 * DAY, "soon"), (3 * DAY, "now"), (-DAY, "now")])
def test_requests_are_told_until_they_are_answered(due, urgency) -> None:
    assert told(requests=2, first_due=NOW + due) == [("requests", urgency, 2)]


def test_the_most_urgent_comes_first() -> None:
    now = SECOND.closes_at - HOUR
    found = concerns(
        situation=situation(units_at_zero=3, requests=1, first_due=now + 5 * DAY, flagged=7, results=(), prizes=(1, 0)),
        now=now,
    )
    assert [one.kind for one in found] == [
        ConcernKind.UNITS_AT_ZERO,
        ConcernKind.REQUESTS,
        ConcernKind.PERIOD_CLOSES,
        ConcernKind.QUESTIONS_FLAGGED,
        ConcernKind.RESULTS,
        ConcernKind.PRIZES,
        ConcernKind.PERIOD_OPENS,
    ]
    # What is about boards names the first of them.
    assert found[4:6] == (
        Concern(ConcernKind.RESULTS, Urgency.SOON, 1, board=1),
        Concern(ConcernKind.PRIZES, Urgency.SOON, 2, board=1),
    )
    assert found[0] == Concern(ConcernKind.UNITS_AT_ZERO, Urgency.NOW, 3, SECOND.closes_at)
