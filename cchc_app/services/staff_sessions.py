"""Signed-in browsers of the staff: made from a ticket, looked up for every event, ended. Shorter than participants'."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.access import Permission, Role, allows
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, staff
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffAccount
from cchc_app.services.sessions import cookie_is_secure
from cchc_app.settings import get_settings

SESSION_TICKET_LIFE = timedelta(seconds=30)
SESSION_TICKET = "session"
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, repr=False)
class NewStaffSession:
    """What the browser is given; the token is stored nowhere else. Without a repr."""

    token: str
    life: timedelta


@dataclass(frozen=True, slots=True)
class StaffViewer:
    """The account behind a live session of the staff."""

    staff_id: int
    username: str
    display_name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether its role allows something."""
        return allows(self.role, permission)


def staff_cookie_name() -> str:
    """The staff cookie's name, another one than the participants'."""
    return "__Host-cchc_bqt" if cookie_is_secure() else "cchc_bqt"


def issue_session_ticket(session: Session, *, staff_id: int, now: datetime) -> str:
    """A single-use ticket for a session, stored in the caller's transaction."""
    ticket = new_token()
    expires_at = now + SESSION_TICKET_LIFE
    staff.add_ticket(
        session, token_hash=token_hash(ticket), staff_id=staff_id, kind=SESSION_TICKET, expires_at=expires_at
    )
    return ticket


def redeem(db: Database, *, ticket: str, now: datetime) -> NewStaffSession:
    """Turn a ticket into a session.

    Raises:
        ContestError: TICKET_INVALID for an unknown, used or old ticket.
    """
    token, life = new_token(), timedelta(hours=get_settings().staff_absolute_hours)
    with db.write() as session:
        staff_id = staff.use_ticket(session, token_hash=token_hash(ticket), kind=SESSION_TICKET, now=now)
        if staff_id is None:
            raise ContestError(ErrorCode.TICKET_INVALID)
        staff.add_session(
            session,
            token_hash=token_hash(token),
            staff_id=staff_id,
            now=now,
            idle_expires_at=_idle_end(now, now + life),
            expires_at=now + life,
        )
    return NewStaffSession(token, life)


def staff_viewer(db: Database, *, token_hash: str, now: datetime) -> StaffViewer | None:
    """The account of a live session; None when it is unknown, revoked or over, or the account is disabled.

    Being seen keeps the session alive, up to its absolute end.
    """
    with db.look() as connection:
        found = staff.live_session(connection, token_hash=token_hash, now=now)
    if found is None:
        return None
    if now - found.last_seen_at >= SEEN_EVERY:
        with db.write() as session:
            staff.extend_session(
                session, session_id=found.session_id, now=now, idle_expires_at=_idle_end(now, found.expires_at)
            )
    return StaffViewer(found.staff_id, found.username, found.display_name, Role(found.role))


def acting(session: Session, *, actor: str, permission: Permission) -> StaffAccount:
    """The account that acts, checked in the transaction of what it does.

    Raises:
        ContestError: NOT_ALLOWED when it is unknown, disabled, or its role does not allow it (any more).
    """
    return _allowed(staff.lock_account(session, username=actor), permission)


def reading(session: Session, *, actor: str, permission: Permission) -> StaffAccount:
    """As `acting`, for what writes nothing: no lock."""
    return _allowed(staff.account_by_username(session, actor), permission)


def _allowed(account: StaffAccount | None, permission: Permission) -> StaffAccount:
    if account is None or account.disabled_at is not None or not allows(Role(account.role), permission):
        raise ContestError(ErrorCode.NOT_ALLOWED)
    return account


def who_still_may(db: Database, *, token_hashes: Collection[str], permission: Permission, now: datetime) -> set[str]:
    """Which of these sessions are alive and of a role that allows something: for what is sent without being asked for.

    One query, and nobody counts as seen by it.
    """
    with db.look() as connection:
        roles = staff.live_roles(connection, token_hashes=token_hashes, now=now)
    return {token_hash for token_hash, role in roles.items() if allows(Role(role), permission)}


def staff_ended_since(db: Database, since: datetime) -> set[str]:
    """Token hashes of the staff's sessions that were ended from an instant on."""
    with db.look() as connection:
        return staff.revoked_since(connection, since)


def staff_sign_out(db: Database, *, token_hash: str, now: datetime) -> None:
    """End one browser's session; an unknown one is none."""
    with db.write() as session:
        staff_id = staff.revoke_session(session, token_hash=token_hash, now=now)
        if staff_id is not None:
            username = session.get_one(StaffAccount, staff_id).username
            audit.append(session, at=now, actor=username, action=Action.SIGNED_OUT, subject=f"staff:{username}")


def _idle_end(now: datetime, expires_at: datetime) -> datetime:
    return min(now + timedelta(minutes=get_settings().staff_idle_minutes), expires_at)
