"""The contest at any instant, seen without touching it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import PredictionSubject
from cchc_app.contest.schedule import Phase
from cchc_app.data.engine import Database
from cchc_app.services.home import NextStep
from cchc_app.services.simulate import simulate
from tests.factories import WEEK, every_row, make_contest, rules
from tests.staff import make_staff

RULES = rules()
OPENING, ENDING = RULES.periods[0].opens_at, RULES.periods[-1].closes_at
INSTANT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("at", "visitor", "newcomer", "is_open", "numbers", "slogan"),
    [
        (OPENING - INSTANT, NextStep.PRACTISE, NextStep.PRACTISE, False, (), Phase.UPCOMING),
        (OPENING, NextStep.SIGN_IN, NextStep.BEGIN, True, (1, OVERALL), Phase.OPEN),
        (OPENING + 2 * WEEK, NextStep.SIGN_IN, NextStep.BEGIN, True, (1, 2, 3, OVERALL), Phase.CLOSED),
        (ENDING, NextStep.STANDINGS, NextStep.STANDINGS, False, (1, 2, 3, 4, OVERALL), Phase.CLOSED),
    ],
    ids=["before", "the first instant", "third week", "after"],
)
def test_every_moment_is_what_it_will_be(db: Database, at, visitor, newcomer, is_open, numbers, slogan) -> None:
    make_contest(db)
    who = make_staff(db, Role.AUDITOR)
    before = every_row(db)
    seen = simulate(db, actor=who.username, at=at)
    assert (seen.visitor.step, seen.newcomer.step, seen.door.is_open) == (visitor, newcomer, is_open)
    assert {board.number for board in seen.boards} == set(numbers)
    assert (seen.visitor.slogan_phase, {board.withheld_until for board in seen.boards} - {None}) == (slogan, set())
    assert every_row(db) == before


def test_a_prediction_hides_its_board_until_the_week_is_over(db: Database) -> None:
    first = replace(RULES.periods[0], prediction=PredictionSubject.ENTRANTS)
    make_contest(db, replace(RULES, periods=(first, *RULES.periods[1:])))
    who = make_staff(db, Role.ORGANISER)
    during = simulate(db, actor=who.username, at=OPENING)
    after = simulate(db, actor=who.username, at=first.closes_at)
    assert {board.withheld_until for board in during.boards} == {first.closes_at}
    assert {board.withheld_until for board in after.boards} == {None}


def test_it_is_for_those_who_read_the_contest(db: Database) -> None:
    make_contest(db)
    with pytest.raises(ContestError) as refused:
        simulate(db, actor=make_staff(db, Role.JUDGE).username, at=OPENING)
    assert refused.value.code is ErrorCode.NOT_ALLOWED
