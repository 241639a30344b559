"""Registering: bad input by the issue's table, one account per number whatever races, nothing personal in clear."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import IdentityWarning
from cchc_app.data.crypto import keyring, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import Consent, Participant
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.register import Application, Step, check, register
from cchc_app.services.sessions import redeem, viewer
from cchc_app.services.throttle import get_throttle
from cchc_app.texts.privacy import VERSION
from tests.factories import NOW, make_contest

ADDRESS = "192.0.2.1"
GOOD = Application(
    citizen_id="031 0 85 012345",
    full_name="Nguyễn Văn An",
    birth_date="05/09/1985",
    unit="U1",
    phone="0912 345 678",
    pin="407193",
    pin_again="407193",
    consent=True,
)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


async def refused_fields(db: Database, **changes: object) -> dict[str, str]:
    """The codes of a registration with these changes, by field; nothing may have been stored."""
    with pytest.raises(FieldErrors) as refused:
        await register(db, replace(GOOD, **changes), address=ADDRESS, now=NOW)
    with db.read() as session:
        assert session.exec(select(Participant)).all() == []
    return {name: error.code.name for name, error in refused.value.errors.items()}


async def registered(db: Database, **changes: object) -> Participant:
    await register(db, replace(GOOD, **changes), address=ADDRESS, now=NOW)
    with db.read() as session:
        return session.exec(select(Participant)).one()


def warned(db: Database, **changes: object) -> tuple[IdentityWarning, ...]:
    return check(db, replace(GOOD, **changes), step=Step.IDENTITY, address=ADDRESS, now=NOW)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"citizen_id": ""}, {"citizen_id": "CITIZEN_ID_EMPTY"}, id="no number"),
        pytest.param({"citizen_id": "31085012345"}, {"citizen_id": "CITIZEN_ID_LOST_ZERO"}, id="11 digits"),
        pytest.param({"citizen_id": "03108501234A"}, {"citizen_id": "CITIZEN_ID_CHARACTERS"}, id="letters"),
        pytest.param({"citizen_id": "031985012345"}, {"citizen_id": "CITIZEN_ID_CENTURY"}, id="born after 2300"),
        pytest.param({"full_name": "A" * 200}, {"full_name": "NAME_TOO_LONG"}, id="200-character name"),
        pytest.param({"full_name": "<script>alert(1)</script>"}, {"full_name": "NAME_CHARACTERS"}, id="script"),
        pytest.param({"full_name": " "}, {"full_name": "NAME_EMPTY"}, id="no name"),
        pytest.param({"birth_date": "31/02/1985"}, {"birth_date": "BIRTH_DATE_INVALID"}, id="no such day"),
        pytest.param({"birth_date": "12/03/2026"}, {"birth_date": "BIRTH_DATE_FUTURE"}, id="born tomorrow"),
        pytest.param({"unit": ""}, {"unit": "UNIT_MISSING"}, id="no unit"),
        pytest.param({"unit": "U9' OR 1=1"}, {"unit": "UNIT_UNKNOWN"}, id="unknown unit"),
        pytest.param({"phone": "12345"}, {"phone": "PHONE_INVALID"}, id="phone"),
        pytest.param({"pin": "40719"}, {"pin": "PIN_LENGTH"}, id="short PIN"),
        pytest.param({"pin": "444444"}, {"pin": "PIN_REPEATED"}, id="repeated PIN"),
        pytest.param({"pin": "234567"}, {"pin": "PIN_SEQUENCE"}, id="sequence"),
        pytest.param({"pin": "050985"}, {"pin": "PIN_FROM_IDENTITY"}, id="birth date as PIN"),
        pytest.param({"pin_again": "407194"}, {"pin_again": "PIN_MISMATCH"}, id="PINs differ"),
        pytest.param({"consent": False}, {"consent": "CONSENT_MISSING"}, id="no consent"),
        pytest.param(
            {"citizen_id": "1", "full_name": "1", "birth_date": "1", "unit": "", "phone": "1", "consent": False},
            {
                "citizen_id": "CITIZEN_ID_LENGTH",
                "full_name": "NAME_CHARACTERS",
                "birth_date": "BIRTH_DATE_INVALID",
                "unit": "UNIT_MISSING",
                "phone": "PHONE_INVALID",
                "consent": "CONSENT_MISSING",
            },
            id="everything at once",
        ),
    ],
)
async def test_bad_input_is_refused_beside_its_field(db: Database, changes: dict, codes: dict[str, str]) -> None:
    make_contest(db)
    assert await refused_fields(db, **changes) == codes


@pytest.mark.parametrize(
    ("changes", "column", "value"),
    [
        pytest.param({"citizen_id": "０３１０８５０１２３４５"}, "citizen_id", "031085012345", id="full-width digits"),
        pytest.param({"citizen_id": " 031.085.012345 "}, "citizen_id", "031085012345", id="spaces and dots"),
        pytest.param({"full_name": "Nguye\u0302\u0303n Va\u0306n An"}, "full_name", "Nguyễn Văn An", id="NFD name"),
        pytest.param({"full_name": "  Đỗ   Thị  Ý "}, "full_name", "Đỗ Thị Ý", id="spaces in the name"),
        pytest.param({"phone": "+84 912.345.678"}, "phone", "0912345678", id="international phone"),
        pytest.param({"phone": ""}, "phone", None, id="no phone"),
    ],
)
async def test_unusual_but_right_input_is_repaired(db: Database, changes: dict, column: str, value: object) -> None:
    make_contest(db)
    assert getattr(await registered(db, **changes), column) == value


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"birth_date": "05/09/1986"}, (IdentityWarning.BIRTH_YEAR_MISMATCH,)),
        ({"citizen_id": "099085012345"}, (IdentityWarning.PROVINCE_UNKNOWN,)),
        ({"citizen_id": "031208012345", "birth_date": "01/01/2010"}, tuple(IdentityWarning)[::2]),
        ({"citizen_id": "031085012", "birth_date": "05/09/1986"}, ()),
    ],
    ids=["nothing", "birth year", "province", "year and age", "CMND"],
)
async def test_contradictions_warn_and_never_block(db: Database, changes: dict, expected: tuple) -> None:
    make_contest(db)
    assert warned(db, **changes) == expected
    await registered(db, **changes)


async def test_what_is_stored(db: Database) -> None:
    contest = make_contest(db)
    person = await registered(db)
    assert person.citizen_id_index == keyring().blind_index("031085012345")
    assert (person.citizen_id_masked, person.unit_id) == ("031•••••••45", contest.unit_ids[1])
    assert (person.search_key, person.identity_normalised) == ("nguyen van an", True)
    assert person.sort_key.startswith("a0n0")
    with db.read() as session:
        consent = session.exec(select(Consent)).one()
        stored = repr(session.execute(text("SELECT * FROM participant")).all())
    assert (consent.participant_id, consent.version, consent.given_at) == (person.id, VERSION, NOW)
    assert [secret for secret in ("031085012345", "0912345678", "407193") if secret in stored] == []


async def test_nine_digits_are_marked(db: Database) -> None:
    make_contest(db)
    person = await registered(db, citizen_id="031 085 012")
    assert (person.citizen_id_masked, person.identity_normalised) == ("03•••••12", False)


async def test_whoever_registers_is_signed_in(db: Database) -> None:
    make_contest(db)
    ticket = await register(db, GOOD, address=ADDRESS, now=NOW)
    found = viewer(db, token_hash=token_hash(redeem(db, ticket=ticket, now=NOW).token), now=NOW)
    assert found is not None
    assert found.full_name == "Nguyễn Văn An"


@pytest.mark.parametrize("typed", ["031085012345", "031.0.85.012345"])
async def test_a_registered_number_is_refused_in_the_first_step(db: Database, typed: str) -> None:
    make_contest(db)
    await register(db, GOOD, address=ADDRESS, now=NOW)
    with pytest.raises(FieldErrors) as refused:
        warned(db, citizen_id=typed, full_name="")
    codes = {name: error.code for name, error in refused.value.errors.items()}
    assert codes == {"citizen_id": ErrorCode.ALREADY_REGISTERED, "full_name": ErrorCode.NAME_EMPTY}


async def test_later_steps_look_at_their_fields_and_those_before(db: Database) -> None:
    make_contest(db)
    empty = Application()
    for step, fields in (
        (Step.IDENTITY, {"citizen_id", "full_name", "birth_date"}),
        (Step.WORKPLACE, {"citizen_id", "full_name", "birth_date", "unit"}),
    ):
        with pytest.raises(FieldErrors) as refused:
            check(db, empty, step=step, address=ADDRESS, now=NOW)
        assert set(refused.value.errors) == fields
    assert check(db, replace(GOOD, pin=""), step=Step.WORKPLACE, address=ADDRESS, now=NOW) == ()


async def test_twenty_at_once_make_one_account(db: Database) -> None:
    make_contest(db)

    async def attempt(n: int) -> str:
        try:
            return await register(db, replace(GOOD, full_name=f"Nguyễn Văn An {'ABCDE'[n % 5]}"), address="", now=NOW)
        except FieldErrors as refused:
            return refused.errors["citizen_id"].code.name

    outcomes = await asyncio.gather(*(attempt(n) for n in range(20)))
    assert outcomes.count("ALREADY_REGISTERED") == 19
    with db.read() as session:
        assert len(session.exec(select(Participant)).all()) == 1
        assert len(session.exec(select(Consent)).all()) == 1


async def test_asking_for_numbers_is_throttled(db: Database) -> None:
    make_contest(db)
    for n in range(120):
        warned(db, citizen_id=f"0310850{n:05}")
    with pytest.raises(ContestError) as refused:
        warned(db, citizen_id="031085012345")
    assert refused.value.code is ErrorCode.TOO_MANY_REQUESTS


async def test_before_the_contest_is_set_up(db: Database) -> None:
    with pytest.raises(ContestError) as refused:
        await register(db, GOOD, address=ADDRESS, now=NOW)
    assert refused.value.code is ErrorCode.CONTEST_MISSING
