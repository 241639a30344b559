"""Beginning, resuming, handing in and closing papers, with real commits on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import CountedAttempt
from cchc_app.data.answers import NewAnswer, store
from cchc_app.data.engine import Database
from cchc_app.data.tables import OVERALL, Answer, Attempt, Question, QuestionVersion, Standing
from cchc_app.data.types import to_millis
from cchc_app.services import take_quiz
from cchc_app.texts.privacy import VERSION
from tests.factories import NOW, WEEK, MadeContest, Person, make_contest, make_person, rules

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
MS = timedelta(milliseconds=1)


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


def begin(db: Database, person: Person, *, now: datetime = NOW, kind: str = "counted") -> str:
    return take_quiz.begin(db, participant_id=person.id, kind=kind, now=now)


def attempt_of(db: Database, receipt: str) -> Attempt:
    with db.read() as session:
        return session.exec(select(Attempt).where(Attempt.receipt == receipt)).one()


def answer_right(db: Database, person: Person, receipt: str, *, count: int, at: datetime) -> None:
    """Answer the first `count` questions with an option of their key, the others not at all."""
    attempt = attempt_of(db, receipt)
    with db.read() as session:
        keys = [session.get_one(QuestionVersion, version_id).key for version_id, _ in attempt.paper]
    with db.connection() as connection:
        store(
            connection,
            [NewAnswer(receipt, person.token_hash, n, keys[n][0], True, to_millis(at)) for n in range(count)],
            notice=VERSION,
        )


def refusal(call, *args, **kwargs) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_paper_is_drawn_by_the_blueprint_and_frozen(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    attempt = attempt_of(db, begin(db, person))
    with db.read() as session:
        versions = [session.get_one(QuestionVersion, version_id) for version_id, _ in attempt.paper]
        topics = [session.get_one(Question, version.question_id).topic for version in versions]
        pools = {session.get_one(Question, version.question_id).pool for version in versions}
    assert len({version.id for version in versions}) == 4
    assert (topics.count("A") >= 2, pools) == (True, {"main"})
    assert [sorted(order) for _, order in attempt.paper] == [[0, 1, 2, 3]] * 4
    assert (attempt.started_at, attempt.deadline_at) == (NOW, NOW + 10 * MINUTE)


def test_beginning_again_resumes_with_the_time_that_is_left(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    receipt = begin(db, person)
    answer_right(db, person, receipt, count=2, at=NOW + SECOND)
    assert begin(db, person, now=NOW + 5 * MINUTE) == receipt
    paper = take_quiz.open_paper(db, participant_id=person.id, kind="counted", now=NOW + 5 * MINUTE)
    assert paper is not None
    assert (paper.receipt, sorted(paper.answers), paper.deadline_at) == (receipt, [0, 1], NOW + 10 * MINUTE)


def test_two_starts_at_once_give_one_attempt(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    barrier = Barrier(8)

    def start(_: int) -> str:
        barrier.wait()
        return begin(db, person)

    with ThreadPoolExecutor(8) as pool:
        receipts = set(pool.map(start, range(8)))
    with db.read() as session:
        stored = session.exec(select(Attempt.receipt)).all()
    assert (len(receipts), list(receipts)) == (1, list(stored))


def test_two_tabs_hand_in_at_once_and_it_is_one_submission(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    receipt = begin(db, person)
    answer_right(db, person, receipt, count=3, at=NOW + SECOND)
    barrier = Barrier(6)

    def hand_in(n: int) -> str:
        barrier.wait()
        return take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + MINUTE + n * MS)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(hand_in, range(6))) == {receipt}
    with db.read() as session:
        standing = session.get_one(Standing, (contest.contest_id, 2, person.id))
    attempt = attempt_of(db, receipt)
    assert (attempt.status, attempt.correct, attempt.points) == ("submitted", 3, 3)
    assert (standing.points, standing.attempts, standing.time_used_ms) == (3, 1, attempt.time_used_ms)
    assert attempt.time_used_ms in range(60_000, 60_006)


def test_one_attempt_a_week_and_a_new_one_next_week(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    for week in (0, 1):
        receipt = begin(db, person, now=NOW + week * WEEK)
        answer_right(db, person, receipt, count=2 + week, at=NOW + week * WEEK + SECOND)
        take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + week * WEEK + MINUTE)
        again = refusal(begin, db, person, now=NOW + week * WEEK + 2 * MINUTE)
        assert again is ErrorCode.NO_ATTEMPT_LEFT
    with db.read() as session:
        overall = session.get_one(Standing, (contest.contest_id, OVERALL, person.id))
    assert (overall.points, overall.attempts, overall.time_used_ms) == (5, 2, 120_000)


@pytest.mark.parametrize(
    ("counted", "points"), [(CountedAttempt.FIRST, 1), (CountedAttempt.BEST, 3), (CountedAttempt.LAST, 2)]
)
def test_which_attempt_counts(db: Database, counted: CountedAttempt, points: int) -> None:
    contest = make_contest(db, rules(attempts_allowed=3, counted_attempt=counted))
    person = make_person(db, contest)
    for n, right in enumerate((1, 3, 2)):
        at = NOW + n * 20 * MINUTE
        receipt = begin(db, person, now=at)
        answer_right(db, person, receipt, count=right, at=at + SECOND)
        take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=at + MINUTE)
    with db.read() as session:
        standing = session.get_one(Standing, (contest.contest_id, 2, person.id))
    assert (standing.points, standing.attempts) == (points, 3)


def test_the_end_of_the_week_cuts_the_paper_short(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    closes_at = contest.rule_set.periods[1].closes_at
    receipt = begin(db, person, now=closes_at - 4 * MINUTE)
    attempt = attempt_of(db, receipt)
    assert attempt.deadline_at == closes_at
    answer_right(db, person, receipt, count=1, at=closes_at + 2 * SECOND)  # within the grace
    answer_right(db, person, receipt, count=4, at=closes_at + 3 * SECOND)  # after it
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=closes_at + 2 * SECOND)
    attempt = attempt_of(db, receipt)
    assert (attempt.finished_at, attempt.correct, attempt.time_used_ms) == (closes_at, 1, 240_000)


def test_personal_extra_time_is_added_to_the_deadline(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest, extra_time_ms=300_000)
    assert attempt_of(db, begin(db, person)).deadline_at == NOW + 15 * MINUTE


def test_abandoned_papers_are_closed_at_their_deadline(db: Database, contest: MadeContest) -> None:
    person, later = make_person(db, contest), make_person(db, contest)
    receipt = begin(db, person)
    answer_right(db, person, receipt, count=2, at=NOW + SECOND)
    begin(db, later, now=NOW + 5 * MINUTE)
    assert take_quiz.sweep(db, now=NOW + 10 * MINUTE + 8 * SECOND - MS) == 0
    assert take_quiz.sweep(db, now=NOW + 10 * MINUTE + 8 * SECOND) == 1
    assert take_quiz.sweep(db, now=NOW + 10 * MINUTE + 9 * SECOND) == 0
    attempt = attempt_of(db, receipt)
    assert (attempt.status, attempt.finished_at, attempt.correct) == ("expired", NOW + 10 * MINUTE, 2)


def test_sweepers_of_several_processes_close_a_paper_once(db: Database, contest: MadeContest) -> None:
    people = [make_person(db, contest) for _ in range(6)]
    for person in people:
        begin(db, person)
    with ThreadPoolExecutor(4) as pool:
        closed = sum(pool.map(lambda _: take_quiz.sweep(db, now=NOW + 20 * MINUTE), range(4)))
    assert closed == 6


def test_a_paper_out_of_time_is_closed_before_a_new_one_begins(db: Database) -> None:
    contest = make_contest(db, rules(attempts_allowed=2))
    person = make_person(db, contest)
    first = begin(db, person)
    second = begin(db, person, now=NOW + 30 * MINUTE)
    assert (attempt_of(db, first).status, attempt_of(db, second).number) == ("expired", 2)


def test_practice_is_always_open_and_never_counted(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    after_the_contest = NOW + 10 * WEEK
    for n in range(3):
        at = after_the_contest + n * 20 * MINUTE
        receipt = begin(db, person, now=at, kind="practice")
        take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=at + MINUTE)
    with db.read() as session:
        assert session.exec(select(Standing)).all() == []
        assert {attempt.period_id for attempt in session.exec(select(Attempt)).all()} == {None}


def test_refusals_change_nothing(db: Database, contest: MadeContest) -> None:
    person, stranger = make_person(db, contest), make_person(db, contest)
    blocked = make_person(db, contest, blocked=True)
    receipt = begin(db, person)
    assert refusal(begin, db, blocked) is ErrorCode.ACCOUNT_BLOCKED
    assert refusal(begin, db, stranger, now=NOW + 10 * WEEK) is ErrorCode.NO_PERIOD
    foreign = refusal(take_quiz.finish, db, participant_id=stranger.id, receipt=receipt, now=NOW + SECOND)
    assert foreign is ErrorCode.ATTEMPT_NOT_FOUND
    with db.read() as session:
        assert [a.status for a in session.exec(select(Attempt)).all()] == ["open"]
        assert session.exec(select(Answer)).all() == []


def test_unranked_people_take_part_without_a_place(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest, ranked=False)
    receipt = begin(db, person)
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + MINUTE)
    with db.read() as session:
        assert session.exec(select(Standing)).all() == []
