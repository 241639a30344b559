"""Queries of staff accounts, their second factors, invitations, tickets and sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from cchc_app.contest.access import Role
from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import RecoveryCode, StaffAccount, StaffInvitation, StaffSession, StaffTicket


@dataclass(frozen=True, slots=True)
class StaffSessionRow:
    """A live session with its account."""

    session_id: int
    last_seen_at: datetime
    expires_at: datetime
    staff_id: int
    username: str
    display_name: str
    role: str


def account_by_username(session: Session, username: str) -> StaffAccount | None:
    """The account of a name, disabled or not."""
    return session.exec(select(StaffAccount).where(StaffAccount.username == username)).first()


def lock_account(session: Session, *, username: str) -> StaffAccount | None:
    """The account of a name, as it is now, locked until the transaction ends."""
    return session.exec(
        select(StaffAccount)
        .where(StaffAccount.username == username)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def lock_administrators(session: Session) -> Sequence[StaffAccount]:
    """Every administrator who may act, locked in one order: two who demote each other at once happen one by one."""
    return session.exec(
        select(StaffAccount)
        .where(StaffAccount.role == Role.ADMINISTRATOR.value, col(StaffAccount.disabled_at).is_(None))
        .order_by(col(StaffAccount.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def add_account(session: Session, account: StaffAccount) -> int | None:
    """Add an account; the unique constraint decides who gets a name.

    Returns:
        The new row's id, None when the name is taken.
    """
    values = account.model_dump(exclude={"id"})
    statement = insert_into(session, StaffAccount).values(**values).on_conflict_do_nothing(index_elements=["username"])
    return session.execute(statement.returning(col(StaffAccount.id))).scalar_one_or_none()


def accounts(session: Session) -> Sequence[StaffAccount]:
    """Every account by name."""
    return session.exec(select(StaffAccount).order_by(col(StaffAccount.username))).all()


def use_step(session: Session, *, staff_id: int, step: int) -> bool:
    """Use up a 30-second step of an account's codes, and all older ones; False when it was used already."""
    done = session.execute(
        update(StaffAccount)
        .where(col(StaffAccount.id) == staff_id, col(StaffAccount.totp_last_step) < step)
        .values(totp_last_step=step)
        .returning(col(StaffAccount.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def add_recovery_codes(session: Session, *, staff_id: int, code_hashes: Sequence[str]) -> None:
    """Store the recovery codes of a new account."""
    session.add_all(RecoveryCode(code_hash=hashed, staff_id=staff_id) for hashed in code_hashes)


def replace_recovery_codes(session: Session, *, staff_id: int, code_hashes: Sequence[str]) -> None:
    """Store new recovery codes of an account; the ones before serve no more."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.staff_id) == staff_id))
    add_recovery_codes(session, staff_id=staff_id, code_hashes=code_hashes)


def use_recovery_code(session: Session, *, staff_id: int, code_hash: str, now: datetime) -> bool:
    """Use up a recovery code of an account, whoever else tries at the same time."""
    done = session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.code_hash) == code_hash,
            col(RecoveryCode.staff_id) == staff_id,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(RecoveryCode.code_hash))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def open_invitations(session: Session, *, now: datetime) -> Sequence[StaffInvitation]:
    """Invitations that may still be accepted, newest first."""
    return session.exec(
        select(StaffInvitation)
        .where(col(StaffInvitation.used_at).is_(None), col(StaffInvitation.expires_at) > now)
        .order_by(col(StaffInvitation.id).desc())
    ).all()


def open_invitation(session: Session, *, token_hash: str, now: datetime) -> StaffInvitation | None:
    """The invitation of a token, if it may still be accepted."""
    return session.exec(
        select(StaffInvitation).where(
            StaffInvitation.token_hash == token_hash,
            col(StaffInvitation.used_at).is_(None),
            col(StaffInvitation.expires_at) > now,
        )
    ).first()


def account_of_invitation(session: Session, invitation: StaffInvitation) -> StaffAccount | None:
    """The account whose password and second factor an invitation replaces; None when it makes one."""
    return None if invitation.staff_id is None else session.get_one(StaffAccount, invitation.staff_id)


def void_resets(session: Session, *, staff_id: int, now: datetime) -> None:
    """Use up every open invitation that would reset an account."""
    session.execute(
        update(StaffInvitation)
        .where(col(StaffInvitation.staff_id) == staff_id, col(StaffInvitation.used_at).is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def use_invitation(session: Session, *, invitation_id: int, now: datetime) -> bool:
    """Use an invitation up, whoever else tries at the same time."""
    done = session.execute(
        update(StaffInvitation)
        .where(
            col(StaffInvitation.id) == invitation_id,
            col(StaffInvitation.used_at).is_(None),
            col(StaffInvitation.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(StaffInvitation.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def add_ticket(session: Session, *, token_hash: str, staff_id: int, kind: str, expires_at: datetime) -> None:
    """Store a ticket."""
    session.add(StaffTicket(token_hash=token_hash, staff_id=staff_id, kind=kind, expires_at=expires_at))
    session.flush()


def ticket_holder(session: Session, *, token_hash: str, kind: str, now: datetime) -> StaffAccount | None:
    """The account of a ticket that may still be used; nothing is used up."""
    return session.exec(
        select(StaffAccount)
        .join(StaffTicket, col(StaffTicket.staff_id) == col(StaffAccount.id))
        .where(
            StaffTicket.token_hash == token_hash,
            StaffTicket.kind == kind,
            col(StaffTicket.used_at).is_(None),
            col(StaffTicket.expires_at) > now,
        )
    ).first()


def use_ticket(session: Session, *, token_hash: str, kind: str, now: datetime) -> int | None:
    """Use a ticket up, whoever else tries at the same time.

    Returns:
        Its account's id, None when it is unknown, used or too old.
    """
    return session.execute(
        update(StaffTicket)
        .where(
            col(StaffTicket.token_hash) == token_hash,
            col(StaffTicket.kind) == kind,
            col(StaffTicket.used_at).is_(None),
            col(StaffTicket.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(StaffTicket.staff_id))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def add_session(
    session: Session,
    *,
    token_hash: str,
    staff_id: int,
    now: datetime,
    idle_expires_at: datetime,
    expires_at: datetime,
) -> None:
    """Store a signed-in browser."""
    session.add(
        StaffSession(
            token_hash=token_hash,
            staff_id=staff_id,
            created_at=now,
            last_seen_at=now,
            idle_expires_at=idle_expires_at,
            expires_at=expires_at,
        )
    )


_sessions, _accounts = (table.__table__.c for table in (StaffSession, StaffAccount))  # type: ignore[attr-defined]
# Built once, on plain columns: this runs with every event of the staff's pages. Nothing is decrypted here.
_LIVE_SESSION = sa.select(
    _sessions.id,
    _sessions.last_seen_at,
    _sessions.expires_at,
    _accounts.id,
    _accounts.username,
    _accounts.display_name,
    _accounts.role,
).where(
    _accounts.id == _sessions.staff_id,
    _sessions.token_hash == sa.bindparam("token_hash"),
    _sessions.revoked_at.is_(None),
    _sessions.expires_at > sa.bindparam("now"),
    _sessions.idle_expires_at > sa.bindparam("now"),
    _accounts.disabled_at.is_(None),
)


def live_session(connection: sa.Connection, *, token_hash: str, now: datetime) -> StaffSessionRow | None:
    """The session of a token with its account; None when revoked, too old, or when the account is disabled."""
    row = connection.execute(_LIVE_SESSION, {"token_hash": token_hash, "now": now}).first()
    return None if row is None else StaffSessionRow(*row)


def live_roles(connection: sa.Connection, *, token_hashes: Collection[str], now: datetime) -> dict[str, str]:
    """Which of these sessions are alive, with the role of their account."""
    statement = sa.select(_sessions.token_hash, _accounts.role).where(
        _accounts.id == _sessions.staff_id,
        _sessions.token_hash.in_(token_hashes),
        _sessions.revoked_at.is_(None),
        _sessions.expires_at > now,
        _sessions.idle_expires_at > now,
        _accounts.disabled_at.is_(None),
    )
    return {found.token_hash: found.role for found in connection.execute(statement)}


def extend_session(session: Session, *, session_id: int, now: datetime, idle_expires_at: datetime) -> None:
    """Note that a live session was seen."""
    session.execute(
        update(StaffSession)
        .where(col(StaffSession.id) == session_id, col(StaffSession.revoked_at).is_(None))
        .values(last_seen_at=now, idle_expires_at=idle_expires_at)
    )


def revoke_session(session: Session, *, token_hash: str, now: datetime) -> int | None:
    """End one browser's session; the id of its account, None when it was over already."""
    return session.execute(
        update(StaffSession)
        .where(col(StaffSession.token_hash) == token_hash, col(StaffSession.revoked_at).is_(None))
        .values(revoked_at=now)
        .returning(col(StaffSession.staff_id))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def revoked_since(connection: sa.Connection, since: datetime) -> set[str]:
    """Token hashes of the sessions that were ended from an instant on."""
    statement = sa.select(_sessions.token_hash).where(_sessions.revoked_at >= since)
    return set(connection.execute(statement).scalars())


def revoke_sessions_of(session: Session, *, staff_id: int, now: datetime) -> None:
    """End every session of an account; whoever was half way in begins again."""
    session.execute(delete(StaffTicket).where(col(StaffTicket.staff_id) == staff_id))
    session.execute(
        update(StaffSession)
        .where(col(StaffSession.staff_id) == staff_id, col(StaffSession.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def delete_stale(session: Session, *, now: datetime, dead_before: datetime) -> None:
    """Delete tickets that are over and sessions that ended before `dead_before`."""
    session.execute(delete(StaffTicket).where(col(StaffTicket.expires_at) <= now))
    session.execute(
        delete(StaffSession).where(
            or_(
                col(StaffSession.expires_at) <= dead_before,
                col(StaffSession.idle_expires_at) <= dead_before,
                col(StaffSession.revoked_at) <= dead_before,
            )
        )
    )
