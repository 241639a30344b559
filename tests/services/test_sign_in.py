"""Signing in with a number and a PIN: same answers for known and unknown numbers, no more tries than allowed."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant, SignInGuard
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.register import Application, register
from cchc_app.services.sessions import redeem, viewer
from cchc_app.services.sign_in import sign_in
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW, make_contest

NUMBER, UNKNOWN = "031085012345", "031085099999"
PIN, WRONG = "407193", "555123"
MINUTE = timedelta(minutes=1)
APPLICATION = Application(
    citizen_id=NUMBER,
    full_name="Nguyễn Văn An",
    birth_date="05/09/1985",
    unit="U0",
    pin=PIN,
    pin_again=PIN,
    consent=True,
)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


async def one_person(db: Database) -> None:
    make_contest(db)
    await register(db, APPLICATION, address="192.0.2.9", now=NOW)


async def outcome(db: Database, number: str, pin: str, *, now: datetime = NOW, address: str = "192.0.2.1") -> str:
    """`in`, or the name of the refusal."""
    try:
        await sign_in(db, citizen_id=number, pin=pin, address=address, now=now)
    except ContestError as error:
        return error.code.name
    return "in"


async def test_right_number_and_pin_give_a_ticket_of_that_person(db: Database) -> None:
    await one_person(db)
    ticket = await sign_in(db, citizen_id="031 0 85 012345", pin=" 407 193", address="192.0.2.1", now=NOW)
    found = viewer(db, token_hash=token_hash(redeem(db, ticket=ticket, now=NOW).token), now=NOW)
    assert found is not None
    assert (found.full_name, found.unit_name, found.citizen_id_masked) == (
        "Nguyễn Văn An",
        "UBND phường Lê Chân",
        "031•••••••45",
    )


@pytest.mark.parametrize("number", [NUMBER, UNKNOWN], ids=["known", "unknown"])
async def test_wrong_pin_five_times(db: Database, number: str) -> None:
    """Known and unknown numbers get the same answers, one after the other, before and after the locks."""
    await one_person(db)
    said = [await outcome(db, number, WRONG) for _ in range(6)]
    assert said == ["SIGN_IN_FAILED"] * 4 + ["SIGN_IN_LOCKED"] * 2
    assert await outcome(db, number, WRONG, now=NOW + MINUTE) == "SIGN_IN_LOCKED"
    assert await outcome(db, number, WRONG, now=NOW + 5 * MINUTE) == "SIGN_IN_LOCKED"
    with pytest.raises(ContestError) as refused:
        await sign_in(db, citizen_id=number, pin=WRONG, address="192.0.2.1", now=NOW + 6 * MINUTE)
    assert refused.value.details == {"until": NOW + 21 * MINUTE}


async def test_a_locked_door_refuses_the_right_pin_too(db: Database) -> None:
    await one_person(db)
    for _ in range(5):
        await outcome(db, NUMBER, WRONG)
    assert await outcome(db, NUMBER, PIN) == "SIGN_IN_LOCKED"
    assert await outcome(db, NUMBER, PIN, now=NOW + MINUTE) == "in"


async def test_success_forgets_wrong_tries(db: Database) -> None:
    await one_person(db)
    for _ in range(2):
        assert [await outcome(db, NUMBER, WRONG) for _ in range(4)] == ["SIGN_IN_FAILED"] * 4
        assert await outcome(db, NUMBER, PIN) == "in"


@pytest.mark.parametrize("number", [NUMBER, UNKNOWN], ids=["known", "unknown"])
async def test_fifty_guesses_at_once_get_five_tries(db: Database, number: str, monkeypatch) -> None:
    await one_person(db)
    judged = []
    real = pin_hash.verify

    async def counted(stored: str | None, pin: str) -> bool:
        judged.append(pin)
        return await real(stored, pin)

    monkeypatch.setattr(pin_hash, "verify", counted)
    said = await asyncio.gather(*(outcome(db, number, f"7{n:02}135") for n in range(50)))
    assert len(judged) == 5
    assert sorted(set(said)) == ["SIGN_IN_FAILED", "SIGN_IN_LOCKED"]
    assert said.count("SIGN_IN_FAILED") == 4


async def test_unknown_numbers_cost_the_same_work(db: Database) -> None:
    """The stored hash and nobody's hash have the same parameters, and nobody's fits no PIN."""
    await one_person(db)
    with db.read() as session:
        stored = session.exec(select(Participant.pin_hash)).one()
    assert stored is not None
    assert stored.rsplit("$", 2)[0] == pin_hash._nobodys_hash().rsplit("$", 2)[0]
    assert PIN not in stored
    assert await pin_hash.verify(stored, PIN)
    assert not await pin_hash.verify(None, PIN)


async def test_people_without_a_pin_get_no_other_answer(db: Database) -> None:
    await one_person(db)
    with db.write() as session:
        session.execute(update(Participant).values(pin_hash=None))
    assert await outcome(db, NUMBER, PIN) == "SIGN_IN_FAILED"


async def test_blocked_people_learn_it_only_with_the_right_pin(db: Database) -> None:
    await one_person(db)
    with db.write() as session:
        session.execute(update(Participant).values(blocked=True))
    assert await outcome(db, NUMBER, WRONG) == "SIGN_IN_FAILED"
    assert await outcome(db, NUMBER, PIN) == "ACCOUNT_BLOCKED"


async def test_impossible_input_is_refused_beside_the_fields_and_costs_no_try(db: Database) -> None:
    await one_person(db)
    with pytest.raises(FieldErrors) as refused:
        await sign_in(db, citizen_id="31085012345", pin="12345", address="192.0.2.1", now=NOW)
    assert {name: error.code for name, error in refused.value.errors.items()} == {
        "citizen_id": ErrorCode.CITIZEN_ID_LOST_ZERO,
        "pin": ErrorCode.PIN_LENGTH,
    }
    with db.read() as session:
        assert session.exec(select(col(SignInGuard.citizen_id_index))).all() == []


async def test_one_address_cannot_go_through_numbers(db: Database) -> None:
    await one_person(db)
    said = [await outcome(db, f"0310850{n:05}", WRONG) for n in range(31)]
    assert said == ["SIGN_IN_FAILED"] * 30 + ["TOO_MANY_REQUESTS"]
    assert await outcome(db, NUMBER, PIN) == "TOO_MANY_REQUESTS"
    assert await outcome(db, NUMBER, PIN, address="192.0.2.77") == "in"


async def test_a_whole_unit_behind_one_address_comes_in(db: Database) -> None:
    """Tries that succeed do not use up the allowance of failures."""
    await one_person(db)
    assert [await outcome(db, NUMBER, PIN) for _ in range(60)] == ["in"] * 60


async def test_before_the_contest_is_set_up(db: Database) -> None:
    assert await outcome(db, NUMBER, PIN) == "CONTEST_MISSING"
