"""Several use cases in one transaction: seen inside at once, outside only after the commit, undone together."""

import pytest
from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.joined import JoinedDatabase
from cchc_app.data.tables import Attempt, Standing
from cchc_app.services import take_quiz
from tests.factories import NOW, MadeContest, Person, make_contest, make_person


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


def take(db: Database, person: Person) -> None:
    receipt = take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW)
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW)


def count(db: Database) -> tuple[int, int]:
    with db.read() as session:
        return len(session.exec(select(Attempt)).all()), len(session.exec(select(Standing)).all())


def test_use_cases_share_the_transaction(db: Database, contest: MadeContest) -> None:
    people = [make_person(db, contest) for _ in range(2)]
    with db.write() as session:
        joined = JoinedDatabase(session)
        for person in people:
            take(joined, person)
        assert count(joined) == (2, 4)
        assert count(db) == (0, 0)
    assert count(db) == (2, 4)


def test_one_failure_undoes_all(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    with pytest.raises(RuntimeError), db.write() as session:
        take(JoinedDatabase(session), person)
        raise RuntimeError
    assert count(db) == (0, 0)
