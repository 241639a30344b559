"""Coming in with a number and a PIN."""

import re
from datetime import datetime

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import normalise_digits, parse_citizen_id
from cchc_app.contest.lockout import Tries, reserve
from cchc_app.data import people, sessions
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.people import Credentials
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import Fields
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import issue_ticket
from cchc_app.services.throttle import get_throttle

CITIZEN_ID = "citizen_id"
PIN = "pin"


async def sign_in(db: Database, *, citizen_id: str, pin: str, address: str, now: datetime) -> str:
    """Judge a number and a PIN. Nothing in the answer, nor in its time, tells whether the number is known.

    Args:
        citizen_id: As typed.
        pin: As typed.
        address: Where the request came from.
        now: When it came.

    Returns:
        A single-use ticket for a session.

    Raises:
        FieldErrors: The number has no possible form, or the PIN is not six digits.
        ContestError: TOO_MANY_REQUESTS, SIGN_IN_LOCKED, SIGN_IN_FAILED, ACCOUNT_BLOCKED, CONTEST_MISSING.
    """
    await in_thread(get_throttle().take_try, address)
    number, digits = _read(citizen_id, pin)
    index = keyring().blind_index(number)
    known, tries = await in_thread(_reserve_try, db, index, now)
    right = await pin_hash.verify(known.pin_hash if known else None, digits)
    if known is None or not right:
        await in_thread(get_throttle().note_failure, address)
        if tries.locked_until is not None:
            raise ContestError(ErrorCode.SIGN_IN_LOCKED, until=tries.locked_until)
        raise ContestError(ErrorCode.SIGN_IN_FAILED)
    ticket = await in_thread(_let_in, db, index, known, now)
    if ticket is None:
        raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
    return ticket


def _read(citizen_id: str, pin: str) -> tuple[str, str]:
    fields = Fields()
    number = fields.read(CITIZEN_ID, lambda: parse_citizen_id(citizen_id).number)
    digits = fields.read(PIN, lambda: _six_digits(pin))
    fields.refuse_if_wrong()
    return number or "", digits or ""


def _six_digits(pin: str) -> str:
    digits = normalise_digits(pin)
    if not re.fullmatch(r"\d{6}", digits, re.ASCII):
        raise ContestError(ErrorCode.PIN_LENGTH)
    return digits


def _reserve_try(db: Database, index: str, now: datetime) -> tuple[Credentials | None, Tries]:
    with db.write() as session:
        contest = contest_in_force(session)
        tries = reserve(tries=sessions.lock_tries(session, citizen_id_index=index, now=now), now=now)
        sessions.store_tries(session, citizen_id_index=index, tries=tries)
        known = people.credentials(session, contest_id=contest.contest_id, citizen_id_index=index)
    return known, tries


def _let_in(db: Database, index: str, known: Credentials, now: datetime) -> str | None:
    with db.write() as session:
        sessions.store_tries(session, citizen_id_index=index, tries=Tries(last_at=now))
        return None if known.blocked else issue_ticket(session, participant_id=known.participant_id, now=now)
