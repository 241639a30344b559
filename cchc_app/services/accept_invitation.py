"""Joining the staff: an invitation becomes an account with a name, a password and a second factor."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import normalise_name, parse_citizen_id
from cchc_app.contest.staffing import Action, parse_username
from cchc_app.data import audit, staff
from cchc_app.data.crypto import keyring, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffAccount, StaffInvitation
from cchc_app.services import pin_hash
from cchc_app.services.field_errors import FieldErrors, Fields
from cchc_app.services.password_policy import check_password, normalise_password
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_codes import enrolment_uri, matching_step, new_recovery_codes, recovery_hash
from cchc_app.services.throttle import get_throttle
from cchc_app.services.unrank import unrank_number
from cchc_app.settings import get_settings
from cchc_app.texts.admin import ISSUER

TOKEN_LENGTH = 43  # of `data.crypto.new_token`


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What the person invited is shown: the role, and the second factor to scan or type. Without a repr."""

    role: Role
    secret: str
    uri: str


@dataclass(frozen=True, slots=True, repr=False)
class Acceptance:
    """The form as typed. Without a repr: it holds a password."""

    username: str = ""
    display_name: str = ""
    password: str = ""
    password_again: str = ""
    citizen_id: str = ""  # optional
    code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class _Accepted:
    invitation_id: int
    role: str
    secret: str
    step: int
    username: str
    display_name: str
    password: str
    citizen_id_index: str | None


def enrolment(db: Database, *, token: str, address: str, now: datetime) -> Enrolment:
    """What an invitation offers.

    Raises:
        ContestError: INVITATION_INVALID, TOO_MANY_REQUESTS.
    """
    get_throttle().take_try(address)
    row = _invitation(db, token, address, now)
    label = urlsplit(get_settings().resolved_public_url).hostname or ""
    return Enrolment(Role(row.role), row.totp_secret, enrolment_uri(row.totp_secret, label=label, issuer=ISSUER))


async def accept_invitation(
    db: Database, form: Acceptance, *, token: str, address: str, now: datetime
) -> tuple[str, ...]:
    """Make the account of an invitation.

    Args:
        form: As typed.
        token: Of the invitation.
        address: Where the request came from.
        now: When it came.

    Returns:
        Recovery codes, to be shown once: only their hashes are kept.

    Raises:
        FieldErrors: By field: USERNAME_*, NAME_*, PASSWORD_*, CITIZEN_ID_*, CODE_WRONG.
        ContestError: INVITATION_INVALID, also when somebody else accepted it first; TOO_MANY_REQUESTS.
    """
    get_throttle().take_try(address)
    accepted = await in_thread(_judge, db, form, token, address, now)
    hashed = await pin_hash.make(accepted.password)
    return await in_thread(_join, db, accepted, hashed, now)


def _invitation(db: Database, token: str, address: str, now: datetime) -> StaffInvitation:
    with db.read() as session:
        row = staff.open_invitation(session, token_hash=token_hash(ascii(token)[1:-1]), now=now)
    if row is None:
        if len(token) == TOKEN_LENGTH:  # what cannot be a token is no guess
            get_throttle().note_failure(address)
        raise ContestError(ErrorCode.INVITATION_INVALID)
    return row


def _judge(db: Database, form: Acceptance, token: str, address: str, now: datetime) -> _Accepted:
    row = _invitation(db, token, address, now)
    fields = Fields()
    username = fields.read("username", lambda: parse_username(form.username))
    name = fields.read("display_name", lambda: normalise_name(form.display_name))
    context = (form.username, form.display_name)
    password = fields.read("password", lambda: check_password(form.password, context=context))
    if password is not None and normalise_password(form.password_again) != password:
        fields.errors["password_again"] = ContestError(ErrorCode.PASSWORD_MISMATCH)
    index = fields.read("citizen_id", lambda: _index(form.citizen_id))
    step = matching_step(row.totp_secret, form.code, now=now)
    if step is None:
        fields.errors["code"] = ContestError(ErrorCode.CODE_WRONG)
    fields.refuse_if_wrong()
    if username is None or name is None or password is None or step is None:
        raise AssertionError("a field was neither read nor refused")
    return _Accepted(row.id or 0, row.role, row.totp_secret, step, username, name, password, index)


def _index(typed: str) -> str | None:
    return keyring().blind_index(parse_citizen_id(typed).number) if typed.strip() else None


def _join(db: Database, accepted: _Accepted, hashed: str, now: datetime) -> tuple[str, ...]:
    username, codes = accepted.username, new_recovery_codes()
    account = StaffAccount(
        username=username,
        display_name=accepted.display_name,
        role=accepted.role,
        password_hash=hashed,
        totp_secret=accepted.secret,
        totp_last_step=accepted.step,
        citizen_id_index=accepted.citizen_id_index,
        created_at=now,
    )
    with db.write() as session:
        if not staff.use_invitation(session, invitation_id=accepted.invitation_id, now=now):
            raise ContestError(ErrorCode.INVITATION_INVALID)
        staff_id = staff.add_account(session, account)
        if staff_id is None:
            raise FieldErrors({"username": ContestError(ErrorCode.USERNAME_TAKEN)})
        hashes = [recovery_hash(staff_id, code) for code in codes]
        staff.add_recovery_codes(session, staff_id=staff_id, code_hashes=hashes)
        audit.append(
            session,
            at=now,
            actor=username,
            action=Action.JOINED,
            subject=f"staff:{username}",
            after={"role": accepted.role, "invitation": accepted.invitation_id},
        )
        if accepted.citizen_id_index is not None:
            unrank_number(session, citizen_id_index=accepted.citizen_id_index, actor=username, now=now)
    return codes
