"""Setting or changing one's own PIN, so that the CCCD door is there when VNeID is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import check_pin, normalise_digits, parse_citizen_id
from cchc_app.contest.lockout import Tries, reserve
from cchc_app.data import sessions as rows
from cchc_app.data.engine import Database
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import FieldErrors, Fields
from cchc_app.services.runner import in_thread
from cchc_app.services.throttle import get_throttle

# A sign-in this young says as well as the PIN who it is.
FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, repr=False)
class NewPin:
    """The form as typed. Without a repr."""

    current: str = ""
    pin: str = ""
    pin_again: str = ""


def asks_current(owner: rows.PinOwner, *, now: datetime) -> bool:
    """Whether the PIN there is has to be typed: not after VNeID has just told who it is."""
    return owner.pin_hash is not None and not (owner.by_vneid and now - owner.signed_in_at < FRESH)


def pin_owner(db: Database, *, token_hash: str, now: datetime) -> rows.PinOwner | None:
    """What a change of the PIN is judged by; None when the session is over."""
    with db.read() as session:
        return rows.pin_owner(session, token_hash=token_hash, now=now)


async def change_pin(db: Database, form: NewPin, *, token_hash: str, address: str, now: datetime) -> None:
    """Set the PIN of the person behind a session; every other session of theirs ends.

    Wrong current PINs count like wrong ones at the door, so a session somebody left open is no place to guess.

    Args:
        form: As typed.
        token_hash: The session of the browser that asks.
        address: Where the request came from.
        now: When it came.

    Raises:
        FieldErrors: By field: PIN_WRONG, PIN_LENGTH, PIN_REPEATED, PIN_SEQUENCE, PIN_FROM_IDENTITY, PIN_MISMATCH.
        ContestError: TOO_MANY_REQUESTS, SIGN_IN_LOCKED, PIN_SIGN_IN_AGAIN, SIGN_IN_REQUIRED when the session is over.
    """
    await in_thread(get_throttle().take_try, address)
    owner = await in_thread(_owner, db, token_hash, now)
    pin = _read(form, owner)
    if asks_current(owner, now=now):
        await _check_current(db, owner, form.current, address, now)
    elif now - owner.signed_in_at >= FRESH:
        raise ContestError(ErrorCode.PIN_SIGN_IN_AGAIN)
    hashed = await pin_hash.make(pin)
    await in_thread(_store, db, owner, hashed, token_hash, now)


def _owner(db: Database, token_hash: str, now: datetime) -> rows.PinOwner:
    owner = pin_owner(db, token_hash=token_hash, now=now)
    if owner is None:
        raise ContestError(ErrorCode.SIGN_IN_REQUIRED)
    return owner


def _read(form: NewPin, owner: rows.PinOwner) -> str:
    fields, number = Fields(), parse_citizen_id(owner.citizen_id)
    pin = fields.read("pin", lambda: check_pin(form.pin, citizen_id=number, birth_date=owner.birth_date))
    if pin is not None and normalise_digits(form.pin_again) != pin:
        fields.errors["pin_again"] = ContestError(ErrorCode.PIN_MISMATCH)
    fields.refuse_if_wrong()
    return pin or ""


async def _check_current(db: Database, owner: rows.PinOwner, typed: str, address: str, now: datetime) -> None:
    if not typed.strip():
        raise FieldErrors({"current": ContestError(ErrorCode.PIN_WRONG)})  # nothing typed is no try
    tries = await in_thread(_reserve_try, db, owner, now)
    if await pin_hash.verify(owner.pin_hash, normalise_digits(typed)):
        return
    await in_thread(get_throttle().note_failure, address)
    if tries.locked_until is not None:
        raise ContestError(ErrorCode.SIGN_IN_LOCKED, until=tries.locked_until)
    raise FieldErrors({"current": ContestError(ErrorCode.PIN_WRONG)})


def _reserve_try(db: Database, owner: rows.PinOwner, now: datetime) -> Tries:
    with db.write() as session:
        index = owner.citizen_id_index
        tries = reserve(tries=rows.lock_tries(session, citizen_id_index=index, now=now), now=now)
        rows.store_tries(session, citizen_id_index=index, tries=tries)
    return tries


def _store(db: Database, owner: rows.PinOwner, hashed: str, token_hash: str, now: datetime) -> None:
    with db.write() as session:
        if not rows.set_pin(session, owner=owner, pin_hash=hashed, token_hash=token_hash, now=now):
            raise ContestError(ErrorCode.SIGN_IN_REQUIRED)
        rows.end_other_sessions(session, participant_id=owner.participant_id, token_hash=token_hash, now=now)
        rows.lock_tries(session, citizen_id_index=owner.citizen_id_index, now=now)
        rows.store_tries(session, citizen_id_index=owner.citizen_id_index, tries=Tries(last_at=now))
