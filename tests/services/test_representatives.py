"""Becoming and ceasing to be the one who writes for a unit."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data import representatives as rows
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, Participant, Unit, UnitCode, UnitRepresentative
from cchc_app.services import representatives as service
from cchc_app.services.consents import agree
from cchc_app.services.my_data import RequestKind, ask
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW, MadeContest, Person, every_row, make_contest, make_person
from tests.staff import Staffer, make_staff

MINUTE = timedelta(minutes=1)
WRONG = "2222-2222-2222"


@pytest.fixture(autouse=True)
def _fresh_throttle():
    get_throttle.cache_clear()
    yield
    get_throttle.cache_clear()


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


@pytest.fixture
def organiser(db: Database) -> Staffer:
    return make_staff(db, Role.ORGANISER)


def code_of(db: Database, organiser: Staffer, unit_id: int) -> str:
    [(_, code)] = service.make_codes(db, actor=organiser.username, unit_ids=[unit_id], now=NOW)
    return code


def redeem(db: Database, person: Person, code: str, *, address: str = "192.0.2.1") -> None:
    service.redeem(db, participant_id=person.id, code=code, address=address, now=NOW)


def writers(db: Database, unit_id: int) -> list[int]:
    with db.read() as session:
        return [term.participant_id for term in rows.terms_of(session, unit_id)]


def refusal(call, *args, **kwargs) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_a_code_makes_a_representative_once(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    first, second = make_person(db, contest), make_person(db, contest)
    code = code_of(db, organiser, first.unit_id)
    redeem(db, first, code.lower())
    assert writers(db, first.unit_id) == [first.id]
    assert refusal(redeem, db, second, code) is ErrorCode.UNIT_CODE_WRONG
    assert writers(db, first.unit_id) == [first.id]
    with db.read() as session:
        used = session.exec(select(UnitCode)).one()
    assert (used.used_by, used.ended_at, used.made_by) == (first.id, NOW, organiser.username)


def test_only_a_hash_is_stored(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    code = code_of(db, organiser, contest.unit_ids[0])
    told = repr(every_row(db))
    assert code not in told
    assert code.replace("-", "") not in told


def test_a_new_code_voids_the_old_one(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    old, new = code_of(db, organiser, person.unit_id), code_of(db, organiser, person.unit_id)
    assert refusal(redeem, db, person, old) is ErrorCode.UNIT_CODE_WRONG
    redeem(db, person, new)
    assert writers(db, person.unit_id) == [person.id]


def test_codes_of_many_units_come_in_their_order_and_are_logged(
    db: Database, contest: MadeContest, organiser: Staffer
) -> None:
    made = service.make_codes(db, actor=organiser.username, unit_ids=contest.unit_ids[::-1], now=NOW)
    assert [unit_id for unit_id, _ in made] == list(contest.unit_ids)
    assert len({code for _, code in made}) == 2
    with db.read() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert [(e.action, e.subject, e.actor) for e in entries] == [
        ("unit_code_made", "unit:U0", organiser.username),
        ("unit_code_made", "unit:U1", organiser.username),
    ]


@pytest.mark.parametrize("unit_ids", [[], [0], [10**9]])
def test_codes_of_units_that_are_none(
    db: Database, contest: MadeContest, organiser: Staffer, unit_ids: list[int]
) -> None:
    wanted = [*unit_ids, contest.unit_ids[0]] if unit_ids else []
    call = {"actor": organiser.username, "unit_ids": wanted, "now": NOW}
    assert refusal(service.make_codes, db, **call) is ErrorCode.UNIT_UNKNOWN
    with db.read() as session:
        assert session.exec(select(UnitCode)).all() == []


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_organisers_make_codes_and_appoint(db: Database, contest: MadeContest, role: Role) -> None:
    person, actor = make_person(db, contest), make_staff(db, role).username
    before = every_row(db)
    for call, arguments in (
        (service.make_codes, {"unit_ids": [person.unit_id]}),
        (service.appoint, {"participant_id": person.id}),
        (service.dismiss, {"term_id": 1}),
    ):
        assert refusal(call, db, actor=actor, now=NOW, **arguments) is ErrorCode.NOT_ALLOWED
    assert every_row(db) == before


def test_a_code_of_another_unit_is_told_so_and_stays_alive(
    db: Database, contest: MadeContest, organiser: Staffer
) -> None:
    other, own = make_person(db, contest, unit=1), make_person(db, contest, unit=0)
    code = code_of(db, organiser, own.unit_id)
    assert refusal(redeem, db, other, code) is ErrorCode.UNIT_CODE_OTHER_UNIT
    redeem(db, own, code)
    assert (writers(db, own.unit_id), writers(db, other.unit_id)) == ([own.id], [])


def test_a_code_hands_over(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    first, second = make_person(db, contest), make_person(db, contest)
    appointed = make_person(db, contest)
    redeem(db, first, code_of(db, organiser, first.unit_id))
    service.appoint(db, actor=organiser.username, participant_id=appointed.id, now=NOW)
    assert writers(db, first.unit_id) == [appointed.id, first.id]
    redeem(db, second, code_of(db, organiser, first.unit_id))
    assert writers(db, first.unit_id) == [second.id]
    with db.read() as session:
        ended = session.exec(select(UnitRepresentative.ended_by).order_by(UnitRepresentative.id)).all()
    assert list(ended) == ["code", "code", None]


def test_appointing_twice_is_appointing_once(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    for _ in range(2):
        service.appoint(db, actor=organiser.username, participant_id=person.id, now=NOW)
    assert writers(db, person.unit_id) == [person.id]
    with db.read() as session:
        assert [e.action for e in session.exec(select(AuditEntry))] == ["representative_appointed"]


def test_dismissing_ends_the_term(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    service.appoint(db, actor=organiser.username, participant_id=person.id, now=NOW)
    with db.read() as session:
        [term] = rows.terms_of(session, person.unit_id)
    later = NOW + MINUTE
    service.dismiss(db, actor=organiser.username, term_id=term.term_id, now=later)
    assert writers(db, person.unit_id) == []
    with db.look() as connection:
        assert rows.ended_since(connection, later) == {person.id}
        assert rows.ended_since(connection, later + MINUTE) == set()
    gone = refusal(service.dismiss, db, actor=organiser.username, term_id=term.term_id, now=later)
    assert gone is ErrorCode.REPRESENTATIVE_UNKNOWN
    service.appoint(db, actor=organiser.username, participant_id=person.id, now=later)
    with db.look() as connection:
        assert rows.ended_since(connection, later) == set()


def test_who_moved_to_another_unit_begins_anew_there(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    service.appoint(db, actor=organiser.username, participant_id=person.id, now=NOW)
    with db.write() as session:
        row = session.get_one(Participant, person.id)
        row.unit_id = contest.unit_ids[1]
        session.add(row)
    service.appoint(db, actor=organiser.username, participant_id=person.id, now=NOW)
    assert (writers(db, contest.unit_ids[0]), writers(db, contest.unit_ids[1])) == ([], [person.id])


def test_blocked_people_neither_become_nor_are_representatives(
    db: Database, contest: MadeContest, organiser: Staffer
) -> None:
    person, blocked = make_person(db, contest), make_person(db, contest, blocked=True)
    code = code_of(db, organiser, person.unit_id)
    assert refusal(redeem, db, blocked, code) is ErrorCode.ACCOUNT_BLOCKED
    call = {"actor": organiser.username, "participant_id": blocked.id, "now": NOW}
    assert refusal(service.appoint, db, **call) is ErrorCode.ACCOUNT_BLOCKED
    redeem(db, person, code)
    with db.write() as session:
        row = session.get_one(Participant, person.id)
        row.blocked = True
        session.add(row)
    assert writers(db, person.unit_id) == []


def test_who_took_the_consent_back_cannot_begin(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    agree(db, participant_id=person.id, now=NOW)
    ask(db, participant_id=person.id, kind=RequestKind.WITHDRAWAL, detail="", now=NOW)
    code = code_of(db, organiser, person.unit_id)
    assert refusal(redeem, db, person, code) is ErrorCode.CONSENT_WITHDRAWN


def test_an_unknown_participant_is_not_appointed(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    call = {"actor": organiser.username, "participant_id": 10**9, "now": NOW}
    assert refusal(service.appoint, db, **call) is ErrorCode.PARTICIPANT_UNKNOWN


def guess(db: Database, people: list[Person], addresses: list[str], times: int) -> list[ErrorCode]:
    return [
        refusal(redeem, db, people[n % len(people)], WRONG, address=addresses[n % len(addresses)]) for n in range(times)
    ]


def test_guessing_is_limited_by_account(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    person = make_person(db, contest)
    codes = guess(db, [person], [f"192.0.2.{n}" for n in range(20)], 11)
    assert codes == [ErrorCode.UNIT_CODE_WRONG] * 10 + [ErrorCode.TOO_MANY_REQUESTS]
    right = code_of(db, organiser, person.unit_id)
    assert refusal(redeem, db, person, right, address="192.0.2.99") is ErrorCode.TOO_MANY_REQUESTS


def test_guessing_is_limited_by_address(db: Database, contest: MadeContest) -> None:
    people = [make_person(db, contest, unit=n % 2) for n in range(12)]
    codes = guess(db, people, ["192.0.2.1"], 11)
    assert codes == [ErrorCode.UNIT_CODE_WRONG] * 10 + [ErrorCode.TOO_MANY_REQUESTS]


def test_guessing_is_limited_by_unit(db: Database, contest: MadeContest) -> None:
    people = [make_person(db, contest) for _ in range(11)]
    codes = guess(db, people, [f"192.0.2.{n}" for n in range(11)], 11)
    assert codes == [ErrorCode.UNIT_CODE_WRONG] * 10 + [ErrorCode.TOO_MANY_REQUESTS]
    neighbour = make_person(db, contest, unit=1)
    assert refusal(redeem, db, neighbour, WRONG, address="192.0.2.50") is ErrorCode.UNIT_CODE_WRONG


def test_ten_people_with_one_code_at_once(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    people = [make_person(db, contest) for _ in range(10)]
    code, barrier = code_of(db, organiser, people[0].unit_id), Barrier(10)

    def one(n: int) -> str:
        barrier.wait()
        try:
            redeem(db, people[n], code, address=f"192.0.2.{n}")
        except ContestError as error:
            return error.code.name
        return "in"

    with ThreadPoolExecutor(10) as pool:
        said = sorted(pool.map(one, range(10)))
    assert said == ["UNIT_CODE_WRONG"] * 9 + ["in"]
    assert len(writers(db, people[0].unit_id)) == 1


def test_two_organisers_make_codes_of_all_units_at_once(db: Database, contest: MadeContest, organiser: Staffer) -> None:
    staff = [organiser, *(make_staff(db, Role.ORGANISER) for _ in range(3))]
    barrier = Barrier(4)

    def one(member: Staffer) -> None:
        barrier.wait()
        service.make_codes(db, actor=member.username, unit_ids=contest.unit_ids, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, staff))
    with db.read() as session:
        alive = session.exec(select(UnitCode.unit_id).where(UnitCode.ended_at.is_(None))).all()
    assert sorted(alive) == sorted(contest.unit_ids)


def test_a_code_at_the_console(db: Database, contest: MadeContest) -> None:
    person = make_person(db, contest)
    code = service.make_code_at_console(db, unit="U0", now=NOW)
    redeem(db, person, code)
    assert writers(db, person.unit_id) == [person.id]
    with db.read() as session:
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.actor, entry.subject) == ("cchc", f"unit:{session.get_one(Unit, person.unit_id).code}")
    assert refusal(service.make_code_at_console, db, unit="none", now=NOW) is ErrorCode.UNIT_UNKNOWN
