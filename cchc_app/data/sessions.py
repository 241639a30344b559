"""Queries of the door: wrong tries, single-use tickets, signed-in browsers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from cchc_app.contest.lockout import Tries
from cchc_app.data.inserts import insert_into
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.data.tables import AuthSession, Consent, Participant, SignInGuard, SignInTicket, Unit


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A live session with its person."""

    session_id: int
    last_seen_at: datetime
    expires_at: datetime
    participant_id: int
    full_name: str
    citizen_id_masked: str
    identity_normalised: bool
    unit_id: int
    unit_name: str
    ranked: bool
    agreed_version: str | None  # of the newest consent; None when there is none or it was withdrawn


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of a person's live sessions."""

    token_hash: str
    device: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class PinOwner:
    """A signed-in person as a change of the PIN sees them. Without a repr: it holds a citizen ID."""

    participant_id: int
    pin_hash: str | None
    citizen_id: str
    citizen_id_index: str
    birth_date: date
    by_vneid: bool  # the session was begun by VNeID's word
    signed_in_at: datetime


def lock_tries(session: Session, *, citizen_id_index: str, now: datetime) -> Tries:
    """The tries stored for a number; their row is locked until the transaction ends, made if there was none."""
    guard = (col(SignInGuard.failures), col(SignInGuard.locked_until), col(SignInGuard.updated_at))
    # Writing back what is there takes the lock and reads in one statement: the row cannot vanish in between.
    row = session.execute(
        insert_into(session, SignInGuard)
        .values(citizen_id_index=citizen_id_index, failures=0, updated_at=now)
        .on_conflict_do_update(index_elements=["citizen_id_index"], set_={"failures": col(SignInGuard.failures)})
        .returning(*guard)
    ).one()
    return Tries(*row)


def store_tries(session: Session, *, citizen_id_index: str, tries: Tries) -> None:
    """Write what `lock_tries` gave, changed."""
    session.execute(
        update(SignInGuard)
        .where(col(SignInGuard.citizen_id_index) == citizen_id_index)
        .values(failures=tries.failures, locked_until=tries.locked_until, updated_at=tries.last_at)
    )


def add_ticket(session: Session, *, token_hash: str, participant_id: int, expires_at: datetime) -> None:
    """Store a ticket."""
    session.add(SignInTicket(token_hash=token_hash, participant_id=participant_id, expires_at=expires_at))


def use_ticket(session: Session, *, token_hash: str, now: datetime) -> int | None:
    """Use a ticket up, whoever else tries at the same time.

    Returns:
        Its person's id, None when it is unknown, used or too old.
    """
    return session.execute(
        update(SignInTicket)
        .where(
            col(SignInTicket.token_hash) == token_hash,
            col(SignInTicket.used_at).is_(None),
            col(SignInTicket.expires_at) > now,
        )
        .values(used_at=now)
        .returning(col(SignInTicket.participant_id))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def add_session(
    session: Session,
    *,
    token_hash: str,
    participant_id: int,
    device: str,
    by_vneid: bool,
    now: datetime,
    idle_expires_at: datetime,
    expires_at: datetime,
) -> None:
    """Store a signed-in browser."""
    session.add(
        AuthSession(
            token_hash=token_hash,
            participant_id=participant_id,
            device=device,
            by_vneid=by_vneid,
            created_at=now,
            last_seen_at=now,
            idle_expires_at=idle_expires_at,
            expires_at=expires_at,
        )
    )


_sessions, _people, _units, _consents = (
    table.__table__.c  # type: ignore[attr-defined]
    for table in (AuthSession, Participant, Unit, Consent)
)
_AGREED_VERSION = (
    sa.select(sa.case((_consents.withdrawn_at.is_(None), _consents.version)))
    .where(_consents.participant_id == _people.id, _consents.purpose == PARTICIPATION)
    .order_by(_consents.id.desc())
    .limit(1)
    .scalar_subquery()
)
# Built once, on plain columns: this runs with nearly every event. Nothing is decrypted here.
_LIVE_SESSION = sa.select(
    _sessions.id,
    _sessions.last_seen_at,
    _sessions.expires_at,
    _people.id,
    _people.full_name,
    _people.citizen_id_masked,
    _people.identity_normalised,
    _people.unit_id,
    _units.name,
    _people.ranked,
    _AGREED_VERSION,
).where(
    _people.id == _sessions.participant_id,
    _units.id == _people.unit_id,
    _sessions.token_hash == sa.bindparam("token_hash"),
    _sessions.revoked_at.is_(None),
    _sessions.expires_at > sa.bindparam("now"),
    _sessions.idle_expires_at > sa.bindparam("now"),
    _people.blocked.is_(False),
)


def live_session(connection: sa.Connection, *, token_hash: str, now: datetime) -> SessionRow | None:
    """The session of a token with its person; None when revoked, too old, or when the person is blocked."""
    row = connection.execute(_LIVE_SESSION, {"token_hash": token_hash, "now": now}).first()
    return None if row is None else SessionRow(*row)


def extend_session(session: Session, *, session_id: int, now: datetime, idle_expires_at: datetime) -> None:
    """Note that a live session was seen."""
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.id) == session_id, col(AuthSession.revoked_at).is_(None))
        .values(last_seen_at=now, idle_expires_at=idle_expires_at)
    )


