"""The staff's door: a name and a password, then a code. Locked and throttled like the participants' door."""

from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.lockout import Tries, reserve
from cchc_app.contest.staffing import Action, parse_username
from cchc_app.data import audit, sessions, staff
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffAccount
from cchc_app.services import pin_hash
from cchc_app.services.password_policy import normalise_password
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_codes import matching_step, recovery_hash
from cchc_app.services.staff_sessions import issue_session_ticket
from cchc_app.services.throttle import get_throttle

CODE_TICKET = "code"
CODE_TICKET_LIFE = timedelta(minutes=5)
LONGEST_NAME = 64


async def check_staff_password(db: Database, *, username: str, password: str, address: str, now: datetime) -> str:
    """Judge a name and a password. Nothing in the refusal, nor in its time, tells whether the name is known.

    Args:
        username: As typed.
        password: As typed.
        address: Where the request came from.
        now: When it came.

    Returns:
        A ticket for `check_staff_code`, minutes long.

    Raises:
        ContestError: TOO_MANY_REQUESTS, SIGN_IN_LOCKED, STAFF_SIGN_IN_FAILED, ACCOUNT_BLOCKED.
    """
    if not (username.strip() and password):
        raise ContestError(ErrorCode.STAFF_SIGN_IN_FAILED)  # nothing typed is no try
    get_throttle().take_try(address)
    name = _name(username)
    account, tries = await in_thread(_reserve_try, db, name, now)
    right = await pin_hash.verify(account.password_hash if account else None, normalise_password(password))
    if account is None or not right:
        get_throttle().note_failure(address)
        raise _refusal(tries, ErrorCode.STAFF_SIGN_IN_FAILED)
    if account.disabled_at is not None:
        raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
    return await in_thread(_issue_code_ticket, db, account.id or 0, now)


async def check_staff_code(db: Database, *, ticket: str, code: str, address: str, now: datetime) -> str:
    """Judge a code of the authenticator app, or a recovery code. A code serves once.

    Args:
        ticket: What `check_staff_password` returned.
        code: As typed.
        address: Where the request came from.
        now: When it came.

    Returns:
        A single-use ticket for a session.

    Raises:
        ContestError: TOO_MANY_REQUESTS, TICKET_INVALID (begin again), SIGN_IN_LOCKED, CODE_WRONG, ACCOUNT_BLOCKED.
    """
    get_throttle().take_try(address)
    username, tries = await in_thread(_reserve_code_try, db, ticket, now)
    granted = await in_thread(_let_in, db, username, ticket, code, now)
    if granted is None:
        get_throttle().note_failure(address)
        raise _refusal(tries, ErrorCode.CODE_WRONG)
    return granted


def require_fresh(db: Database, *, actor: str, code: str, now: datetime) -> None:
    """Ask a signed-in member of staff for a code that was not used yet, before something sensitive is done.

    Raises:
        ContestError: SIGN_IN_LOCKED, CODE_WRONG; wrong codes count like wrong sign-ins.
    """
    if not code.strip():
        raise ContestError(ErrorCode.CODE_WRONG)  # nothing typed is no try
    with db.write() as session:
        tries = _reserve(session, actor, now)
    with db.write() as session:
        account = staff.lock_account(session, username=actor)
        if account is not None and _use_code(session, account, code, now):
            forget_tries(session, actor, now)
            return
    raise _refusal(tries, ErrorCode.CODE_WRONG)


def _name(typed: str) -> str:
    try:
        return parse_username(typed)
    except ContestError:
        # Nobody's name; counted all the same, so that it is refused like any other.
        return ascii(typed[:LONGEST_NAME])


def _guard(username: str) -> str:
    return keyring().blind_index(f"staff:{username}")


def _reserve(session: Session, username: str, now: datetime) -> Tries:
    tries = reserve(tries=sessions.lock_tries(session, citizen_id_index=_guard(username), now=now), now=now)
    sessions.store_tries(session, citizen_id_index=_guard(username), tries=tries)
    return tries


def forget_tries(session: Session, username: str, now: datetime) -> None:
    """Forget the wrong tries of a name, and its lock."""
    sessions.store_tries(session, citizen_id_index=_guard(username), tries=Tries(last_at=now))


def _reserve_try(db: Database, username: str, now: datetime) -> tuple[StaffAccount | None, Tries]:
    with db.write() as session:
        return staff.account_by_username(session, username), _reserve(session, username, now)


def _reserve_code_try(db: Database, ticket: str, now: datetime) -> tuple[str, Tries]:
    with db.write() as session:
        holder = staff.ticket_holder(session, token_hash=token_hash(ticket), kind=CODE_TICKET, now=now)
        if holder is None:
            raise ContestError(ErrorCode.TICKET_INVALID)
        return holder.username, _reserve(session, holder.username, now)


def _issue_code_ticket(db: Database, staff_id: int, now: datetime) -> str:
    ticket = new_token()
    with db.write() as session:
        expires_at = now + CODE_TICKET_LIFE
        staff.add_ticket(
            session, token_hash=token_hash(ticket), staff_id=staff_id, kind=CODE_TICKET, expires_at=expires_at
        )
    return ticket


def _let_in(db: Database, username: str, ticket: str, code: str, now: datetime) -> str | None:
    with db.write() as session:
        account = staff.lock_account(session, username=username)
        if account is None or account.disabled_at is not None:
            raise ContestError(ErrorCode.ACCOUNT_BLOCKED)
        if not _use_code(session, account, code, now):
            return None
        if staff.use_ticket(session, token_hash=token_hash(ticket), kind=CODE_TICKET, now=now) is None:
            raise ContestError(ErrorCode.TICKET_INVALID)
        forget_tries(session, username, now)
        audit.append(session, at=now, actor=username, action=Action.SIGNED_IN, subject=f"staff:{username}")
        return issue_session_ticket(session, staff_id=account.id or 0, now=now)


def _use_code(session: Session, account: StaffAccount, code: str, now: datetime) -> bool:
    """Use up a code of the app or a recovery code; False when it is wrong or was used."""
    staff_id = account.id or 0
    step = matching_step(account.totp_secret, code, now=now)
    if step is not None:
        return staff.use_step(session, staff_id=staff_id, step=step)
    if not staff.use_recovery_code(session, staff_id=staff_id, code_hash=recovery_hash(staff_id, code), now=now):
        return False
    username = account.username
    audit.append(session, at=now, actor=username, action=Action.RECOVERY_CODE_USED, subject=f"staff:{username}")
    return True


def _refusal(tries: Tries, code: ErrorCode) -> ContestError:
    if tries.locked_until is not None:
        return ContestError(ErrorCode.SIGN_IN_LOCKED, until=tries.locked_until)
    return ContestError(code)
