"""Answering what people ask of their data: erased, corrected, refused; who may, once only, all of it in the log."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.roster import RosterPerson, add_roster
from cchc_app.data.tables import AuditEntry, DataRequest, Participant, PersonMerge, RosterEntry, Standing
from cchc_app.services.audit_log import verify_log
from cchc_app.services.data_requests import erase, note_corrected, refuse, waiting_requests
from cchc_app.services.my_data import RequestKind, ask, my_data
from cchc_app.services.sessions import viewer
from cchc_app.texts.privacy import ANONYMOUS
from tests.factories import NOW, MadeContest, Person, finish_paper, make_contest, make_person
from tests.staff import make_staff


def asked(db: Database, person: Person, kind: RequestKind, detail: str = "Tên đệm là Thu", *, days: int = 0) -> int:
    """The number of a new request."""
    ask(db, participant_id=person.id, kind=kind, detail=detail, now=NOW + timedelta(days=days))
    with db.read() as session:
        return session.exec(select(DataRequest.id).order_by(col(DataRequest.id).desc())).first() or 0


def done(db: Database, work: Any, number: int, *, role: Role = Role.ORGANISER, **more: str) -> None:
    one = make_staff(db, role)
    work(db, actor=one.username, number=number, code=one.code(NOW), now=NOW, **more)


def refusal(db: Database, work: Any, number: int, **more: Any) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        done(db, work, number, **more)
    return refused.value.code


def statuses(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.exec(select(DataRequest.status).order_by(col(DataRequest.id))))


def log(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as session:
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    assert verify_log(db).problems == ()
    return [(row.action, row.subject, row.after) for row in rows]


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


def test_what_waits_the_one_due_first_first(db: Database, contest: MadeContest) -> None:
    one, two = make_person(db, contest, name="Đỗ Thị Mai"), make_person(db, contest, unit=1)
    late = asked(db, one, RequestKind.ERASURE, "", days=5)
    soon = asked(db, two, RequestKind.CORRECTION)
    found = waiting_requests(db, actor=make_staff(db, Role.AUDITOR).username)
    assert [request.number for request in found] == [soon, late]
    assert (found[0].detail, found[0].unit_name) == ("Tên đệm là Thu", "Sở Y tế")
    assert (found[1].full_name, found[1].citizen_id_masked) == ("Đỗ Thị Mai", "031•••••••00")
    assert found[0].due_at < found[1].due_at


@pytest.mark.parametrize("kind", [RequestKind.ERASURE, RequestKind.WITHDRAWAL])
def test_erasing_takes_the_person_and_leaves_the_papers(db: Database, contest: MadeContest, kind: RequestKind) -> None:
    person, neighbour = make_person(db, contest, name="Đỗ Thị Mai", phone="0912345678"), make_person(db, contest)
    finish_paper(db, contest, person, correct=3)
    number = asked(db, person, kind)
    asked(db, person, RequestKind.CORRECTION)
    done(db, erase, number)
    with db.read() as session:
        row = session.get_one(Participant, person.id)
        assert (row.full_name, row.citizen_id, row.phone, row.anonymised_at) == (ANONYMOUS, "", None, NOW)
        assert session.get_one(Participant, neighbour.id).full_name == neighbour.name
        assert {one.points for one in session.exec(select(Standing))} == {3}
        assert [one.detail for one in session.exec(select(DataRequest))] == [None, None]
    assert viewer(db, token_hash=person.token_hash, now=NOW) is None
    assert viewer(db, token_hash=neighbour.token_hash, now=NOW) is not None
    assert statuses(db) == ["done", "done"]  # there is nothing left to correct
    assert log(db) == [(Action.DATA_ERASED, f"participant:{person.id}", f'{{"request":{number}}}')]


def test_erasing_takes_the_roster_s_line_and_the_merged_account_too(db: Database, contest: MadeContest) -> None:
    person, old, other = (make_person(db, contest) for _ in range(3))
    with db.write() as session:
        session.add(PersonMerge(merged_id=old.id, kept_id=person.id, reason="x", moved=[], merged_at=NOW))
        mine = session.get_one(Participant, person.id)
        lines = [
            RosterPerson(mine.citizen_id, None, "Nguyễn Văn An", mine.birth_date),
            RosterPerson("031085099999", None, "Trần Thị Bình", mine.birth_date),
        ]
        add_roster(session, contest_id=contest.contest_id, unit_id=contest.unit_ids[0], people=lines)
    done(db, erase, asked(db, person, RequestKind.ERASURE))
    with db.read() as session:
        gone = {row.id: row.anonymised_at is not None for row in session.exec(select(Participant))}
        left = session.exec(select(RosterEntry.number_index)).all()
    assert gone == {person.id: True, old.id: True, other.id: False}
    assert left == [keyring().blind_index("031085099999")]


def test_a_correction_is_noted_and_a_refusal_is_explained(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    first = asked(db, person, RequestKind.CORRECTION)
    done(db, note_corrected, first)
    second = asked(db, person, RequestKind.ERASURE)
    done(db, refuse, second, reason="Đang xét khiếu nại")
    assert statuses(db) == ["done", "refused"]
    data = my_data(db, participant_id=person.id, token_hash=person.token_hash, now=NOW)
    assert [one.answer for one in data.requests] == ["Đang xét khiếu nại", ""]
    with db.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT answer FROM data_request WHERE answer IS NOT NULL").scalar_one()
    assert "khiếu nại" not in stored
    assert [entry[0] for entry in log(db)] == [Action.DATA_CORRECTED, Action.DATA_REQUEST_REFUSED]
    assert asked(db, person, RequestKind.ERASURE) > second  # one may ask again


def test_a_request_is_answered_once_and_as_what_it_is(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    correction, erasure = asked(db, person, RequestKind.CORRECTION), asked(db, person, RequestKind.ERASURE)
    assert refusal(db, erase, correction) is ErrorCode.REQUEST_CLOSED
    assert refusal(db, note_corrected, erasure) is ErrorCode.REQUEST_CLOSED
    assert refusal(db, erase, 10**9) is ErrorCode.REQUEST_CLOSED
    done(db, refuse, correction, reason="x")
    for work, more in ((refuse, {"reason": "x"}), (note_corrected, {})):
        assert refusal(db, work, correction, **more) is ErrorCode.REQUEST_CLOSED
    with db.read() as session:
        assert session.get_one(Participant, person.id).full_name == person.name


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ORGANISER, Role.VISITOR)])
def test_nobody_else_answers(db: Database, contest: MadeContest, role: Role) -> None:
    number = asked(db, make_person(db, contest), RequestKind.ERASURE)
    for work, more in ((erase, {}), (note_corrected, {}), (refuse, {"reason": "x"})):
        assert refusal(db, work, number, role=role, **more) is ErrorCode.NOT_ALLOWED
    assert (statuses(db), log(db)) == (["open"], [])


def test_a_reason_and_a_fresh_code_are_asked_for(db: Database, contest: MadeContest) -> None:
    number, one = asked(db, make_person(db, contest), RequestKind.ERASURE), make_staff(db, Role.ORGANISER)
    common = {"actor": one.username, "number": number, "now": NOW}
    for work, more, expected in (
        (erase, {"code": ""}, ErrorCode.CODE_WRONG),
        (refuse, {"code": one.code(NOW), "reason": "  "}, ErrorCode.REASON_MISSING),
        (refuse, {"code": "000000", "reason": "x"}, ErrorCode.CODE_WRONG),
    ):
        with pytest.raises(ContestError) as refused:
            work(db, **common, **more)
        assert refused.value.code is expected
    assert statuses(db) == ["open"]
