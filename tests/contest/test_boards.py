"""Which boards exist, and what keeps them hidden (Articles 7, 8, 9)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cchc_app.contest.boards import OVERALL, default_board, freeze_begins, frozen_by, opened, withheld_until
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, RuleSet
from tests.factories import WEEK, rules

RULES = rules()
OPENING = RULES.periods[0].opens_at
WEEK_2 = OPENING + WEEK
WEEK_3 = OPENING + 2 * WEEK
ENDING = RULES.periods[-1].closes_at
MS = timedelta(milliseconds=1)


def week_2(**changes: object) -> RuleSet:
    first, second, *rest = RULES.periods
    return replace(RULES, periods=(first, replace(second, **changes), *rest))


PREDICTION = week_2(prediction=PredictionSubject.ENTRANTS)
AFTER_CLOSE = week_2(feedback=FeedbackMode.AFTER_CLOSE)
NOTHING: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("now", "boards", "default"),
    [
        (OPENING - MS, (), None),
        (OPENING, (1, OVERALL), 1),
        (WEEK_2 - MS, (1, OVERALL), 1),
        (WEEK_2, (1, 2, OVERALL), 2),
        (ENDING, (1, 2, 3, 4, OVERALL), 4),
    ],
    ids=["before", "opening", "last instant of week 1", "week 2", "after the end"],
)
def test_boards_open_with_their_period(now: datetime, boards: tuple[int, ...], default: int | None) -> None:
    assert opened(rule_set=RULES, now=now) == boards
    assert default_board(rule_set=RULES, now=now) == default


def test_between_two_periods_the_last_closed_one_is_first() -> None:
    first, second, *rest = RULES.periods
    gap = replace(RULES, periods=(replace(first, closes_at=WEEK_2 - 2 * MS), second, *rest))
    assert default_board(rule_set=gap, now=WEEK_2 - MS) == 1


@pytest.mark.parametrize(
    ("rule_set", "board", "settled", "now", "until"),
    [
        (RULES, 2, NOTHING, WEEK_2, None),
        (PREDICTION, 2, NOTHING, WEEK_2 - MS, None),
        (PREDICTION, 2, NOTHING, WEEK_2, WEEK_3),
        (PREDICTION, 2, NOTHING, WEEK_3 - MS, WEEK_3),
        (PREDICTION, 2, NOTHING, WEEK_3 + WEEK, WEEK_3),
        (PREDICTION, 2, {2}, WEEK_3, None),
        (PREDICTION, 1, NOTHING, WEEK_2, None),
        (PREDICTION, OVERALL, NOTHING, WEEK_2 - MS, None),
        (PREDICTION, OVERALL, NOTHING, WEEK_2, WEEK_3),
        (PREDICTION, OVERALL, {2}, WEEK_3, None),
        (AFTER_CLOSE, 2, NOTHING, WEEK_3 - MS, WEEK_3),
        (AFTER_CLOSE, 2, NOTHING, WEEK_3, None),
        (AFTER_CLOSE, OVERALL, NOTHING, WEEK_2, WEEK_3),
        (AFTER_CLOSE, OVERALL, NOTHING, WEEK_3, None),
    ],
)
def test_what_is_withheld_and_until_when(
    rule_set: RuleSet, board: int, settled: frozenset[int], now: datetime, until: datetime | None
) -> None:
    assert withheld_until(rule_set=rule_set, board=board, settled=settled, now=now) == until


def test_the_overall_board_waits_for_the_latest_hidden_period() -> None:
    asked = replace(RULES, periods=tuple(replace(p, prediction=PredictionSubject.ENTRANTS) for p in RULES.periods))
    assert withheld_until(rule_set=asked, board=OVERALL, settled=NOTHING, now=WEEK_2) == WEEK_3
    assert withheld_until(rule_set=asked, board=OVERALL, settled={2}, now=WEEK_3 - MS) == WEEK_2


HALF_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("board", "now", "period"),
    [
        (2, WEEK_3 - HALF_HOUR - MS, None),
        (2, WEEK_3 - HALF_HOUR, 2),
        (2, WEEK_3 - MS, 2),
        (2, WEEK_3, None),
        (OVERALL, WEEK_3 - HALF_HOUR - MS, None),
        (OVERALL, WEEK_3 - HALF_HOUR, 2),
        (OVERALL, WEEK_3, None),
        (1, WEEK_3 - HALF_HOUR, None),
        (3, WEEK_3 - HALF_HOUR, None),
        (1, WEEK_2 - MS, None),
    ],
)
def test_which_period_freezes_a_board(board: int, now: datetime, period: int | None) -> None:
    found = frozen_by(rule_set=RULES, board=board, minutes={1: 0, 2: 30}, now=now)
    assert (None if found is None else found.number) == period


def test_a_freeze_longer_than_its_period_begins_with_it() -> None:
    longer = {2: 60 * 24 * 9}
    assert frozen_by(rule_set=RULES, board=2, minutes=longer, now=WEEK_2 - MS) is None
    found = frozen_by(rule_set=RULES, board=2, minutes=longer, now=WEEK_2)
    assert found is not None
    assert freeze_begins(closes_at=found.closes_at, minutes=30) == WEEK_3 - HALF_HOUR
