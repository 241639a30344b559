"""Setting and changing one's own PIN: who may, by what, and what ends with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuthSession, Participant
from cchc_app.services import pin_hash
from cchc_app.services.change_pin import FRESH, NewPin, asks_current, change_pin, pin_owner
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.sessions import viewer
from cchc_app.services.sign_in import sign_in
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW, Person, make_contest, make_person

OLD, PIN = "407193", "620485"
LATER = NOW + FRESH


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


async def with_pin(db: Database, **fields: Any) -> Person:
    return make_person(db, make_contest(db), pin_hash=await pin_hash.make(OLD), **fields)


async def change(db: Database, person: Person, *, current: str = "", pin: str = PIN, again: str = "", at=LATER) -> None:
    form = NewPin(current, pin, again or pin)
    await change_pin(db, form, token_hash=person.token_hash, address="192.0.2.1", now=at)


async def refusal(work: Any) -> ErrorCode | dict[str, ErrorCode]:
    with pytest.raises((ContestError, FieldErrors)) as refused:
        await work
    error = refused.value
    return error.code if isinstance(error, ContestError) else {name: one.code for name, one in error.errors.items()}


async def opens(db: Database, person: Person, pin: str, *, at=LATER) -> bool:
    with db.read() as session:
        number = session.get_one(Participant, person.id).citizen_id
    try:
        return bool(await sign_in(db, citizen_id=number, pin=pin, address="192.0.2.9", now=at))
    except ContestError:
        return False


def by_vneid(db: Database, person: Person) -> None:
    with db.write() as session:
        mine = col(AuthSession.participant_id) == person.id
        session.execute(update(AuthSession).where(mine).values(by_vneid=True))


async def test_the_current_pin_gives_a_new_one(db: Database) -> None:
    person = await with_pin(db)
    await change(db, person, current=OLD)
    assert (await opens(db, person, PIN), await opens(db, person, OLD)) == (True, False)


async def test_other_sessions_end_and_this_one_stays(db: Database) -> None:
    person = await with_pin(db)
    with db.write() as session:
        mine = session.exec(select(AuthSession)).one()
        session.add(AuthSession(**{**mine.model_dump(exclude={"id"}), "token_hash": "another"}))
    await change(db, person, current=OLD)
    assert viewer(db, token_hash="another", now=LATER) is None
    assert viewer(db, token_hash=person.token_hash, now=LATER) is not None


async def test_without_a_pin_a_young_sign_in_is_enough_and_an_old_one_is_not(db: Database) -> None:
    """Nobody without a PIN came in by the other door, so it was VNeID that let them in."""
    person = make_person(db, make_contest(db))
    assert await refusal(change(db, person)) is ErrorCode.PIN_SIGN_IN_AGAIN
    assert await refusal(change(db, person, current=OLD)) is ErrorCode.PIN_SIGN_IN_AGAIN
    await change(db, person, at=LATER - timedelta(milliseconds=1))
    assert await opens(db, person, PIN)


async def test_vneid_stands_for_a_forgotten_pin_for_ten_minutes(db: Database) -> None:
    person = await with_pin(db)
    young = LATER - timedelta(milliseconds=1)
    assert await refusal(change(db, person, at=young)) == {"current": ErrorCode.PIN_WRONG}
    by_vneid(db, person)
    assert await refusal(change(db, person)) == {"current": ErrorCode.PIN_WRONG}
    await change(db, person, at=young)
    assert await opens(db, person, PIN)


async def test_what_the_page_is_told(db: Database) -> None:
    person = await with_pin(db)
    owner = pin_owner(db, token_hash=person.token_hash, now=NOW)
    assert owner is not None
    assert asks_current(owner, now=NOW)
    assert PIN not in repr(owner)
    assert owner.citizen_id not in repr(owner)
    by_vneid(db, person)
    owner = pin_owner(db, token_hash=person.token_hash, now=NOW)
    assert owner is not None
    assert (asks_current(owner, now=NOW), asks_current(owner, now=LATER)) == (False, True)
    assert pin_owner(db, token_hash="unknown", now=NOW) is None


@pytest.mark.parametrize(
    ("pin", "again", "expected"),
    [
        ("12345", "", {"pin": ErrorCode.PIN_LENGTH}),
        ("111111", "", {"pin": ErrorCode.PIN_REPEATED}),
        ("123456", "", {"pin": ErrorCode.PIN_SEQUENCE}),
        ("010185", "", {"pin": ErrorCode.PIN_FROM_IDENTITY}),
        (PIN, OLD, {"pin_again": ErrorCode.PIN_MISMATCH}),
    ],
)
async def test_the_rules_of_registration_hold(
    db: Database, pin: str, again: str, expected: dict[str, ErrorCode]
) -> None:
    person = await with_pin(db)
    assert await refusal(change(db, person, current=OLD, pin=pin, again=again)) == expected
    assert await opens(db, person, OLD)


async def test_guessing_the_current_pin_locks_like_the_door(db: Database) -> None:
    person = await with_pin(db)
    said = [await refusal(change(db, person, current="000000")) for _ in range(6)]
    assert said[:4] == [{"current": ErrorCode.PIN_WRONG}] * 4
    assert said[-1] is ErrorCode.SIGN_IN_LOCKED
    assert await refusal(change(db, person, current=OLD)) is ErrorCode.SIGN_IN_LOCKED
    assert not await opens(db, person, OLD)


async def test_an_ended_session_and_a_blocked_person_change_nothing(db: Database) -> None:
    person = await with_pin(db)
    stranger = Person(person.id, person.unit_id, person.name, "made-up")
    assert await refusal(change(db, stranger, current=OLD)) is ErrorCode.SIGN_IN_REQUIRED
    with db.write() as session:
        session.get_one(Participant, person.id).blocked = True
    assert await refusal(change(db, person, current=OLD)) is ErrorCode.SIGN_IN_REQUIRED
