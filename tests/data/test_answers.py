"""The ledger's statement: what it stores, what it refuses, and races with real commits."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlmodel import select

from cchc_app.contest.regulations import FeedbackMode
from cchc_app.data.answers import NewAnswer, Outcome, store
from cchc_app.data.engine import Database
from cchc_app.data.tables import Answer, Attempt, AuthSession
from cchc_app.data.types import to_millis
from cchc_app.services import answer_ledger, take_quiz
from cchc_app.services.answer_ledger import AnswerLedger
from cchc_app.texts.privacy import VERSION
from tests.factories import NOW, MadeContest, Person, make_contest, make_person, rules, with_feedback

SECOND = timedelta(seconds=1)
MS = timedelta(milliseconds=1)


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


def begin(db: Database, contest: MadeContest) -> tuple[Person, str]:
    person = make_person(db, contest)
    return person, take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW)


def send(db: Database, *answers: NewAnswer) -> list[Outcome]:
    with db.connection() as connection:
        return store(connection, answers, notice=VERSION)


def new(person: Person, receipt: str, *, position=0, option=0, at: datetime = NOW + SECOND) -> NewAnswer:
    return NewAnswer(receipt, person.token_hash, position, option, option == 1, to_millis(at))


def stored(db: Database) -> list[tuple[int, int, bool]]:
    with db.read() as session:
        rows = session.exec(select(Answer).order_by(Answer.attempt_id, Answer.position)).all()
        return [(row.position, row.option, row.correct) for row in rows]


def test_an_answer_is_stored_and_counted(db: Database, contest: MadeContest) -> None:
    person, receipt = begin(db, contest)
    outcomes = send(db, new(person, receipt, option=1), new(person, receipt, position=1, option=2))
    assert [(o.option, o.correct, o.answered_count, o.correct_count) for o in outcomes] == [
        (1, True, 2, 1),
        (2, False, 2, 1),
    ]
    assert stored(db) == [(0, 1, True), (1, 2, False)]


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "two batches"])
@pytest.mark.parametrize(("second", "kept"), [(0, 0), (3, 0)], ids=["same answer twice", "two different answers"])
def test_the_first_answer_to_a_final_question_stays(
    db: Database, contest: MadeContest, together: bool, second: int, kept: int
) -> None:
    person, receipt = begin(db, contest)
    pair = [new(person, receipt, option=0), new(person, receipt, option=second)]
    outcomes = send(db, *pair) if together else [*send(db, pair[0]), *send(db, pair[1])]
    assert [o.option for o in outcomes] == [kept, kept]
    assert stored(db) == [(0, kept, False)]


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "two batches"])
def test_an_answer_can_be_changed_when_feedback_comes_at_the_end(db: Database, together: bool) -> None:
    contest = make_contest(db, with_feedback(rules(), FeedbackMode.AT_END))
    person, receipt = begin(db, contest)
    pair = [new(person, receipt, option=0), new(person, receipt, option=1, at=NOW + 2 * SECOND)]
    outcomes = send(db, *pair) if together else [*send(db, pair[0]), *send(db, pair[1])]
    assert outcomes[-1].option == 1
    assert stored(db) == [(0, 1, True)]


def test_an_older_answer_never_replaces_a_newer_one(db: Database) -> None:
    contest = make_contest(db, with_feedback(rules(), FeedbackMode.AT_END))
    person, receipt = begin(db, contest)
    send(db, new(person, receipt, option=1, at=NOW + 5 * SECOND))
    send(db, new(person, receipt, option=2, at=NOW + SECOND))
    assert stored(db) == [(0, 1, True)]


@pytest.mark.parametrize(
    ("offset", "accepted"),
    [(-MS, True), (0 * MS, True), (3 * SECOND - MS, True), (3 * SECOND, False), (3 * SECOND + MS, False)],
    ids=["deadline - 1 ms", "deadline", "grace - 1 ms", "end of grace", "grace + 1 ms"],
)
def test_time_is_checked_to_the_millisecond(
    db: Database, contest: MadeContest, offset: timedelta, accepted: bool
) -> None:
    person, receipt = begin(db, contest)
    [outcome] = send(db, new(person, receipt, at=NOW + timedelta(minutes=10) + offset))
    assert (outcome.option is not None, outcome.late) == (accepted, not accepted)
    assert len(stored(db)) == int(accepted)


def test_nobody_writes_into_another_persons_paper(db: Database, contest: MadeContest) -> None:
    owner, receipt = begin(db, contest)
    stranger = make_person(db, contest)
    outcomes = send(db, new(stranger, receipt, option=2), new(owner, receipt, option=1))
    assert [(o.mine, o.option) for o in outcomes] == [(False, None), (True, 1)]
    assert stored(db) == [(0, 1, True)]


@pytest.mark.parametrize("field", ["revoked_at", "expires_at", "idle_expires_at"])
def test_a_dead_session_stores_nothing(db: Database, contest: MadeContest, field: str) -> None:
    person, receipt = begin(db, contest)
    with db.write() as session:
        session.exec(update(AuthSession).values({field: NOW}))
    [outcome] = send(db, new(person, receipt))
    assert (outcome.alive, outcome.option, stored(db)) == (False, None, [])


def test_an_unknown_token_or_receipt_stores_nothing(db: Database, contest: MadeContest) -> None:
    person, receipt = begin(db, contest)
    nobody = new(person, receipt)._replace(token_hash="nobody")
    outcomes = send(db, nobody, new(person, "T26-W1-AAAAAA-00"))
    assert [(o.alive, o.mine, o.option) for o in outcomes] == [(False, False, None), (True, False, None)]
    assert stored(db) == []


def test_a_closed_paper_takes_no_answer(db: Database, contest: MadeContest) -> None:
    person, receipt = begin(db, contest)
    send(db, new(person, receipt, option=1))
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + 2 * SECOND)
    outcomes = send(db, new(person, receipt, position=1), new(person, receipt, option=3))
    assert [(o.open, o.option) for o in outcomes] == [(False, None), (False, 1)]
    assert stored(db) == [(0, 1, True)]


def test_sixteen_writers_race_for_the_same_questions(db: Database, contest: MadeContest) -> None:
    person, receipt = begin(db, contest)
    barrier = threading.Barrier(16)

    def writer(n: int) -> list[Outcome]:
        batch = [new(person, receipt, position=p, option=n % 4) for p in ((0, 1, 2, 3) if n % 2 else (3, 2, 1, 0))]
        barrier.wait()
        return send(db, *batch)

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(writer, range(16)))
    kept = {position: option for position, option, _ in stored(db)}
    assert sorted(kept) == [0, 1, 2, 3]
    for n, outcomes in enumerate(results):
        order = (0, 1, 2, 3) if n % 2 else (3, 2, 1, 0)
        assert [o.option for o in outcomes] == [kept[p] for p in order]


def test_an_acknowledged_answer_is_always_in_the_result(db: Database, contest: MadeContest) -> None:
    """Answers race with handing in: whatever was acknowledged before is marked, whatever came after is refused."""
    for _ in range(10):
        person, receipt = begin(db, contest)
        barrier = threading.Barrier(5)

        def answer(position: int, person=person, receipt=receipt, barrier=barrier) -> bool:
            barrier.wait()
            [outcome] = send(db, new(person, receipt, position=position, option=1))
            return outcome.option is not None

        def hand_in(person=person, receipt=receipt, barrier=barrier) -> None:
            barrier.wait()
            take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + 2 * SECOND)

        with ThreadPoolExecutor(5) as pool:
            done = pool.submit(hand_in)
            acknowledged = sum(pool.map(answer, range(4)))
            done.result()
        with db.read() as session:
            attempt = session.exec(select(Attempt).where(Attempt.receipt == receipt)).one()
            kept = session.exec(select(Answer).where(Answer.attempt_id == attempt.id)).all()
            recounted = sum(_is_right(session, attempt, row) for row in kept)
        assert (len(kept), attempt.correct) == (acknowledged, recounted)


def _is_right(session, attempt: Attempt, answer: Answer) -> bool:
    version_id = attempt.paper[answer.position][0]
    key = session.connection().execute(text("SELECT key FROM question_version WHERE id = :id"), {"id": version_id})
    return str(answer.option) in str(key.scalar_one())


async def test_group_commit_acknowledges_after_the_commit(db: Database, contest: MadeContest) -> None:
    people = [begin(db, contest) for _ in range(20)]
    ledger = AnswerLedger(db)
    outcomes = await asyncio.gather(
        *(ledger.record(new(person, receipt, position=p, option=1)) for person, receipt in people for p in range(4))
    )
    ledger.close()
    assert {(o.option, o.correct) for o in outcomes} == {(1, True)}
    assert len(stored(db)) == 80


async def test_answers_of_one_moment_share_a_commit(
    db: Database, contest: MadeContest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_ledger, "COMMIT_EVERY_SECONDS", 0.5)
    ledger, batches = AnswerLedger(db), []
    commit = ledger._commit
    monkeypatch.setattr(ledger, "_commit", lambda answers: batches.append(len(answers)) or commit(answers))
    person, receipt = begin(db, contest)
    await ledger.record(new(person, receipt, position=0))
    waiting = []
    for position in (1, 2, 3):
        waiting.append(asyncio.create_task(ledger.record(new(person, receipt, position=position))))
        await asyncio.sleep(0.02)
    assert not any(task.done() for task in waiting)
    await asyncio.gather(*waiting)
    ledger.close()
    assert (batches, len(stored(db))) == ([1, 3], 4)


async def test_in_a_rush_nobody_waits_for_more_than_enough(
    db: Database, contest: MadeContest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_ledger, "COMMIT_EVERY_SECONDS", 30.0)
    monkeypatch.setattr(answer_ledger, "ENOUGH", 3)
    ledger = AnswerLedger(db)
    person, receipt = begin(db, contest)
    await ledger.record(new(person, receipt, position=0))
    two = [asyncio.create_task(ledger.record(new(person, receipt, position=p))) for p in (1, 2)]
    await asyncio.sleep(0.1)
    assert not any(task.done() for task in two)
    async with asyncio.timeout(10):
        await asyncio.gather(ledger.record(new(person, receipt, position=3)), *two)
    ledger.close()
    assert len(stored(db)) == 4
