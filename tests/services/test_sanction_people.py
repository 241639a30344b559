"""Shutting out, disqualifying, reinstating: the boards are as if recounted, whatever happens at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import merges
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.retention import anonymise
from cchc_app.data.tables import (
    AttemptEvent,
    AuditEntry,
    Participant,
    PersonMerge,
    PinReset,
    Sanction,
    Standing,
    UnitMove,
)
from cchc_app.services import take_quiz
from cchc_app.services.audit_log import verify_log
from cchc_app.services.move_person import move_person
from cchc_app.services.paper_events import note_shown
from cchc_app.services.reset_pin import offer_pin_reset
from cchc_app.services.sanction_people import block, disqualify, reinstate, unblock
from cchc_app.services.sessions import viewer
from tests.factories import NOW, MadeContest, Person, finish_paper, make_contest, make_person
from tests.staff import STEP, Staffer, make_staff

REASON = "Đơn vị xác nhận bằng công văn"


def boards(db: Database) -> list[tuple]:
    with db.read() as session:
        rows = session.exec(select(Standing).order_by(col(Standing.period_number), col(Standing.rank_key))).all()
    return [
        (r.period_number, r.participant_id, r.unit_id, r.attempt_id, r.attempts, r.points, r.time_used_ms, r.rank_key)
        for r in rows
    ]


def recounted(db: Database, contest: MadeContest) -> list[tuple]:
    """The boards written anew from everybody's attempts."""
    with db.write() as session:
        merges.rank_anew(
            session,
            session.exec(select(Participant)).all(),
            contest_id=contest.contest_id,
            period_numbers={row_id: number for number, row_id in contest.period_ids.items()},
            rules=contest.rule_set,
            now=NOW,
        )
    return boards(db)


def refusal(work: Any, db: Database, **what: Any) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        work(db, **what)
    return refused.value.code


def deed(organiser: Staffer, person: Person, *, step: int = 0, **more: Any) -> dict[str, Any]:
    now = NOW + step * STEP
    return {"actor": organiser.username, "participant_id": person.id, "reason": REASON, "now": now} | more


def coded(organiser: Staffer, person: Person, *, step: int = 0, **more: Any) -> dict[str, Any]:
    return deed(organiser, person, step=step, code=organiser.code(NOW + step * STEP), **more)


def sanctions(db: Database) -> list[Sanction]:
    with db.read() as session:
        return list(session.exec(select(Sanction).order_by(col(Sanction.id))).all())


