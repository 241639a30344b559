"""Signed-in browsers: made from a ticket, looked up for every private thing, ended."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.lockout import FORGOTTEN_AFTER
from cchc_app.data import sessions as rows
from cchc_app.data import staff
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.vneid import delete_expired
from cchc_app.settings import get_settings
from cchc_app.texts.privacy import VERSION

TICKET_LIFE = timedelta(seconds=30)
# Reading a page must not cost a write each time.
SEEN_EVERY = timedelta(minutes=10)
# Ended sessions stay for a while, so that support can see what happened.
KEPT_AFTER_END = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a live session."""

    participant_id: int
    full_name: str
    unit_id: int
    unit_name: str
    citizen_id_masked: str
    identity_normalised: bool
    ranked: bool
    agrees: bool  # to the privacy notice as it is now; who does not goes no further than the page that asks


@dataclass(frozen=True, slots=True, repr=False)
class NewSession:
    """What the browser is given; the token is stored nowhere else. Without a repr."""

    token: str
    life: timedelta
    participant_id: int


@dataclass(frozen=True, slots=True)
class Device:
    """One of a person's signed-in browsers, as its owner may see it."""

    handle: str  # names it towards its owner; no key to anything
    name: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


def cookie_is_secure() -> bool:
    """Whether the site is served over https, so that its cookie must be."""
    return get_settings().is_https


def cookie_name() -> str:
    """The session cookie's name; the prefix makes browsers insist on Secure, this host and the path /."""
    return "__Host-cchc" if cookie_is_secure() else "cchc"


def issue_ticket(session: Session, *, participant_id: int, now: datetime) -> str:
    """A single-use ticket, stored in the caller's transaction."""
    ticket = new_token()
    rows.add_ticket(session, token_hash=token_hash(ticket), participant_id=participant_id, expires_at=now + TICKET_LIFE)
    return ticket


def redeem(db: Database, *, ticket: str, now: datetime, device: str = "", replaces: str = "") -> NewSession:
    """Turn a ticket into a session.

    Args:
        ticket: As it came.
        device: What its owner will recognise it by.
        replaces: Token hash of the session this browser had before; it ends.

    Raises:
        ContestError: TICKET_INVALID for an unknown, used or old ticket.
    """
    with db.write() as session:
        participant_id = rows.use_ticket(session, token_hash=token_hash(ticket), now=now)
        if participant_id is None:
            raise ContestError(ErrorCode.TICKET_INVALID)
        return open_session(session, participant_id=participant_id, now=now, device=device, replaces=replaces)


def open_session(
    session: Session,
    *,
    participant_id: int,
    now: datetime,
    device: str = "",
    replaces: str = "",
    by_vneid: bool = False,
) -> NewSession:
    """A new signed-in browser, stored in the caller's transaction; arguments as `redeem`.

    `by_vneid` says that VNeID has just told who it is.
    """
    token, life = new_token(), timedelta(days=get_settings().session_absolute_days)
    rows.revoke_session(session, token_hash=replaces, now=now)
    rows.add_session(
        session,
        token_hash=token_hash(token),
        participant_id=participant_id,
        device=device,
        by_vneid=by_vneid,
        now=now,
        idle_expires_at=_idle_end(now, now + life),
        expires_at=now + life,
    )
    return NewSession(token, life, participant_id)


def viewer(db: Database, *, token_hash: str, now: datetime) -> Viewer | None:
    """The person of a live session; None when it is unknown, revoked or over, or the person is blocked.

    Being seen keeps the session alive, up to its absolute end.
    """
    with db.look() as connection:
        found = rows.live_session(connection, token_hash=token_hash, now=now)
    if found is None:
        return None
    if now - found.last_seen_at >= SEEN_EVERY:
        with db.write() as session:
            rows.extend_session(
                session, session_id=found.session_id, now=now, idle_expires_at=_idle_end(now, found.expires_at)
            )
    return Viewer(
        participant_id=found.participant_id,
        full_name=found.full_name,
        unit_id=found.unit_id,
        unit_name=found.unit_name,
        citizen_id_masked=found.citizen_id_masked,
        identity_normalised=found.identity_normalised,
        ranked=found.ranked,
        agrees=found.agreed_version == VERSION,
    )


def devices(db: Database, *, participant_id: int, token_hash: str, now: datetime) -> tuple[Device, ...]:
    """A person's signed-in browsers, the one seen last first.

    Args:
        participant_id: Whose.
        token_hash: The session of the browser that asks.
    """
    with db.read() as session:
        found = rows.open_sessions(session, participant_id=participant_id, now=now)
    return tuple(
        Device(
            handle=_handle(one.token_hash),
            name=one.device,
            created_at=one.created_at,
            last_seen_at=one.last_seen_at,
            current=one.token_hash == token_hash,
        )
        for one in found
    )


def sign_out_device(db: Database, *, participant_id: int, handle: str, now: datetime) -> None:
    """End one of a person's own sessions; a handle of nobody's, or of somebody else's, ends nothing."""
    with db.write() as session:
        for one in rows.open_sessions(session, participant_id=participant_id, now=now):
            if _handle(one.token_hash) == handle:
                rows.revoke_session(session, token_hash=one.token_hash, now=now)


def ended_since(db: Database, since: datetime) -> set[str]:
    """Token hashes of the sessions signed out from an instant on."""
    with db.look() as connection:
        return rows.revoked_since(connection, since)


def sign_out(db: Database, *, token_hash: str, now: datetime) -> None:
    """End one browser's session; an unknown one is none."""
    with db.write() as session:
        rows.revoke_session(session, token_hash=token_hash, now=now)


def sign_out_everywhere(db: Database, *, token_hash: str, now: datetime) -> None:
    """End every session of the person behind one session; nothing happens when that one is over already."""
    with db.write() as session:
        rows.revoke_all_sessions(session, token_hash=token_hash, now=now)


def purge(db: Database, *, now: datetime) -> None:
    """Delete what no longer serves: for a periodic task."""
    with db.write() as session:
        rows.delete_stale(session, now=now, dead_before=now - KEPT_AFTER_END, forgotten_after=FORGOTTEN_AFTER)
        delete_expired(session, now=now)
        staff.delete_stale(session, now=now, dead_before=now - KEPT_AFTER_END)


def _handle(token_hash: str) -> str:
    return hashlib.sha256(f"device:{token_hash}".encode()).hexdigest()[:16]


def _idle_end(now: datetime, expires_at: datetime) -> datetime:
    return min(now + timedelta(hours=get_settings().session_idle_hours), expires_at)
