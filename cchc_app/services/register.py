"""Registering: three steps on the screen, one transaction at the end."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import (
    CitizenId,
    IdentityWarning,
    IdKind,
    check_pin,
    mask,
    normalise_digits,
    normalise_name,
    parse_birth_date,
    parse_citizen_id,
    parse_phone,
    warnings,
)
from cchc_app.contest.text import fold, name_collation_key
from cchc_app.data import people
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import FieldErrors, Fields
from cchc_app.services.provinces import province_codes
from cchc_app.services.roster import require_on_roster
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import issue_ticket
from cchc_app.services.throttle import get_throttle
from cchc_app.services.unrank import note_registered
from cchc_app.texts.formats import local
from cchc_app.texts.privacy import VERSION


class Step(IntEnum):
    """The steps of the form."""

    IDENTITY = 1
    WORKPLACE = 2
    PROMISE = 3


STEP_OF_FIELD = {
    "citizen_id": Step.IDENTITY,
    "full_name": Step.IDENTITY,
    "birth_date": Step.IDENTITY,
    "unit": Step.WORKPLACE,
    "phone": Step.WORKPLACE,
    "pin": Step.PROMISE,
    "pin_again": Step.PROMISE,
    "consent": Step.PROMISE,
}


@dataclass(frozen=True, slots=True, repr=False)
class Application:
    """The whole form as typed, whichever step is on the screen. Without a repr: it is all personal."""

    citizen_id: str = ""
    full_name: str = ""
    birth_date: str = ""
    unit: str = ""  # a unit's code
    phone: str = ""
    pin: str = ""
    pin_again: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class _Accepted:
    citizen_id: CitizenId
    full_name: str
    birth_date: date
    contest_id: int
    unit_id: int
    phone: str | None
    pin: str


def check(
    db: Database, application: Application, *, step: Step, address: str, now: datetime
) -> tuple[IdentityWarning, ...]:
    """Judge what was typed up to a step.

    Returns:
        After the first step, what the person should look at once more; it never blocks.

    Raises:
        FieldErrors: By field; ALREADY_REGISTERED beside the number, in the first step.
        ContestError: TOO_MANY_REQUESTS, CONTEST_MISSING.
    """
    throttle = get_throttle()
    throttle.take_try(address)
    today = local(now).date()
    fields = Fields()
    with db.read() as session:
        contest_id = contest_in_force(session).contest_id
        citizen_id, full_name, birth_date = _identity(fields, application, today)
        if step >= Step.WORKPLACE:
            unit_id, _ = read_workplace(fields, session, contest_id, application)
            _roster(fields, session, contest_id, (unit_id, citizen_id, full_name, birth_date), address)
        if step is Step.IDENTITY and citizen_id is not None:
            throttle.take_question(address)
            index = keyring().blind_index(citizen_id.number)
            if people.is_registered(session, contest_id=contest_id, citizen_id_index=index):
                throttle.note_failure(address)
                fields.errors["citizen_id"] = ContestError(ErrorCode.ALREADY_REGISTERED)
    fields.refuse_if_wrong()
    if step is not Step.IDENTITY or citizen_id is None or birth_date is None:
        return ()
    return warnings(citizen_id=citizen_id, birth_date=birth_date, today=today, province_codes=province_codes())


async def register(db: Database, application: Application, *, address: str, now: datetime) -> str:
    """Make the account.

    Args:
        application: The whole form.
        address: Where the request came from.
        now: When it came.

    Returns:
        A single-use ticket for a session: whoever registers is signed in.

    Raises:
        FieldErrors: By field; of several people with one number exactly one is let through, the others get
            ALREADY_REGISTERED.
        ContestError: TOO_MANY_REQUESTS, CONTEST_MISSING.
    """
    await in_thread(get_throttle().take_question, address)
    accepted = await in_thread(_accept, db, application, address, now)
    hashed = await pin_hash.make(accepted.pin)
    ticket = await in_thread(_store, db, accepted, hashed, now)
    if ticket is None:
        await in_thread(get_throttle().note_failure, address)
        raise FieldErrors({"citizen_id": ContestError(ErrorCode.ALREADY_REGISTERED)})
    return ticket


def _accept(db: Database, application: Application, address: str, now: datetime) -> _Accepted:
    fields = Fields()
    with db.read() as session:
        contest_id = contest_in_force(session).contest_id
        citizen_id, full_name, birth_date = _identity(fields, application, local(now).date())
        unit_id, phone = read_workplace(fields, session, contest_id, application)
        _roster(fields, session, contest_id, (unit_id, citizen_id, full_name, birth_date), address)
    pin = _pin(fields, application, citizen_id, birth_date)
    fields.refuse_if_wrong()
    if citizen_id is None or full_name is None or birth_date is None or unit_id is None or pin is None:
        raise AssertionError("a field was neither read nor refused")
    return _Accepted(citizen_id, full_name, birth_date, contest_id, unit_id, phone, pin)


def _identity(
    fields: Fields, application: Application, today: date
) -> tuple[CitizenId | None, str | None, date | None]:
    return (
        fields.read("citizen_id", lambda: parse_citizen_id(application.citizen_id)),
        fields.read("full_name", lambda: normalise_name(application.full_name)),
        fields.read("birth_date", lambda: parse_birth_date(application.birth_date, today=today)),
    )


def read_workplace(
    fields: Fields, session: Session, contest_id: int, application: Application
) -> tuple[int | None, str | None]:
    """The row id of the unit and the phone number of a form; what is wrong is noted in `fields`."""

    def unit_id() -> int:
        if not application.unit:
            raise ContestError(ErrorCode.UNIT_MISSING)
        found = people.unit_id_by_code(session, contest_id=contest_id, code=application.unit)
        if found is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        return found

    return fields.read("unit", unit_id), fields.read("phone", lambda: parse_phone(application.phone))


def _roster(
    fields: Fields,
    session: Session,
    contest_id: int,
    who: tuple[int | None, CitizenId | None, str | None, date | None],
    address: str,
) -> None:
    """Compare with the unit's roster, once all of it could be read; a mismatch counts as a failed try."""
    unit_id, citizen_id, full_name, birth_date = who
    if unit_id is None or citizen_id is None or full_name is None or birth_date is None:
        return
    try:
        require_on_roster(
            session,
            contest_id=contest_id,
            unit_id=unit_id,
            number=citizen_id.number,
            full_name=full_name,
            birth_date=birth_date,
        )
    except ContestError as error:
        get_throttle().note_failure(address)
        fields.errors["unit"] = error


