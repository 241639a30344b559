"""The staff's door: same answers for known and unknown names, each code once, no more tries than allowed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.staff import add_recovery_codes
from cchc_app.data.tables import AuditEntry, StaffAccount, StaffSession, StaffTicket
from cchc_app.services import pin_hash
from cchc_app.services.staff_accounts import set_disabled
from cchc_app.services.staff_codes import recovery_hash
from cchc_app.services.staff_sessions import redeem, staff_viewer
from cchc_app.services.staff_sign_in import check_staff_code, check_staff_password, require_fresh
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW
from tests.staff import PASSWORD, STEP, Staffer, make_staff

MINUTE = timedelta(minutes=1)
ADDRESS = "192.0.2.1"


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


async def password_step(db: Database, username: str, password: str = PASSWORD, now: datetime = NOW) -> str:
    return await check_staff_password(db, username=username, password=password, address=ADDRESS, now=now)


async def code_step(db: Database, ticket: str, code: str, now: datetime = NOW) -> str:
    return await check_staff_code(db, ticket=ticket, code=code, address=ADDRESS, now=now)


async def outcome(step) -> str:
    """`in`, or the name of the refusal."""
    try:
        await step
    except ContestError as error:
        return error.code.name
    return "in"


def actions(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.exec(select(AuditEntry.action).order_by(col(AuditEntry.seq))))


def wrong_code(staffer: Staffer, now: datetime = NOW) -> str:
    near = {staffer.code(now + offset * STEP) for offset in range(-3, 4)}
    return next(code for code in (f"{n:06}" for n in range(8)) if code not in near)


async def test_password_then_code_lets_in(db: Database) -> None:
    staffer = make_staff(db, Role.ORGANISER, username="lan.nguyen")
    ticket = await code_step(db, await password_step(db, " Lan.Nguyen "), staffer.code(NOW))
    token = redeem(db, ticket=ticket, now=NOW).token
    found = staff_viewer(db, token_hash=token_hash(token), now=NOW)
    assert found is not None
    assert (found.staff_id, found.username, found.role) == (staffer.id, "lan.nguyen", Role.ORGANISER)
    assert actions(db) == [Action.SIGNED_IN]


@pytest.mark.parametrize("name", ["lan.nguyen", "khong.co", "x", "lan\x00nguyen", "\ud800"])
async def test_wrong_password_five_times(db: Database, name: str) -> None:
    """Known, unknown and impossible names get the same answers, before and after the locks."""
    make_staff(db, username="lan.nguyen")
    said = [await outcome(password_step(db, name, "sai mật khẩu rồi")) for _ in range(6)]
    assert said == ["STAFF_SIGN_IN_FAILED"] * 4 + ["SIGN_IN_LOCKED"] * 2
    assert await outcome(password_step(db, name, now=NOW + MINUTE - timedelta(milliseconds=1))) == "SIGN_IN_LOCKED"


async def test_a_locked_door_refuses_the_right_password_too(db: Database) -> None:
    make_staff(db, username="lan.nguyen")
    for _ in range(5):
        await outcome(password_step(db, "lan.nguyen", "sai"))
    assert await outcome(password_step(db, "lan.nguyen")) == "SIGN_IN_LOCKED"
    assert await outcome(password_step(db, "lan.nguyen", now=NOW + MINUTE)) == "in"


@pytest.mark.parametrize("name", ["lan.nguyen", "khong.co"])
async def test_fifty_passwords_at_once_get_five_tries(db: Database, name: str, monkeypatch) -> None:
    make_staff(db, username="lan.nguyen")
    judged = []
    real = pin_hash.verify

    async def counted(stored: str | None, secret: str) -> bool:
        judged.append(secret)
        return await real(stored, secret)

    monkeypatch.setattr(pin_hash, "verify", counted)
    said = await asyncio.gather(*(outcome(password_step(db, name, f"sai {n}")) for n in range(29)))
    assert len(judged) == 5
    assert said.count("STAFF_SIGN_IN_FAILED") == 4


async def test_nothing_typed_is_no_try(db: Database) -> None:
    make_staff(db, username="lan.nguyen")
    for _ in range(10):
        assert await outcome(password_step(db, "lan.nguyen", "")) == "STAFF_SIGN_IN_FAILED"
        assert await outcome(password_step(db, " ", "sai")) == "STAFF_SIGN_IN_FAILED"
    assert await outcome(password_step(db, "lan.nguyen")) == "in"


async def test_one_address_cannot_go_through_names(db: Database) -> None:
    said = [await outcome(password_step(db, f"nguoi{n}", "sai")) for n in range(31)]
    assert said == ["STAFF_SIGN_IN_FAILED"] * 30 + ["TOO_MANY_REQUESTS"]


async def test_wrong_codes_lock_as_well(db: Database) -> None:
    """Whoever knows the password gets no more tries at the code than at the password."""
    staffer = make_staff(db)
    ticket = await password_step(db, staffer.username)
    said = [await outcome(code_step(db, ticket, wrong_code(staffer))) for _ in range(5)]
    assert said == ["CODE_WRONG"] * 3 + ["SIGN_IN_LOCKED"] * 2
    assert await outcome(code_step(db, ticket, staffer.code(NOW))) == "SIGN_IN_LOCKED"
    assert await outcome(code_step(db, ticket, staffer.code(NOW + MINUTE), NOW + MINUTE)) == "in"


async def test_success_forgets_wrong_tries(db: Database) -> None:
    staffer = make_staff(db)
    for turn in range(3):
        now = NOW + turn * MINUTE
        for _ in range(3):
            await outcome(password_step(db, staffer.username, "sai", now))
        ticket = await password_step(db, staffer.username, now=now)
        assert await outcome(code_step(db, ticket, staffer.code(now), now)) == "in"


async def test_a_code_serves_once(db: Database) -> None:
    staffer = make_staff(db)
    code = staffer.code(NOW)
    assert await outcome(code_step(db, await password_step(db, staffer.username), code)) == "in"
    again = await password_step(db, staffer.username)
    assert await outcome(code_step(db, again, code)) == "CODE_WRONG"
    assert await outcome(code_step(db, again, staffer.code(NOW - STEP))) == "CODE_WRONG"  # older than the used one
    assert await outcome(code_step(db, again, staffer.code(NOW + STEP), NOW + STEP)) == "in"


async def test_a_code_sent_many_times_at_once_serves_once(db: Database) -> None:
    staffer = make_staff(db)
    tickets = [await password_step(db, staffer.username) for _ in range(4)]
    said = await asyncio.gather(*(outcome(code_step(db, ticket, staffer.code(NOW))) for ticket in tickets))
    assert said.count("in") == 1
    with db.read() as session:
        assert len(session.exec(select(StaffTicket).where(StaffTicket.kind == "session")).all()) == 1


async def test_a_right_password_serves_once_and_for_five_minutes(db: Database) -> None:
    staffer = make_staff(db)
    ticket = await password_step(db, staffer.username)
    late = NOW + 5 * MINUTE
    assert await outcome(code_step(db, ticket, staffer.code(late), late)) == "TICKET_INVALID"
    assert await outcome(code_step(db, ticket, staffer.code(NOW))) == "in"
    assert await outcome(code_step(db, ticket, staffer.code(NOW + STEP), NOW + STEP)) == "TICKET_INVALID"
    for made_up in ("", "made up"):
        assert await outcome(code_step(db, made_up, staffer.code(NOW))) == "TICKET_INVALID"


async def test_a_ticket_of_one_kind_is_none_of_the_other(db: Database) -> None:
    staffer = make_staff(db)
    ticket = await password_step(db, staffer.username)
    with pytest.raises(ContestError) as refused:
        redeem(db, ticket=ticket, now=NOW)
    assert refused.value.code is ErrorCode.TICKET_INVALID


async def test_a_recovery_code_stands_in_once(db: Database) -> None:
    staffer, other = make_staff(db), make_staff(db)
    with db.write() as session:
        for one in (staffer, other):
            hashes = [recovery_hash(one.id, f"ABCDE-FGHJ{n}") for n in (2, 3)]
            add_recovery_codes(session, staff_id=one.id, code_hashes=hashes)
    said = []
    for n, code in enumerate(("abcde fghj2", "ABCDE-FGHJ2", "ABCDE-FGHJ4", "ABCDE-FGHJ3")):
        now = NOW + n * timedelta(days=1)  # yesterday's wrong tries are forgotten
        ticket = await password_step(db, staffer.username, now=now)
        said.append(await outcome(code_step(db, ticket, code, now)))
    assert said == ["in", "CODE_WRONG", "CODE_WRONG", "in"]
    assert await outcome(code_step(db, await password_step(db, other.username), "ABCDE-FGHJ2")) == "in"
    assert actions(db).count(Action.RECOVERY_CODE_USED) == 3


async def test_disabled_people_learn_it_only_with_the_right_password(db: Database) -> None:
    admin, staffer = make_staff(db), make_staff(db, Role.JUDGE)
    ticket = await password_step(db, staffer.username)
    set_disabled(db, actor=admin.username, username=staffer.username, disabled=True, code=admin.code(NOW), now=NOW)
    assert await outcome(password_step(db, staffer.username, "sai")) == "STAFF_SIGN_IN_FAILED"
    assert await outcome(password_step(db, staffer.username)) == "ACCOUNT_BLOCKED"
    assert await outcome(code_step(db, ticket, staffer.code(NOW))) == "TICKET_INVALID"  # who was half way begins again


def test_fresh_codes(db: Database) -> None:
    admin = make_staff(db)
    require_fresh(db, actor=admin.username, code=admin.code(NOW), now=NOW)
    for code in (admin.code(NOW), "x", "000000 ", wrong_code(admin), "", " ", ""):
        with pytest.raises(ContestError) as refused:
            require_fresh(db, actor=admin.username, code=code, now=NOW)
        assert refused.value.code is ErrorCode.CODE_WRONG
    with pytest.raises(ContestError) as refused:
        require_fresh(db, actor=admin.username, code="x", now=NOW)
    assert refused.value.code is ErrorCode.SIGN_IN_LOCKED


def test_a_fresh_code_used_many_times_at_once_serves_once(db: Database) -> None:
    admin = make_staff(db)

    def fresh(_: int) -> bool:
        try:
            require_fresh(db, actor=admin.username, code=admin.code(NOW), now=NOW)
        except ContestError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(fresh, range(4))) == 1


async def test_nothing_secret_is_stored_readable(db: Database) -> None:
    staffer = make_staff(db)
    ticket = await password_step(db, staffer.username)
    granted = await code_step(db, ticket, staffer.code(NOW))
    token = redeem(db, ticket=granted, now=NOW).token
    with db.engine.connect() as connection:
        stored = repr(
            [connection.execute(table.__table__.select()).all() for table in (StaffTicket, StaffSession)]
        ) + repr(connection.exec_driver_sql("SELECT totp_secret, password_hash FROM staff_account").all())
    assert [word for word in (ticket, granted, token, staffer.secret, PASSWORD) if word in stored] == []
    with db.read() as session:
        assert session.exec(select(StaffAccount.totp_secret)).one() == staffer.secret
