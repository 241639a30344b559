"""Official results: equal to the live boards, from the raw answers alone, frozen once, corrected in versions."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from cchc_app.contest import official
from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.official import Difference, DifferenceKind
from cchc_app.contest.regulations import CountedAttempt, PredictionSubject, RuleSet, TieBreak
from cchc_app.data import official as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import (
    Answer,
    Attempt,
    AuditEntry,
    OfficialPlace,
    OfficialResult,
    Participant,
    Standing,
    UnitHeadcount,
)
from cchc_app.services import official_results
from cchc_app.services.close_board import close
from cchc_app.services.standings import settle_predictions
from tests.factories import NOW, MadeContest, make_contest, make_person, rules
from tests.official import after_all, after_week, checked, close_board, nothing, sit_paper, wish
from tests.staff import STEP, make_staff

PREDICTION_CHAIN = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)


def refusal(call, *args, **kwargs) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def asking(rule_set: RuleSet) -> RuleSet:
    first, *rest = rule_set.periods
    return replace(rule_set, periods=(replace(first, prediction=PredictionSubject.PERFECT_SCORES), *rest))


def standings(db: Database, board: int) -> list[tuple[object, ...]]:
    columns = ("participant_id", "unit_id", "attempt_id", "points", "correct", "total", "time_used_ms", "rank_key")
    with db.read() as session:
        query = select(*(getattr(Standing, name) for name in columns), col(Standing.finished_at))
        return [tuple(row) for row in session.execute(query.where(col(Standing.period_number) == board))]


def frozen(db: Database, board: int, version: int = 1) -> list[tuple[object, ...]]:
    columns = ("participant_id", "unit_id", "attempt_id", "points", "correct", "total", "time_used_ms", "rank_key")
    with db.read() as session:
        query = (
            select(*(getattr(OfficialPlace, name) for name in columns), col(OfficialPlace.finished_at))
            .join(OfficialResult, col(OfficialResult.id) == col(OfficialPlace.result_id))
            .where(col(OfficialResult.board) == board, col(OfficialResult.version) == version)
            .order_by(col(OfficialPlace.place))
        )
        return [tuple(row) for row in session.execute(query)]


def result(db: Database, board: int = 1) -> OfficialResult:
    with db.read() as session:
        found = rows.newest(session, contest_id=1, board=board)
    assert found is not None
    return found


def set_attempt(db: Database, receipt: str, **values: object) -> None:
    with db.write() as session:
        session.execute(update(Attempt).where(col(Attempt.receipt) == receipt).values(**values))


def random_history(db: Database, contest: MadeContest, *, people: int, seed: int) -> None:
    """People with up to two papers a week in any order, some of them staff or disqualified since."""
    rng = random.Random(seed)
    crowd = [make_person(db, contest, name=f"Người {n:02}", unit=rng.randrange(2)) for n in range(people)]
    for week in range(1, 5):
        opening = contest.rule_set.periods[week - 1].opens_at
        for person in rng.sample(crowd, people - 4):
            for number in range(1, 1 + rng.choice((1, 1, 2))):
                sit_paper(
                    db,
                    contest,
                    person,
                    week=week,
                    right=rng.randrange(4),
                    used_ms=rng.choice((60_000, 60_001, 75_000)),
                    started_at=opening + timedelta(minutes=20 * number, milliseconds=rng.randrange(2)),
                    number=number,
                    prediction=rng.randrange(5) if week == 1 else None,
                )


@pytest.mark.parametrize("counted", list(CountedAttempt))
def test_a_result_is_the_live_board_computed_again(db: Database, counted: CountedAttempt) -> None:
    rule_set = asking(rules(attempts_allowed=2, counted_attempt=counted, tie_break=PREDICTION_CHAIN))
    contest = make_contest(db, rule_set)
    random_history(db, contest, people=14, seed=len(counted))
    organiser, now = make_staff(db, Role.ORGANISER), after_all(contest)
    assert settle_predictions(db, now=now) == (1,)

    for turn, board in enumerate((1, 2, OVERALL)):
        at = now + turn * STEP
        seen = checked(db, organiser, board, now=at)
        assert (seen.difference_count, seen.live_differences) == (0, 0)
        assert close_board(db, organiser, board, now=at) == 1
        live = sorted(standings(db, board), key=lambda row: str(row[7]))
        assert frozen(db, board) == live
        assert result(db, board).people == len(live) >= 10


def test_who_is_not_ranked_has_no_place(db: Database) -> None:
    contest = make_contest(db)
    plain = make_person(db, contest)
    staff, shut_out = make_person(db, contest, ranked=False), make_person(db, contest, disqualified=True)
    for person in (plain, staff, shut_out):
        sit_paper(db, contest, person, right=3)
    close_board(db, make_staff(db, Role.ORGANISER), 1, now=after_week(contest, 1))
    assert [row[0] for row in frozen(db, 1)] == [plain.id]
    line = next(unit for unit in result(db).units if unit["unit_id"] == plain.unit_id)
    assert (line["participants"], line["attempts"], line["points"], line["most_points"]) == (1, 1, 3, 4)


def test_stored_marks_are_not_believed(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    honest, changed, slow = (make_person(db, contest) for _ in range(3))
    sit_paper(db, contest, honest, right=2)
    receipt = sit_paper(db, contest, changed, right=1)
    late = sit_paper(db, contest, slow, right=3, used_ms=120_000)
    set_attempt(db, receipt, points=4, correct=4)
    set_attempt(db, late, time_used_ms=1)
    now = after_week(contest, 1)

    seen = checked(db, organiser, 1, now=now)
    assert set(seen.differences) == {
        Difference(DifferenceKind.CORRECT, receipt, 4, 1),
        Difference(DifferenceKind.POINTS, receipt, 4, 1),
        Difference(DifferenceKind.TIME_USED, late, 1, 120_000),
    }
    assert seen.difference_count == 3
    unseen = wish(seen, organiser, now=now)
    assert refusal(close, db, actor=organiser.username, wish=unseen, now=now, progress=nothing) is (
        ErrorCode.DIFFERENCES_UNSEEN
    )
    # The code was not used up: it still serves.
    close(db, actor=organiser.username, wish=replace(unseen, acknowledged=True), now=now, progress=nothing)
    assert [(row[0], row[3]) for row in frozen(db, 1)] == [(slow.id, 3), (honest.id, 2), (changed.id, 1)]


def test_an_answer_out_of_time_or_off_the_paper_earns_nothing(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    receipt = sit_paper(db, contest, make_person(db, contest), right=2)
    off = {"position": 9, "option": 0, "correct": True, "final": True}
    with db.write() as session:
        attempt = session.execute(select(Attempt).where(col(Attempt.receipt) == receipt)).scalar_one()
        late = attempt.deadline_at + timedelta(milliseconds=attempt.grace_ms)
        session.execute(update(Answer).where(col(Answer.position) == 0).values(answered_at=late))
        session.add(Answer(attempt_id=attempt.id, answered_at=attempt.started_at, **off))
    seen = checked(db, organiser, 1, now=after_week(contest, 1))
    assert {(one.kind, one.stored, one.computed) for one in seen.differences} == {
        (DifferenceKind.CORRECT, 2, 1),
        (DifferenceKind.POINTS, 2, 1),
    }


def test_closing_waits_for_the_end(db: Database) -> None:
    contest = make_contest(db, asking(rules(tie_break=PREDICTION_CHAIN)))
    organiser, person = make_staff(db, Role.ORGANISER), make_person(db, contest)
    now, week = after_week(contest, 1), contest.rule_set.periods[0]
    assert refusal(checked, db, organiser, 1, now=week.closes_at) is ErrorCode.PERIOD_RUNNING
    assert refusal(checked, db, organiser, OVERALL, now=now) is ErrorCode.PERIOD_RUNNING
    assert refusal(checked, db, organiser, 7, now=now) is ErrorCode.NO_PERIOD
    receipt = sit_paper(db, contest, person, started_at=week.closes_at - timedelta(seconds=1), hand_in=False)
    assert refusal(checked, db, organiser, 1, now=now) is ErrorCode.PAPERS_OPEN
    set_attempt(db, receipt, status="expired", finished_at=week.closes_at, time_used_ms=1_000, correct=0, points=0)
    assert refusal(checked, db, organiser, 1, now=now) is ErrorCode.PREDICTION_UNSETTLED
    settle_predictions(db, now=now)
    assert checked(db, organiser, 1, now=now).people == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.QUESTION_EDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_only_organisers_close(db: Database, role: Role) -> None:
    contest, now = make_contest(db), NOW
    organiser, other = make_staff(db, Role.ORGANISER), make_staff(db, role)
    now = after_week(contest, 1)
    wanted = wish(checked(db, organiser, 1, now=now), other, now=now)
    assert refusal(close, db, actor=other.username, wish=wanted, now=now, progress=nothing) is ErrorCode.NOT_ALLOWED
    may_look = role is Role.AUDITOR
    if not may_look:
        assert refusal(checked, db, other, 1, now=now) is ErrorCode.NOT_ALLOWED


def test_a_wrong_code_closes_nothing(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    now = after_week(contest, 1)
    wanted = replace(wish(checked(db, organiser, 1, now=now), organiser, now=now), code="000000")
    assert refusal(close, db, actor=organiser.username, wish=wanted, now=now, progress=nothing) is ErrorCode.CODE_WRONG
    assert frozen(db, 1) == []


def test_what_changed_after_the_check_is_not_frozen(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    sit_paper(db, contest, person, right=2)
    now = after_week(contest, 1)
    wanted = wish(checked(db, organiser, 1, now=now), organiser, now=now)
    with db.write() as session:
        session.execute(update(Participant).where(col(Participant.id) == person.id).values(disqualified=True))
    assert refusal(close, db, actor=organiser.username, wish=wanted, now=now, progress=nothing) is (
        ErrorCode.RESULT_MOVED
    )


def test_what_changes_during_the_computation_is_not_frozen(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    sit_paper(db, contest, person, right=2)
    now = after_week(contest, 1)
    wanted = wish(checked(db, organiser, 1, now=now), organiser, now=now)

    def disqualify(_done: int, _total: int) -> None:
        with db.write() as session:
            session.execute(update(Participant).where(col(Participant.id) == person.id).values(disqualified=True))

    assert refusal(close, db, actor=organiser.username, wish=wanted, now=now, progress=disqualify) is (
        ErrorCode.RESULT_MOVED
    )
    assert frozen(db, 1) == []


def test_of_two_organisers_at_once_one_closes(db: Database) -> None:
    contest = make_contest(db)
    for right in range(4):
        sit_paper(db, contest, make_person(db, contest), right=right)
    now, both = after_week(contest, 1), [make_staff(db, Role.ORGANISER) for _ in range(2)]
    wishes = [wish(checked(db, one, 1, now=now), one, now=now) for one in both]
    start = Barrier(2)

    def attempt(n: int) -> object:
        start.wait()
        try:
            return close(db, actor=both[n].username, wish=wishes[n], now=now, progress=nothing)
        except ContestError as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        outcomes = set(pool.map(attempt, range(2)))
    assert outcomes == {1, ErrorCode.RESULT_EXISTS}
    assert len(frozen(db, 1)) == 4


def test_the_database_refuses_two_results_of_one_version(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    close_board(db, organiser, 1, now=after_week(contest, 1))
    copy = {name: getattr(result(db), name) for name in OfficialResult.model_fields if name != "id"}
    with pytest.raises(IntegrityError), db.write() as session:
        session.add(OfficialResult(**copy))


def test_a_correction_is_a_version_with_a_reason(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    first, second = make_person(db, contest), make_person(db, contest)
    sit_paper(db, contest, first, right=3)
    sit_paper(db, contest, second, right=1)
    now = after_week(contest, 1)
    close_board(db, organiser, 1, now=now)
    assert checked(db, organiser, 1, now=now).same_as_newest
    assert refusal(close_board, db, organiser, 1, now=now + STEP, reason="thử") is ErrorCode.RESULT_UNCHANGED
    with db.write() as session:
        session.execute(update(Participant).where(col(Participant.id) == first.id).values(disqualified=True))
    assert refusal(close_board, db, organiser, 1, now=now + STEP) is ErrorCode.CORRECTION_REASON_MISSING
    assert close_board(db, organiser, 1, now=now + STEP, reason="  Loại một bài  ") == 2

    assert [row[0] for row in frozen(db, 1, 1)] == [first.id, second.id]
    assert [row[0] for row in frozen(db, 1, 2)] == [second.id]
    assert (result(db).reason, result(db).closed_by) == ("Loại một bài", organiser.username)
    with db.read() as session:
        actions = session.execute(select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.seq)).all()  # type: ignore[call-overload]
    assert [tuple(row) for row in actions] == [("result_closed", "result:1:1"), ("result_corrected", "result:1:2")]


def test_units_are_ranked_on_the_headcount_of_the_last_day(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    for unit, right in ((0, 3), (0, 1), (1, 2)):
        sit_paper(db, contest, make_person(db, contest, unit=unit), right=right)
    closes = contest.rule_set.periods[0].closes_at
    last = official_results.last_day(contest.rule_set, 1)
    assert last.isoformat() == "2026-03-08"  # a Sunday: the window ends as Monday begins
    with db.write() as session:
        for day, count in ((last, 4), (last + timedelta(days=1), 1)):
            session.add(
                UnitHeadcount(
                    unit_id=contest.unit_ids[0],
                    effective_from=day,
                    headcount=count,
                    source="",
                    set_by="",
                    set_at=closes,
                )
            )
    close_board(db, organiser, 1, now=after_week(contest, 1))
    first, second = result(db).units
    # 2 of 4 and 4 of 8 points against 1 of 50 and 2 of 4 points.
    assert [first["unit_id"], first["rank"], first["headcount"], first["participants"]] == [
        contest.unit_ids[0],
        1,
        4,
        2,
    ]
    assert [second["rank"], second["headcount"], second["bloc_rank"]] == [2, 50, 2]


def test_the_digest_can_be_computed_again_from_the_frozen_rows(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    for right in (2, 2, 0):
        sit_paper(db, contest, make_person(db, contest), right=right)
    close_board(db, organiser, 1, now=after_week(contest, 1))
    stored = result(db)
    with db.read() as session:
        lines = list(rows.places(session, stored.id or 0))
    again = official.digest(board=1, rule_set_digest=official_results_digest(db), places=lines, units=stored.units)
    assert (again, len(lines)) == (stored.digest, 3)


def official_results_digest(db: Database) -> str:
    with db.read() as session:
        return official_results.contest_in_force(session).digest


def test_queries_do_not_grow_with_people(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    statements: list[str] = []
    counts = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    for people in (1, 2):
        for _ in range(people):
            sit_paper(db, contest, make_person(db, contest), right=1)
        statements.clear()
        assert checked(db, organiser, 1, now=after_week(contest, 1)).people == (1, 3)[people - 1]
        counts.append(len(statements))
    assert counts[0] == counts[1]
