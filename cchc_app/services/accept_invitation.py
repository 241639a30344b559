"""Joining the staff: an invitation becomes an account, or gives one a new password and second factor."""

from dataclasses import dataclass, replace
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
from cchc_app.services.staff_sign_in import forget_tries
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
    username: str  # of the account that is reset; empty when one is made


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
    staff_id: int | None  # of the account that is reset
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
    row, account = _invitation(db, token, address, now)
    label = urlsplit(get_settings().resolved_public_url).hostname or ""
    uri = enrolment_uri(row.totp_secret, label=label, issuer=ISSUER)
    return Enrolment(Role(row.role), row.totp_secret, uri, account.username if account else "")


async def accept_invitation(
    db: Database, form: Acceptance, *, token: str, address: str, now: datetime
) -> tuple[str, ...]:
    """Make the account of an invitation, or give the account it names a new password, second factor and codes.

    The latter ends every session and everything the old ones opened.

    Args:
        form: As typed; of a reset, only the password and the code are read.
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
    work = _join if accepted.staff_id is None else _reset
    return await in_thread(work, db, accepted, hashed, now)


def _invitation(db: Database, token: str, address: str, now: datetime) -> tuple[StaffInvitation, StaffAccount | None]:
    with db.read() as session:
        row = staff.open_invitation(session, token_hash=token_hash(ascii(token)[1:-1]), now=now)
        account = None if row is None else staff.account_of_invitation(session, row)
    if row is None:
        if len(token) == TOKEN_LENGTH:  # what cannot be a token is no guess
            get_throttle().note_failure(address)
        raise ContestError(ErrorCode.INVITATION_INVALID)
    return row, account


def _judge(db: Database, form: Acceptance, token: str, address: str, now: datetime) -> _Accepted:
    row, account = _invitation(db, token, address, now)
    if account is not None:
        form = replace(form, username=account.username, display_name=account.display_name, citizen_id="")
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
    return _Accepted(row.id or 0, row.staff_id, row.role, row.totp_secret, step, username, name, password, index)


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
        if accepted.citizen_id_index is not None:
            unrank_number(session, citizen_id_index=accepted.citizen_id_index, actor=username, now=now)
        audit.append(
            session,
            at=now,
            actor=username,
            action=Action.JOINED,
            subject=f"staff:{username}",
            after={"role": accepted.role, "invitation": accepted.invitation_id},
        )
    return codes


def _reset(db: Database, accepted: _Accepted, hashed: str, now: datetime) -> tuple[str, ...]:
    codes = new_recovery_codes()
    with db.write() as session:
        account = staff.lock_account(session, username=accepted.username)
        if account is None or not staff.use_invitation(session, invitation_id=accepted.invitation_id, now=now):
            raise ContestError(ErrorCode.INVITATION_INVALID)
        staff_id = account.id or 0
        account.password_hash, account.totp_secret, account.totp_last_step = hashed, accepted.secret, accepted.step
        session.add(account)
        session.flush()
        hashes = [recovery_hash(staff_id, code) for code in codes]
        staff.replace_recovery_codes(session, staff_id=staff_id, code_hashes=hashes)
        staff.void_resets(session, staff_id=staff_id, now=now)
        staff.revoke_sessions_of(session, staff_id=staff_id, now=now)
        forget_tries(session, account.username, now)
        audit.append(
            session,
            at=now,
            actor=account.username,
            action=Action.RESET_DONE,
            subject=f"staff:{account.username}",
            after={"invitation": accepted.invitation_id},
        )
    return codes
