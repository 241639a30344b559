"""The home page: the one next step, the weeks, what a prediction keeps hidden."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, digest
from cchc_app.contest.schedule import Phase
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.services.home import NextStep, OwnResult, home_view, regulations
from cchc_app.services.standings import settle_predictions
from cchc_app.services.take_quiz import begin, finish
from tests.factories import MINUTE_MS, WEEK, make_contest, make_person, rules, with_feedback

RULES = rules()
OPENING = RULES.periods[0].opens_at
WEEK_2 = OPENING + WEEK
ENDING = RULES.periods[-1].closes_at
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "week", "phase", "step"),
    [
        (OPENING - HOUR, 1, Phase.UPCOMING, NextStep.PRACTISE),
        (OPENING, 1, Phase.OPEN, NextStep.SIGN_IN),
        (WEEK_2 - timedelta(milliseconds=1), 1, Phase.OPEN, NextStep.SIGN_IN),
        (WEEK_2, 2, Phase.OPEN, NextStep.SIGN_IN),
        (ENDING - timedelta(milliseconds=1), 4, Phase.OPEN, NextStep.SIGN_IN),
    ],
    ids=["before the first week", "opening", "last instant of week 1", "first instant of week 2", "last instant"],
)
def test_visitor_is_shown_the_week(db: Database, now: datetime, week: int, phase: Phase, step: NextStep) -> None:
    make_contest(db)
    view = home_view(db, participant_id=None, now=now)
    assert view.current is not None
    assert (view.current.number, view.current.phase, view.step, view.step_week) == (week, phase, step, week)


def test_after_the_last_week_the_boards_are_next(db: Database) -> None:
    make_contest(db)
    view = home_view(db, participant_id=None, now=ENDING)
    assert (view.current, view.step) == (None, NextStep.STANDINGS)
    assert [week.phase for week in view.weeks] == [Phase.CLOSED] * 4


def test_steps_of_one_person_through_a_week(db: Database) -> None:
    person = make_person(db, make_contest(db))
    now = WEEK_2 + HOUR

    def step(at: datetime) -> tuple[NextStep, int, str, datetime | None]:
        view = home_view(db, participant_id=person.id, now=at)
        return view.step, view.step_week, view.receipt, view.deadline_at

    assert step(now) == (NextStep.BEGIN, 2, "", None)
    receipt = begin(db, participant_id=person.id, kind=COUNTED, now=now)
    deadline = now + timedelta(milliseconds=10 * MINUTE_MS)
    assert step(now) == (NextStep.RESUME, 2, receipt, deadline)
    finish(db, participant_id=person.id, receipt=receipt, now=now + timedelta(minutes=1))
    assert step(now + HOUR) == (NextStep.RESULT, 2, receipt, None)
    assert step(WEEK_2 + WEEK) == (NextStep.BEGIN, 3, "", None)
    assert step(ENDING) == (NextStep.RESULT, 2, receipt, None)


def test_an_abandoned_paper_is_not_resumed(db: Database) -> None:
    person = make_person(db, make_contest(db))
    begin(db, participant_id=person.id, kind=COUNTED, now=WEEK_2)
    view = home_view(db, participant_id=person.id, now=WEEK_2 + HOUR)
    assert (view.step, view.deadline_at) == (NextStep.RESULT, None)


def test_weeks_hold_own_results(db: Database) -> None:
    contest = make_contest(db)
    first, second = make_person(db, contest), make_person(db, contest)
    for person, minutes in ((first, 2), (second, 1)):
        receipt = begin(db, participant_id=person.id, kind=COUNTED, now=OPENING)
        finish(db, participant_id=person.id, receipt=receipt, now=OPENING + timedelta(minutes=minutes))
    view = home_view(db, participant_id=first.id, now=WEEK_2)
    assert [week.mine for week in view.weeks] == [OwnResult(correct=0, total=4, rank=2), None, None, None]


def test_a_prediction_hides_the_rank_until_it_is_settled(db: Database) -> None:
    periods = tuple(replace(period, prediction=PredictionSubject.ENTRANTS) for period in RULES.periods)
    person = make_person(db, make_contest(db, replace(RULES, periods=periods)))
    receipt = begin(db, participant_id=person.id, kind=COUNTED, now=OPENING)
    finish(db, participant_id=person.id, receipt=receipt, now=OPENING + HOUR, prediction=7)
    for hidden_at in (WEEK_2 - HOUR, WEEK_2):
        assert home_view(db, participant_id=person.id, now=hidden_at).weeks[0].mine == OwnResult(0, 4, None)
    assert settle_predictions(db, now=WEEK_2 + HOUR) == (1,)
    assert home_view(db, participant_id=person.id, now=WEEK_2 + HOUR).weeks[0].mine == OwnResult(0, 4, 1)


def test_marks_kept_until_the_week_is_over_are_not_told(db: Database) -> None:
    person = make_person(db, make_contest(db, with_feedback(RULES, FeedbackMode.AFTER_CLOSE)))
    receipt = begin(db, participant_id=person.id, kind=COUNTED, now=OPENING)
    finish(db, participant_id=person.id, receipt=receipt, now=OPENING + HOUR)
    assert home_view(db, participant_id=person.id, now=WEEK_2 - HOUR).weeks[0].mine is None
    assert home_view(db, participant_id=person.id, now=WEEK_2).weeks[0].mine == OwnResult(0, 4, 1)


def test_slogan_round_ends_at_its_instant(db: Database) -> None:
    make_contest(db)
    end = RULES.slogan.closes_at
    instants = (OPENING - HOUR, end - timedelta(milliseconds=1), end)
    phases = [home_view(db, participant_id=None, now=now).slogan_phase for now in instants]
    assert phases == [Phase.UPCOMING, Phase.OPEN, Phase.CLOSED]


def test_regulations_in_force(db: Database) -> None:
    make_contest(db)
    view = regulations(db)
    assert (view.rule_set, view.digest) == (RULES, digest(RULES))


def test_without_a_contest_it_says_so(db: Database) -> None:
    with pytest.raises(ContestError) as refusal:
        home_view(db, participant_id=None, now=OPENING)
    assert refusal.value.code is ErrorCode.CONTEST_MISSING
