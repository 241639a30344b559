"""Staff accounts: invited, joined, given roles, disabled, given new passwords. Everything is in the audit log."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.access import STAFF_ROLES, Permission, Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import COMMAND_LINE, Action, parse_username
from cchc_app.data import audit, staff
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffAccount, StaffInvitation
from cchc_app.services.staff_codes import new_secret
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh

INVITATION_LIFE = timedelta(hours=24)
_ROLES = {role.value: role for role in STAFF_ROLES}


@dataclass(frozen=True, slots=True, repr=False)
class NewInvitation:
    """What is handed to the person invited; the token is stored nowhere else. Without a repr."""

    token: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One line of the list of staff."""

    username: str
    display_name: str
    role: Role
    disabled: bool


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation nobody has accepted yet."""

    number: int
    role: Role
    resets: str  # username of the account it resets, empty when it makes one
    invited_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everybody on the staff, by name, and who is invited."""

    members: tuple[StaffMember, ...]
    invitations: tuple[OpenInvitation, ...]


def create_admin(db: Database, *, now: datetime) -> NewInvitation:
    """Invite an administrator from the command line: whoever may run it holds the keys and the database anyway."""
    with db.write() as session:
        return _invite(session, role=Role.ADMINISTRATOR, actor=COMMAND_LINE, now=now)


def invite(db: Database, *, actor: str, role: str, code: str, now: datetime) -> NewInvitation:
    """Invite somebody to the staff.

    Args:
        actor: Username of who invites.
        role: A staff role's value.
        code: A fresh code of the actor.
        now: When (aware).

    Raises:
        ContestError: ROLE_MISSING, NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG.
    """
    wanted = _staff_role(role)
    _authorise(db, actor, code, now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.MANAGE_STAFF)
        return _invite(session, role=wanted, actor=actor, now=now)


def offer_reset(db: Database, *, actor: str, username: str, code: str, now: datetime) -> NewInvitation:
    """Offer somebody who lost the password or the second factor new ones, by a link like an invitation's.

    Until the link is used the old ones serve; of several links for one account the newest does. A disabled account
    stays disabled.

    Raises:
        ContestError: STAFF_UNKNOWN, NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG.
    """
    _authorise(db, actor, code, now)
    with db.write() as session:
        account = _account_to_change(session, actor, username)
        staff.void_resets(session, staff_id=account.id or 0, now=now)
        return _invite(session, role=Role(account.role), actor=actor, now=now, account=account)


def withdraw(db: Database, *, actor: str, number: int, now: datetime) -> None:
    """Take an open invitation back; one that is over stays over.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.MANAGE_STAFF)
        if staff.use_invitation(session, invitation_id=number, now=now):
            subject = f"invitation:{number}"
            audit.append(session, at=now, actor=actor, action=Action.INVITATION_WITHDRAWN, subject=subject)


def staff_list(db: Database, *, actor: str, now: datetime) -> StaffList:
    """Everybody on the staff.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.MANAGE_STAFF)
        return StaffList(
            tuple(
                StaffMember(row.username, row.display_name, Role(row.role), row.disabled_at is not None)
                for row in staff.accounts(session)
            ),
            tuple(
                OpenInvitation(row.id or 0, Role(row.role), _resets(session, row), row.invited_by, row.expires_at)
                for row in staff.open_invitations(session, now=now)
            ),
        )


def change_role(db: Database, *, actor: str, username: str, role: str, code: str, now: datetime) -> None:
    """Give an account another role; it signs in anew, and no page of the old role stays open.

    Raises:
        ContestError: ROLE_MISSING, STAFF_UNKNOWN, LAST_ADMINISTRATOR, NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG.
    """
    wanted = _staff_role(role)
    _authorise(db, actor, code, now)
    with db.write() as session:
        account = _account_to_change(session, actor, username)
        before = account.role
        _keep_an_administrator(session, account, stays=wanted is Role.ADMINISTRATOR)
        if before == wanted.value:
            return
        account.role = wanted.value
        staff.revoke_sessions_of(session, staff_id=account.id or 0, now=now)
        session.add(account)
        session.flush()
        _log(session, now, actor, Action.ROLE_CHANGED, account, {"role": before}, {"role": wanted.value})


def set_disabled(db: Database, *, actor: str, username: str, disabled: bool, code: str, now: datetime) -> None:
    """Shut an account out of every browser at once, or let it in again.

    Raises:
        ContestError: STAFF_UNKNOWN, LAST_ADMINISTRATOR, NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG.
    """
    _authorise(db, actor, code, now)
    with db.write() as session:
        account = _account_to_change(session, actor, username)
        if (account.disabled_at is not None) is disabled:
            return
        if disabled:
            _keep_an_administrator(session, account, stays=False)
            staff.revoke_sessions_of(session, staff_id=account.id or 0, now=now)
        account.disabled_at = now if disabled else None
        session.add(account)
        session.flush()
        action = Action.DISABLED if disabled else Action.ENABLED
        _log(session, now, actor, action, account, {"disabled": not disabled}, {"disabled": disabled})


def _authorise(db: Database, actor: str, code: str, now: datetime) -> None:
    """A fresh code of somebody who may manage staff; others do not get as far as the code."""
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.MANAGE_STAFF)
    require_fresh(db, actor=actor, code=code, now=now)


def _staff_role(raw: str) -> Role:
    role = _ROLES.get(raw)
    if role is None:
        raise ContestError(ErrorCode.ROLE_MISSING)
    return role


def _resets(session: Session, row: StaffInvitation) -> str:
    account = staff.account_of_invitation(session, row)
    return account.username if account else ""


def _invite(
    session: Session, *, role: Role, actor: str, now: datetime, account: StaffAccount | None = None
) -> NewInvitation:
    token, expires_at = new_token(), now + INVITATION_LIFE
    row = StaffInvitation(
        token_hash=token_hash(token),
        role=role.value,
        totp_secret=new_secret(),
        staff_id=account.id if account else None,
        invited_by=actor,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.RESET_OFFERED if account else Action.INVITED,
        subject=f"staff:{account.username}" if account else f"invitation:{row.id}",
        after={"invitation": row.id} if account else {"role": role.value},
    )
    return NewInvitation(token, role, expires_at)


def _account_to_change(session: Session, actor: str, username: str) -> StaffAccount:
    # All administrators first, in one order: two who disable each other at once leave one of them.
    staff.lock_administrators(session)
    acting(session, actor=actor, permission=Permission.MANAGE_STAFF)
    try:
        account = staff.lock_account(session, username=parse_username(username))
    except ContestError:
        account = None
    if account is None:
        raise ContestError(ErrorCode.STAFF_UNKNOWN)
    return account


def _keep_an_administrator(session: Session, account: StaffAccount, *, stays: bool) -> None:
    others = [row for row in staff.lock_administrators(session) if row.id != account.id]
    is_one = account.role == Role.ADMINISTRATOR and account.disabled_at is None
    if is_one and not stays and not others:
        raise ContestError(ErrorCode.LAST_ADMINISTRATOR)


def _log(
    session: Session,
    now: datetime,
    actor: str,
    action: Action,
    account: StaffAccount,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    audit.append(
        session,
        at=now,
        actor=actor,
        action=action,
        subject=f"staff:{account.username}",
        before=before,
        after=after,
    )