def test_blocking_ends_every_session_and_unblocking_opens_the_door(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person, other = make_person(db, contest), make_person(db, contest)
    finish_paper(db, contest, person, correct=3)
    before = boards(db)
    block(db, **deed(organiser, person))
    assert viewer(db, token_hash=person.token_hash, now=NOW) is None
    assert viewer(db, token_hash=other.token_hash, now=NOW) is not None
    assert boards(db) == before  # what was handed in counts
    assert refusal(take_quiz.begin, db, participant_id=person.id, kind=COUNTED, now=NOW) is ErrorCode.ACCOUNT_BLOCKED
    unblock(db, **deed(organiser, person, reason="Nhầm người"))
    [row] = sanctions(db)
    assert (row.kind, row.reason, row.made_by, row.lift_reason) == ("blocked", REASON, organiser.username, "Nhầm người")
    assert row.lifted_by == organiser.username and row.lifted_at == NOW
    with db.read() as session:
        assert not session.get_one(Participant, person.id).blocked


def test_disqualified_people_are_on_no_board_and_come_back_as_recounted(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person, other = make_person(db, contest), make_person(db, contest, unit=1)
    for week in (1, 2):
        finish_paper(db, contest, person, week=week, correct=week + 1)
        finish_paper(db, contest, other, week=week, correct=2)
    before = boards(db)
    disqualify(db, **coded(organiser, person))
    assert {row[1] for row in boards(db)} == {other.id}
    finish_paper(db, contest, person, week=3, correct=4)  # may still take part, for nothing
    assert {row[1] for row in boards(db)} == {other.id}
    assert recounted(db, contest) == boards(db)
    reinstate(db, **coded(organiser, person, step=1))
    after = boards(db)
    assert [row for row in after if row[0] in (1, 2)] == [row for row in before if row[0] in (1, 2)]
    assert {row[0] for row in after if row[1] == person.id} == {0, 1, 2, 3}
    assert recounted(db, contest) == after


def test_both_kinds_are_apart_and_the_log_has_no_reasons(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    block(db, **deed(organiser, person))
    disqualify(db, **coded(organiser, person))
    unblock(db, **deed(organiser, person))
    with db.read() as session:
        row = session.get_one(Participant, person.id)
        entries = session.exec(select(AuditEntry).where(AuditEntry.subject == f"participant:{person.id}")).all()
    assert (row.blocked, row.disqualified) == (False, True)
    assert [entry.action for entry in entries] == [
        Action.PERSON_BLOCKED,
        Action.PERSON_DISQUALIFIED,
        Action.PERSON_UNBLOCKED,
    ]
    assert not any(REASON in entry.after for entry in entries)
    assert verify_log(db).problems == ()


def test_the_second_time_is_told_who_was_first(db: Database) -> None:
    contest, first, second = make_contest(db), make_staff(db, Role.ORGANISER), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    block(db, **deed(first, person))
    with pytest.raises(ContestError) as refused:
        block(db, **deed(second, person))
    assert refused.value.code is ErrorCode.SANCTION_IN_FORCE
    assert refused.value.details == {"by": first.username, "at": NOW}
    unblock(db, **deed(first, person))
    assert refusal(unblock, db, **deed(second, person)) is ErrorCode.SANCTION_OVER
    assert refusal(reinstate, db, **coded(second, person)) is ErrorCode.SANCTION_OVER


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_only_organisers_decide(db: Database, role: Role) -> None:
    person, one = make_person(db, make_contest(db)), make_staff(db, role)
    for work in (block, unblock):
        assert refusal(work, db, **deed(one, person)) is ErrorCode.NOT_ALLOWED
    for work in (disqualify, reinstate):
        assert refusal(work, db, **coded(one, person)) is ErrorCode.NOT_ALLOWED
    assert sanctions(db) == []


def test_reason_code_and_person_are_asked_for(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    assert refusal(block, db, **deed(organiser, person, reason=" \u200b")) is ErrorCode.REASON_MISSING
    assert refusal(disqualify, db, **deed(organiser, person, reason="", code="1")) is ErrorCode.REASON_MISSING
    assert refusal(disqualify, db, **deed(organiser, person, code="000000")) is ErrorCode.CODE_WRONG
    unknown = deed(organiser, person) | {"participant_id": person.id + 99}
    assert refusal(block, db, **unknown) is ErrorCode.PARTICIPANT_UNKNOWN
    assert sanctions(db) == []


def test_closed_accounts_stay_closed(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    kept, merged, erased = (make_person(db, contest) for _ in range(3))
    with db.write() as session:
        session.add(PersonMerge(merged_id=merged.id, kept_id=kept.id, reason="", moved=[], merged_at=NOW))
        merges.close_account(session, session.get_one(Participant, merged.id), now=NOW)
        anonymise(session, [erased.id], name="-", contest_id=contest.contest_id, now=NOW)
    assert refusal(unblock, db, **deed(organiser, merged)) is ErrorCode.PERSON_CLOSED
    assert refusal(block, db, **deed(organiser, erased)) is ErrorCode.PERSON_CLOSED


def test_two_organisers_block_at_once(db: Database) -> None:
    contest, staff = make_contest(db), [make_staff(db, Role.ORGANISER) for _ in range(2)]
    person, start = make_person(db, contest), Barrier(2)

    def one(organiser: Staffer) -> str:
        start.wait()
        try:
            block(db, **deed(organiser, person))
        except ContestError as error:
            return error.code.name
        return "done"

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(one, staff))
    assert said == ["SANCTION_IN_FORCE", "done"]
    assert len(sanctions(db)) == 1


@pytest.mark.parametrize("turn", range(4))
def test_disqualified_while_handing_in(db: Database, turn: int) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person, start = make_person(db, contest), Barrier(2)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)

    def hand_in() -> None:
        start.wait()
        take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW)

    def shut_out() -> None:
        start.wait()
        disqualify(db, **coded(organiser, person))

    with ThreadPoolExecutor(2) as threads:
        for work in [threads.submit(hand_in), threads.submit(shut_out)]:
            work.result()
    assert boards(db) == []
    reinstate(db, **coded(organiser, person, step=1))
    assert {row[0] for row in boards(db)} == {0, 2}
    assert recounted(db, contest) == boards(db)


def test_erasing_a_person_takes_the_reasons_and_keeps_what_was_decided(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    seen = {"participant_id": person.id, "receipt": receipt, "token_hash": person.token_hash}
    note_shown(db, **seen, same_tab=False, now=NOW)
    offer_pin_reset(db, **coded(organiser, person))
    block(db, **deed(organiser, person))
    unblock(db, **deed(organiser, person, reason="Nhầm"))
    move_person(db, **coded(organiser, person, step=1, unit_code="U1"))
    with db.write() as session:
        anonymise(session, [person.id], name="-", contest_id=contest.contest_id, now=NOW)
    [row] = sanctions(db)
    assert (row.kind, row.reason, row.lift_reason, row.made_by) == ("blocked", "", None, organiser.username)
    with db.read() as session:
        assert [move.reason for move in session.exec(select(UnitMove))] == [""]
        assert session.exec(select(PinReset)).all() == []
        assert [(event.kind, event.session_id) for event in session.exec(select(AttemptEvent))] == [("shown", None)]
