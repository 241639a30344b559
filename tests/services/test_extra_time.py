"""Personal extra time: for the next papers, and for the open one when asked."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import Attempt, AuditEntry
from cchc_app.services import take_quiz
from cchc_app.services.extra_time import ExtraTime, give_extra_time
from tests.factories import NOW, make_contest, make_person, rules
from tests.services.test_sanction_people import deed, refusal
from tests.staff import make_staff

MINUTE = timedelta(minutes=1)


def attempts(db: Database) -> list[Attempt]:
    with db.read() as session:
        return list(session.exec(select(Attempt).order_by(col(Attempt.id))).all())


def test_the_next_paper_is_longer_and_the_open_one_is_not(db: Database) -> None:
    contest, organiser = make_contest(db, rules(attempts_allowed=2)), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    done = give_extra_time(db, **deed(organiser, person, minutes="15", open_paper=False))
    assert done == ExtraTime(15, None)
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + MINUTE)
    take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW + 2 * MINUTE)
    first, second = attempts(db)
    assert first.deadline_at == NOW + 10 * MINUTE
    assert second.deadline_at == NOW + 2 * MINUTE + 25 * MINUTE


def test_the_open_paper_gets_it_when_asked_and_never_loses_any(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    done = give_extra_time(db, **deed(organiser, person, minutes="5", open_paper=True))
    assert done == ExtraTime(5, NOW + 15 * MINUTE)
    assert give_extra_time(db, **deed(organiser, person, minutes="5", open_paper=True)).deadline_at is None
    assert give_extra_time(db, **deed(organiser, person, minutes="0", open_paper=True)) == ExtraTime(0, None)
    [attempt] = attempts(db)
    assert (attempt.deadline_at, attempt.extra_time_ms) == (NOW + 15 * MINUTE, 300_000)
    # Half past the first deadline the paper is neither over nor swept away.
    late = NOW + 12 * MINUTE
    assert take_quiz.sweep(db, now=late) == 0
    paper = take_quiz.open_paper(db, participant_id=person.id, kind=COUNTED, now=late)
    assert paper is not None and (paper.receipt, paper.deadline_at) == (receipt, NOW + 15 * MINUTE)
    with db.read() as session:
        entry = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).first()
    assert entry is not None and receipt in entry.after and '"minutes":5' in entry.after


def test_a_paper_that_is_over_stays_over(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    late = deed(organiser, person, minutes="60", open_paper=True) | {"now": NOW + 11 * MINUTE}
    assert give_extra_time(db, **late) == ExtraTime(60, None)
    [attempt] = attempts(db)
    assert (attempt.status, attempt.deadline_at) == (OPEN, NOW + 10 * MINUTE)


@pytest.mark.parametrize("minutes", ["", "-1", "1.5", "121", "٣", "9" * 40, "mười"])
def test_minutes_that_are_none(db: Database, minutes: str) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    what = deed(organiser, make_person(db, contest), minutes=minutes, open_paper=False)
    assert refusal(give_extra_time, db, **what) is ErrorCode.EXTRA_TIME_INVALID


def test_an_auditor_gives_nothing(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    what = deed(auditor, make_person(db, contest), minutes="5", open_paper=True)
    assert refusal(give_extra_time, db, **what) is ErrorCode.NOT_ALLOWED