def open_sessions(session: Session, *, participant_id: int, now: datetime) -> list[OpenSession]:
    """A person's live sessions, the one seen last first."""
    rows = session.exec(
        select(AuthSession)
        .where(
            AuthSession.participant_id == participant_id,
            col(AuthSession.revoked_at).is_(None),
            col(AuthSession.expires_at) > now,
            col(AuthSession.idle_expires_at) > now,
        )
        .order_by(col(AuthSession.last_seen_at).desc(), col(AuthSession.id).desc())
    )
    return [OpenSession(row.token_hash, row.device, row.created_at, row.last_seen_at) for row in rows]


def revoked_since(connection: sa.Connection, since: datetime) -> set[str]:
    """Token hashes of the sessions that were ended from an instant on."""
    statement = sa.select(_sessions.token_hash).where(_sessions.revoked_at >= since)
    return set(connection.execute(statement).scalars())


def pin_owner(session: Session, *, token_hash: str, now: datetime) -> PinOwner | None:
    """The person of a live session as a change of the PIN sees them; None when the session is over."""
    row = session.execute(
        sa.select(
            _people.id,
            _people.pin_hash,
            _people.citizen_id,
            _people.citizen_id_index,
            _people.birth_date,
            _sessions.by_vneid,
            _sessions.created_at,
        )
        .join_from(Participant, AuthSession, _sessions.participant_id == _people.id)
        .where(*_live(token_hash, now), col(Participant.blocked).is_(False))
    ).first()
    return None if row is None else PinOwner(*row)


def set_pin(session: Session, *, owner: PinOwner, pin_hash: str, token_hash: str, now: datetime) -> bool:
    """Store a PIN; False when the session is over by now, or the PIN or the number is another one than was judged."""
    done = session.execute(
        update(Participant)
        .where(
            col(Participant.id) == owner.participant_id,
            col(Participant.pin_hash).is_not_distinct_from(owner.pin_hash),
            col(Participant.citizen_id_index) == owner.citizen_id_index,
            col(Participant.blocked).is_(False),
            select(AuthSession.id).where(*_live(token_hash, now)).exists(),
        )
        .values(pin_hash=pin_hash)
        .returning(col(Participant.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def end_other_sessions(session: Session, *, participant_id: int, token_hash: str, now: datetime) -> None:
    """End every session of a person but one, and every unused ticket."""
    session.execute(
        update(AuthSession)
        .where(
            col(AuthSession.participant_id) == participant_id,
            col(AuthSession.token_hash) != token_hash,
            col(AuthSession.revoked_at).is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(SignInTicket).where(col(SignInTicket.participant_id) == participant_id))


def _live(token_hash: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(AuthSession.token_hash) == token_hash,
        col(AuthSession.revoked_at).is_(None),
        col(AuthSession.expires_at) > now,
        col(AuthSession.idle_expires_at) > now,
    )


def revoke_session(session: Session, *, token_hash: str, now: datetime) -> None:
    """End one browser's session."""
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.token_hash) == token_hash, col(AuthSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )


def revoke_all_sessions(session: Session, *, token_hash: str, now: datetime) -> None:
    """End every session of the person behind one live session."""
    mine = select(AuthSession.participant_id).where(
        AuthSession.token_hash == token_hash, col(AuthSession.revoked_at).is_(None)
    )
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.participant_id).in_(mine), col(AuthSession.revoked_at).is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def delete_stale(session: Session, *, now: datetime, dead_before: datetime, forgotten_after: timedelta) -> None:
    """Delete tickets that are over, sessions that ended before `dead_before`, tries nobody remembers."""
    session.execute(delete(SignInTicket).where(col(SignInTicket.expires_at) <= now))
    session.execute(
        delete(AuthSession).where(
            or_(
                col(AuthSession.expires_at) <= dead_before,
                col(AuthSession.idle_expires_at) <= dead_before,
                col(AuthSession.revoked_at) <= dead_before,
            )
        )
    )
    session.execute(delete(SignInGuard).where(col(SignInGuard.updated_at) <= now - forgotten_after))
