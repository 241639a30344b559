"""A forgotten PIN: an organiser makes a link that works once, the participant chooses a new PIN with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import check_pin, normalise_digits, parse_citizen_id
from cchc_app.contest.lockout import Tries
from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit
from cchc_app.data import pin_resets as rows
from cchc_app.data import sessions as door
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import PinReset
from cchc_app.data.vneid import end_sessions
from cchc_app.services import pin_hash
from cchc_app.services.deeds import authorise
from cchc_app.services.field_errors import Fields
from cchc_app.services.runner import in_thread
from cchc_app.services.sanction_people import locked
from cchc_app.services.throttle import get_throttle

LINK_LIFE = timedelta(hours=24)
TOKEN_LENGTH = 43  # of `data.crypto.new_token`


@dataclass(frozen=True, slots=True, repr=False)
class NewPin:
    """The form as typed. Without a repr."""

    pin: str = ""
    pin_again: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PinLink:
    """A link's token, stored nowhere else, and until when it works. Without a repr."""

    token: str
    expires_at: datetime


def offer_pin_reset(db: Database, *, actor: str, code: str, participant_id: int, reason: str, now: datetime) -> PinLink:
    """Make a link with which a person chooses a new PIN. The old PIN works until then; older links do not.

    Args:
        actor: Username of who makes it.
        code: A fresh code of the actor.
        participant_id: For whom.
        reason: How the person was recognised; goes into the log.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, SIGN_IN_LOCKED, CODE_WRONG, PARTICIPANT_UNKNOWN, PERSON_CLOSED,
            ACCOUNT_BLOCKED.
    """
    why, token = authorise(db, actor=actor, code=code, reason=reason, now=now), new_token()
    link = PinLink(token, now + LINK_LIFE)
    with db.write() as session:
        _, person = locked(session, actor=actor, participant_id=participant_id)
        if person.blocked:
            raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
        rows.replace_link(
            session,
            PinReset(
                token_hash=token_hash(token), participant_id=participant_id, made_by=actor, expires_at=link.expires_at
            ),
        )
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.PIN_RESET_OFFERED,
            subject=participant_name(participant_id),
            after={"reason": why},
        )
    return link


async def reset_pin(db: Database, form: NewPin, *, token: str, address: str, now: datetime) -> None:
    """Set a PIN by a link. Every session of the person ends, and so does the lock after wrong PINs.

    Args:
        form: As typed.
        token: Of the link.
        address: Where the request came from.
        now: When it came.

    Raises:
        FieldErrors: By field: PIN_LENGTH, PIN_REPEATED, PIN_SEQUENCE, PIN_FROM_IDENTITY, PIN_MISMATCH.
        ContestError: TOO_MANY_REQUESTS; PIN_LINK_INVALID, also when somebody else used it first.
    """
    await in_thread(get_throttle().take_try, address)
    hashed_token = token_hash(ascii(token)[1:-1])
    found = await in_thread(_owner, db, token, hashed_token, address, now)
    hashed = await pin_hash.make(_read(form, found))
    await in_thread(_store, db, found, hashed_token, hashed, now)


def _owner(db: Database, token: str, hashed: str, address: str, now: datetime) -> rows.LinkOwner:
    with db.read() as session:
        found = rows.owner(session, token_hash=hashed, now=now)
    if found is None:
        if len(token) == TOKEN_LENGTH:  # what cannot be a token is no guess
            get_throttle().note_failure(address)
        raise ContestError(ErrorCode.PIN_LINK_INVALID)
    return found


def _read(form: NewPin, found: rows.LinkOwner) -> str:
    fields, number = Fields(), parse_citizen_id(found.citizen_id)
    pin = fields.read("pin", lambda: check_pin(form.pin, citizen_id=number, birth_date=found.birth_date))
    if pin is not None and normalise_digits(form.pin_again) != pin:
        fields.errors["pin_again"] = ContestError(ErrorCode.PIN_MISMATCH)
    fields.refuse_if_wrong()
    return pin or ""


def _store(db: Database, found: rows.LinkOwner, hashed_token: str, hashed: str, now: datetime) -> None:
    with db.write() as session:
        used = rows.use(session, token_hash=hashed_token, now=now)
        if not used or not rows.set_pin(session, found=found, pin_hash=hashed):
            raise ContestError(ErrorCode.PIN_LINK_INVALID)
        end_sessions(session, found.participant_id, now=now)
        door.lock_tries(session, citizen_id_index=found.citizen_id_index, now=now)
        door.store_tries(session, citizen_id_index=found.citizen_id_index, tries=Tries(last_at=now))
        who = participant_name(found.participant_id)
        audit.append(session, at=now, actor=who, action=Action.PIN_RESET_DONE, subject=who)
