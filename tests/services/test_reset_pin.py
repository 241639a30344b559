"""A PIN chosen anew by a link: once, within a day, and every session is over."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, Participant, PinReset
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.reset_pin import LINK_LIFE, NewPin, PinLink, offer_pin_reset, reset_pin
from cchc_app.services.sanction_people import block
from cchc_app.services.sessions import viewer
from cchc_app.services.sign_in import sign_in
from tests.factories import NOW, Person, every_row, make_contest, make_person
from tests.services.test_sanction_people import coded, deed, refusal
from tests.staff import STEP, Staffer, make_staff

PIN = NewPin("620485", "620485")
ADDRESS = "192.0.2.1"
OLD = pin_hash._HASHER.hash(b"another")


def one(db: Database) -> tuple[Person, Staffer]:
    return make_person(db, make_contest(db), pin_hash=OLD), make_staff(db, Role.ORGANISER)


async def use(db: Database, link: PinLink, form: NewPin = PIN, *, after: timedelta = STEP) -> None:
    await reset_pin(db, form, token=link.token, address=ADDRESS, now=NOW + after)


async def refused(db: Database, link: PinLink, *, after: timedelta = STEP) -> ErrorCode:
    with pytest.raises(ContestError) as error:
        await use(db, link, after=after)
    return error.value.code


async def test_the_new_pin_opens_the_door_and_old_sessions_are_over(db: Database) -> None:
    person, organiser = one(db)
    link = offer_pin_reset(db, **coded(organiser, person))
    assert viewer(db, token_hash=person.token_hash, now=NOW) is not None  # nothing has happened yet
    await use(db, link)
    assert viewer(db, token_hash=person.token_hash, now=NOW + STEP) is None
    with db.read() as session:
        row = session.get_one(Participant, person.id)
        log = session.exec(select(AuditEntry)).all()
    assert await sign_in(db, citizen_id=row.citizen_id, pin=PIN.pin, address=ADDRESS, now=NOW + 2 * STEP)
    assert [(entry.action, entry.actor) for entry in log] == [
        (Action.PIN_RESET_OFFERED, organiser.username),
        (Action.PIN_RESET_DONE, f"participant:{person.id}"),
    ]
    assert await refused(db, link, after=2 * STEP) is ErrorCode.PIN_LINK_INVALID


async def test_only_a_hash_of_the_link_is_kept(db: Database) -> None:
    person, organiser = one(db)
    link = offer_pin_reset(db, **coded(organiser, person))
    assert link.token not in repr(every_row(db)) and link.token not in repr(link)
    assert link.expires_at == NOW + LINK_LIFE == NOW + timedelta(hours=24)


async def test_links_end(db: Database) -> None:
    person, organiser = one(db)
    first = offer_pin_reset(db, **coded(organiser, person))
    second = offer_pin_reset(db, **coded(organiser, person, step=1))
    assert await refused(db, first) is ErrorCode.PIN_LINK_INVALID
    assert await refused(db, second, after=LINK_LIFE + STEP) is ErrorCode.PIN_LINK_INVALID
    assert await refused(db, PinLink("x", NOW)) is ErrorCode.PIN_LINK_INVALID
    block(db, **deed(organiser, person))
    assert await refused(db, second) is ErrorCode.PIN_LINK_INVALID
    with db.read() as session:
        assert session.get_one(Participant, person.id).pin_hash == OLD


async def test_a_bad_pin_leaves_the_link_as_it_is(db: Database) -> None:
    person, organiser = one(db)
    link = offer_pin_reset(db, **coded(organiser, person))
    for form, field, code in (
        (NewPin("123456", "123456"), "pin", ErrorCode.PIN_SEQUENCE),
        (NewPin("620485", "620486"), "pin_again", ErrorCode.PIN_MISMATCH),
        (NewPin("010185", "010185"), "pin", ErrorCode.PIN_FROM_IDENTITY),
    ):
        with pytest.raises(FieldErrors) as error:
            await use(db, link, form)
        assert error.value.errors[field].code is code
    await use(db, link)


async def test_of_two_who_use_it_at_once_one_does(db: Database) -> None:
    person, organiser = one(db)
    link = offer_pin_reset(db, **coded(organiser, person))
    done = await asyncio.gather(use(db, link), use(db, link), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["ContestError", "NoneType"]
    with db.read() as session:
        [row] = session.exec(select(PinReset)).all()
    assert row.used_at == NOW + STEP


def test_who_may_offer(db: Database) -> None:
    person, organiser = one(db)
    auditor = make_staff(db, Role.AUDITOR)
    assert refusal(offer_pin_reset, db, **coded(auditor, person)) is ErrorCode.NOT_ALLOWED
    assert refusal(offer_pin_reset, db, **deed(organiser, person, code="")) is ErrorCode.CODE_WRONG
    block(db, **deed(organiser, person))
    assert refusal(offer_pin_reset, db, **coded(organiser, person)) is ErrorCode.ACCOUNT_BLOCKED
