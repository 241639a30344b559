"""What a person VNeID has named becomes: a new account, an account taken over, a CMND account made whole."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from cchc_app.contest.assurance import Assurance
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.crypto import keyring, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.roster import RosterPerson, add_roster
from cchc_app.data.tables import (
    AuditEntry,
    Consent,
    Contest,
    Participant,
    StaffAccount,
    Standing,
    VneidArrival,
    VneidStart,
)
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.register import Application, register
from cchc_app.services.sessions import purge, redeem, viewer
from cchc_app.services.sign_in import sign_in
from cchc_app.services.throttle import get_throttle
from cchc_app.services.vneid import round_trip
from cchc_app.services.vneid.identity import Identity
from cchc_app.services.vneid.peer import Secrets
from cchc_app.services.vneid.round_trip import Arrived, Entered, complete, newcomer
from tests.factories import NOW, MadeContest, finish_paper, make_contest, make_person
from tests.staff import make_staff

AN = Identity("031085012345", "Nguyễn Văn An", date(1985, 9, 5), Assurance.FULL)
CMND = "031234567"
FORM = Application(unit="U1", phone="0912345678", consent=True)
HERE = {"address": "192.0.2.1", "now": NOW}
BY_PIN = Application(AN.number, "Nguyen van an", "05/09/1985", "U0", "", "407193", "407193", True)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


def named(db: Database, who: Identity = AN, now=NOW) -> Entered | Arrived:
    """VNeID has named somebody."""
    return round_trip._receive(db, who, "/thi", now)


def newly_named(db: Database, who: Identity = AN) -> Arrived:
    """VNeID has named somebody who is not registered."""
    arrived = named(db, who)
    assert isinstance(arrived, Arrived)
    return arrived


def people(db: Database) -> list[Participant]:
    with db.read() as session:
        return list(session.exec(select(Participant).order_by(Participant.id)))  # type: ignore[arg-type]


def roster(db: Database, contest: MadeContest, *, unit: int = 0, **changes: object) -> None:
    person = RosterPerson(AN.number, CMND, "NGUYEN VAN AN", AN.birth_date)
    with db.write() as session:
        entry = replace(person, **changes)
        add_roster(session, contest_id=contest.contest_id, unit_id=contest.unit_ids[unit], people=[entry])


def test_a_new_person_is_asked_for_what_is_missing(db: Database) -> None:
    make_contest(db)
    arrived = newly_named(db)
    shown = newcomer(db, browser=arrived.browser, now=NOW)
    assert (shown.full_name, shown.citizen_id_masked) == (AN.full_name, "031•••••••45")
    assert people(db) == []
    ticket = complete(db, FORM, browser=arrived.browser, **HERE)
    (person,) = people(db)
    assert (person.full_name, person.birth_date, person.citizen_id) == (AN.full_name, AN.birth_date, AN.number)
    assert (person.phone, person.identity_normalised, person.pin_hash) == ("0912345678", True, None)
    assert (person.identity_level, person.vneid_linked_at) == (2, NOW)
    seen = viewer(db, token_hash=token_hash(redeem(db, ticket=ticket, now=NOW).token), now=NOW)
    assert seen is not None
    assert seen.participant_id == person.id
    with db.read() as session:
        assert session.exec(select(Consent.participant_id)).all() == [person.id]
    with pytest.raises(ContestError) as again:
        complete(db, FORM, browser=arrived.browser, **HERE)
    assert again.value.code is ErrorCode.VNEID_EXPIRED


def test_a_refused_form_can_be_sent_again(db: Database) -> None:
    make_contest(db)
    arrived = newly_named(db)
    with pytest.raises(FieldErrors) as refused:
        complete(db, Application(phone="12"), browser=arrived.browser, **HERE)
    codes = {name: error.code for name, error in refused.value.errors.items()}
    assert codes == {
        "unit": ErrorCode.UNIT_MISSING,
        "phone": ErrorCode.PHONE_INVALID,
        "consent": ErrorCode.CONSENT_MISSING,
    }
    assert complete(db, FORM, browser=arrived.browser, **HERE) != ""


@pytest.mark.parametrize("browser", ["", "guessed"])
def test_another_browser_sees_and_registers_nobody(db: Database, browser: str) -> None:
    make_contest(db)
    named(db)
    with pytest.raises(ContestError) as unseen:
        newcomer(db, browser=browser, now=NOW)
    with pytest.raises(ContestError) as refused:
        complete(db, FORM, browser=browser, **HERE)
    assert (unseen.value.code, refused.value.code) == (ErrorCode.VNEID_EXPIRED, ErrorCode.VNEID_EXPIRED)
    assert people(db) == []


def test_what_vneid_said_is_kept_for_minutes_and_unreadable(db: Database) -> None:
    make_contest(db)
    arrived = newly_named(db)
    with db.engine.connect() as connection:
        row = str(connection.execute(text("SELECT * FROM vneid_arrival")).one())
    assert AN.number not in row
    assert AN.full_name not in row
    assert arrived.browser not in row
    with pytest.raises(ContestError):
        newcomer(db, browser=arrived.browser, now=NOW + timedelta(minutes=15))
    round_trip._store_start(db, "state", "browser", Secrets("nonce", "verifier"), "/thi", NOW)
    purge(db, now=NOW + timedelta(minutes=15))
    with db.read() as session:
        assert (session.exec(select(VneidArrival)).all(), session.exec(select(VneidStart)).all()) == ([], [])


def test_starting_removes_what_is_over(db: Database) -> None:
    make_contest(db)
    named(db)
    round_trip._store_start(db, "s", "b", Secrets("n", "v"), "/thi", NOW + timedelta(minutes=15))
    with db.read() as session:
        assert session.exec(select(VneidArrival)).all() == []
    assert round_trip._take_start(db, "s", "b", NOW + timedelta(minutes=25)) is None
    assert round_trip._take_start(db, "s", "other", NOW + timedelta(minutes=16)) is None
    assert round_trip._take_start(db, "s", "b", NOW + timedelta(minutes=16)) is not None
    assert round_trip._take_start(db, "s", "b", NOW + timedelta(minutes=16)) is None


def test_of_many_who_come_back_at_once_one_is_let_in(db: Database) -> None:
    make_contest(db)
    round_trip._store_start(db, "s", "b", Secrets("n", "v"), "/thi", NOW)
    with ThreadPoolExecutor(6) as threads:
        taken = list(threads.map(lambda _: round_trip._take_start(db, "s", "b", NOW), range(6)))
    assert sum(one is not None for one in taken) == 1


def test_two_tabs_make_one_account(db: Database) -> None:
    make_contest(db)
    arrived = newly_named(db)

    def send(_: int) -> str | ErrorCode:
        try:
            return complete(db, FORM, browser=arrived.browser, **HERE)
        except ContestError as refused:
            return refused.code

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(send, range(4)))
    assert outcomes.count(ErrorCode.VNEID_EXPIRED) == 3
    assert len(people(db)) == 1


async def test_an_account_made_by_pin_is_taken_over(db: Database) -> None:
    make_contest(db)
    before = redeem(db, ticket=await register(db, BY_PIN, **HERE), now=NOW)
    unused = await sign_in(db, citizen_id=AN.number, pin="407193", **HERE)
    entered = named(db)
    assert isinstance(entered, Entered)
    assert entered.took_over
    (person,) = people(db)
    assert (person.full_name, person.pin_hash, person.identity_level) == ("Nguyễn Văn An", None, 2)
    assert viewer(db, token_hash=token_hash(before.token), now=NOW) is None
    assert viewer(db, token_hash=token_hash(entered.session.token), now=NOW) is not None
    with pytest.raises(ContestError):
        redeem(db, ticket=unused, now=NOW)
    with pytest.raises(ContestError) as refused:
        await sign_in(db, citizen_id=AN.number, pin="407193", **HERE)
    assert refused.value.code is ErrorCode.SIGN_IN_FAILED


async def test_later_visits_end_nothing(db: Database) -> None:
    make_contest(db)
    await register(db, BY_PIN, **HERE)
    first, second = named(db), named(db, replace(AN, level=Assurance.BASIC))
    assert isinstance(first, Entered)
    assert isinstance(second, Entered)
    assert (first.took_over, second.took_over) == (True, False)
    assert viewer(db, token_hash=token_hash(first.session.token), now=NOW) is not None
    assert people(db)[0].identity_level == 1


async def test_registered_at_the_other_door_meanwhile(db: Database) -> None:
    make_contest(db)
    arrived = newly_named(db)
    await register(db, BY_PIN, **HERE)
    complete(db, FORM, browser=arrived.browser, **HERE)
    (person,) = people(db)
    assert (person.pin_hash, person.vneid_linked_at) == (None, NOW)


async def with_cmnd(db: Database, **changes: object) -> None:
    await register(db, replace(BY_PIN, citizen_id=CMND, **changes), **HERE)


async def test_a_cmnd_account_is_made_whole_through_the_roster(db: Database) -> None:
    contest = make_contest(db)
    await with_cmnd(db)
    roster(db, contest)
    entered = named(db)
    assert isinstance(entered, Entered)
    assert entered.took_over
    (person,) = people(db)
    assert (person.identity_normalised, person.citizen_id, person.citizen_id_masked) == (
        True,
        AN.number,
        "031•••••••45",
    )
    assert person.citizen_id_index == keyring().blind_index(AN.number)


@pytest.mark.parametrize("case", ["no roster", "another name", "another birth date", "no CMND", "account of another"])
async def test_a_cmnd_account_stays_as_it_is_otherwise(db: Database, case: str) -> None:
    contest = make_contest(db)
    changes = {
        "no roster": None,
        "another name": {"full_name": "Trần Thị Bình"},
        "another birth date": {"birth_date": date(1986, 9, 5)},
        "no CMND": {"former_number": None},
        "account of another": {},
    }[case]
    await with_cmnd(db, **({"full_name": "Trần Thị Bình"} if case == "account of another" else {}))
    if changes is not None:
        roster(db, contest, **changes)
    assert isinstance(named(db), Arrived)
    assert [person.identity_normalised for person in people(db)] == [False]


async def test_a_blocked_account_stays_blocked(db: Database) -> None:
    contest = make_contest(db)
    await with_cmnd(db)
    roster(db, contest)
    with db.write() as session:
        session.exec(select(Participant)).one().blocked = True
    with pytest.raises(ContestError) as refused:
        named(db)
    assert refused.value.code is ErrorCode.ACCOUNT_BLOCKED
    assert people(db)[0].identity_normalised is False


@pytest.mark.parametrize("unit", [0, 1])
def test_a_unit_with_a_roster_admits_who_is_on_it(db: Database, unit: int) -> None:
    contest = make_contest(db)
    roster(db, contest, unit=unit)
    arrived = newly_named(db, replace(AN, full_name="Nguyễn Văn Ân"))
    form = replace(FORM, unit=f"U{unit}")
    assert complete(db, form, browser=arrived.browser, **HERE) != ""  # accents do not tell people apart


def test_a_contest_for_rosters_only(db: Database) -> None:
    contest = make_contest(db)
    with db.write() as session:
        session.get_one(Contest, contest.contest_id).content = {"roster_only": True}
    roster(db, contest, unit=0)
    arrived = newly_named(db)
    with pytest.raises(FieldErrors) as refused:
        complete(db, FORM, browser=arrived.browser, **HERE)  # the unit without a roster
    assert refused.value.errors["unit"].code is ErrorCode.NOT_ON_ROSTER
    assert complete(db, replace(FORM, unit="U0"), browser=arrived.browser, **HERE) != ""


def entries(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as session:
        rows = session.exec(select(AuditEntry).order_by(AuditEntry.seq))  # type: ignore[arg-type]
        return [(row.actor, row.action, row.subject) for row in rows]


async def test_taking_over_is_in_the_log_once(db: Database) -> None:
    make_contest(db)
    await register(db, BY_PIN, **HERE)
    named(db)
    named(db)
    who = f"participant:{people(db)[0].id}"
    assert entries(db) == [(who, Action.TAKEN_OVER, who)]


def test_a_cmnd_account_whose_cccd_is_on_the_staff_loses_its_rank(db: Database) -> None:
    contest = make_contest(db)
    roster(db, contest)
    person = make_person(
        db,
        contest,
        name=AN.full_name,
        birth_date=AN.birth_date,
        citizen_id=CMND,
        citizen_id_index=keyring().blind_index(CMND),
        identity_normalised=False,
    )
    finish_paper(db, contest, person, correct=3)
    staffer = make_staff(db)
    with db.write() as session:
        session.get_one(StaffAccount, staffer.id).citizen_id_index = keyring().blind_index(AN.number)
    named(db)
    (account,) = people(db)
    assert (account.citizen_id, account.ranked) == (AN.number, False)
    who = f"participant:{person.id}"
    assert entries(db) == [(who, Action.UNRANKED, who), (who, Action.TAKEN_OVER, who)]
    with db.read() as session:
        assert session.exec(select(Standing)).all() == []