def _pin(fields: Fields, application: Application, citizen_id: CitizenId | None, birth_date: date | None) -> str | None:
    if not application.consent:
        fields.errors["consent"] = ContestError(ErrorCode.CONSENT_MISSING)
    if citizen_id is None or birth_date is None:
        return None
    pin = fields.read("pin", lambda: check_pin(application.pin, citizen_id=citizen_id, birth_date=birth_date))
    if pin is not None and normalise_digits(application.pin_again) != pin:
        fields.errors["pin_again"] = ContestError(ErrorCode.PIN_MISMATCH)
    return pin


def _store(db: Database, accepted: _Accepted, hashed: str, now: datetime) -> str | None:
    number = accepted.citizen_id.number
    new = people.NewParticipant(
        contest_id=accepted.contest_id,
        unit_id=accepted.unit_id,
        full_name=accepted.full_name,
        search_key=fold(accepted.full_name),
        sort_key=name_collation_key(accepted.full_name),
        birth_date=accepted.birth_date,
        citizen_id=number,
        citizen_id_index=keyring().blind_index(number),
        citizen_id_masked=mask(number),
        phone=accepted.phone,
        identity_normalised=accepted.citizen_id.kind is IdKind.CCCD,
        pin_hash=hashed,
        created_at=now,
    )
    with db.write() as session:
        participant_id = people.add_participant(session, new)
        if participant_id is None:
            return None
        keep_consent(session, participant_id=participant_id, now=now)
        ticket = issue_ticket(session, participant_id=participant_id, now=now)
        note_registered(session, participant_id=participant_id, now=now)
        return ticket


def keep_consent(session: Session, *, participant_id: int, now: datetime) -> None:
    """Store that a person has agreed to the notice in force, in the caller's transaction."""
    people.add_consent(session, participant_id=participant_id, purpose=PARTICIPATION, version=VERSION, given_at=now)
