"""Nobody on the staff is ranked, whichever comes first: joining the staff, registering, or a paper."""

import asyncio
from dataclasses import replace

import pytest
from pyotp import TOTP
from sqlmodel import col, select

from cchc_app.contest.staffing import Action
from cchc_app.data.boards import size
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, BoardVersion, Participant, StaffAccount, Standing
from cchc_app.services.accept_invitation import Acceptance, accept_invitation, enrolment
from cchc_app.services.register import Application, register
from cchc_app.services.staff_accounts import create_admin
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW, finish_paper, make_contest, make_person
from tests.staff import PASSWORD

NUMBER = "031085012345"
APPLICATION = Application(
    citizen_id=NUMBER,
    full_name="Nguyễn Văn An",
    birth_date="05/09/1985",
    unit="U0",
    pin="407193",
    pin_again="407193",
    consent=True,
)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


async def join(db: Database, citizen_id: str) -> None:
    token = create_admin(db, now=NOW).token
    code = TOTP(enrolment(db, token=token, address="192.0.2.1", now=NOW).secret).at(NOW)
    form = Acceptance("lan.nguyen", "Nguyễn Thị Lan", PASSWORD, PASSWORD, citizen_id, code)
    await accept_invitation(db, form, token=token, address="192.0.2.1", now=NOW)


async def sign_up(db: Database) -> None:
    await register(db, APPLICATION, address="192.0.2.1", now=NOW)


def ranked(db: Database) -> list[bool]:
    with db.read() as session:
        return list(session.exec(select(Participant.ranked)))


async def test_who_joins_the_staff_leaves_the_boards(db: Database) -> None:
    contest = make_contest(db)
    neighbour, person = make_person(db, contest), make_person(db, contest)
    for one in (neighbour, person):
        finish_paper(db, contest, one, week=2, correct=3)
    with db.read() as session:
        number = session.get_one(Participant, person.id).citizen_id
        version = session.exec(select(BoardVersion.version)).one()
    await join(db, f"{number[:3]} {number[3:]}")
    with db.read() as session:
        assert {row.participant_id for row in session.exec(select(Standing))} == {neighbour.id}
        assert size(session, contest_id=contest.contest_id, board=2) == 1
        assert session.exec(select(BoardVersion.version)).one() > version
        assert session.get_one(Participant, neighbour.id).ranked
        assert not session.get_one(Participant, person.id).ranked
        logged = session.exec(select(AuditEntry).where(AuditEntry.action == Action.UNRANKED)).one()
    assert (logged.actor, logged.subject) == ("lan.nguyen", f"participant:{person.id}")
    finish_paper(db, contest, person, week=1, correct=4)
    with db.read() as session:
        assert size(session, contest_id=contest.contest_id, board=1) == 0


async def test_who_is_on_the_staff_registers_without_a_rank(db: Database) -> None:
    make_contest(db)
    await join(db, NUMBER)
    await sign_up(db)
    await register(db, replace(APPLICATION, citizen_id="031085012346"), address="192.0.2.1", now=NOW)
    assert sorted(ranked(db)) == [False, True]


async def test_joining_and_registering_at_once_leaves_nobody_ranked(db: Database) -> None:
    make_contest(db)
    await asyncio.gather(join(db, NUMBER), sign_up(db))
    assert ranked(db) == [False]


async def test_without_a_number_nobody_is_touched(db: Database) -> None:
    make_contest(db)
    await sign_up(db)
    await join(db, " ")
    assert ranked(db) == [True]
    with db.read() as session:
        assert session.exec(select(StaffAccount.citizen_id_index)).one() is None


async def test_the_number_itself_is_not_kept(db: Database) -> None:
    make_contest(db)
    await join(db, NUMBER)
    with db.engine.connect() as connection:
        rows = repr(connection.exec_driver_sql("SELECT * FROM staff_account").all())
        rows += repr(connection.exec_driver_sql("SELECT * FROM audit_entry").all())
    assert NUMBER not in rows


async def test_registering_without_a_rank_is_in_the_log(db: Database) -> None:
    make_contest(db)
    await join(db, NUMBER)
    await sign_up(db)
    await register(db, replace(APPLICATION, citizen_id="031085012346"), address="192.0.2.1", now=NOW)
    with db.read() as session:
        person = session.exec(select(Participant.id).where(~col(Participant.ranked))).one()
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.action == Action.UNRANKED))
    assert (entry.actor, entry.subject) == (f"participant:{person}", f"participant:{person}")
