"""Signed-in browsers: made from a ticket, looked up for every private thing, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.lockout import FORGOTTEN_AFTER
from cchc_app.data import sessions as rows
from cchc_app.data import staff
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.settings import get_settings

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


@dataclass(frozen=True, slots=True, repr=False)
class NewSession:
    """What the browser is given; the token is stored nowhere else. Without a repr."""

    token: str
    life: timedelta


def cookie_is_secure() -> bool:
    """Whether the site is served over https, so that its cookie must be."""
    return get_settings().resolved_public_url.startswith("https://")


def cookie_name() -> str:
    """The session cookie's name; the prefix makes browsers insist on Secure, this host and the path /."""
    return "__Host-cchc" if cookie_is_secure() else "cchc"


def issue_ticket(session: Session, *, participant_id: int, now: datetime) -> str:
    """A single-use ticket, stored in the caller's transaction."""
    ticket = new_token()
    rows.add_ticket(session, token_hash=token_hash(ticket), participant_id=participant_id, expires_at=now + TICKET_LIFE)
    return ticket


def redeem(db: Database, *, ticket: str, now: datetime) -> NewSession:
    """Turn a ticket into a session.

    Raises:
        ContestError: TICKET_INVALID for an unknown, used or old ticket.
    """
    token, life = new_token(), timedelta(days=get_settings().session_absolute_days)
    with db.write() as session:
        participant_id = rows.use_ticket(session, token_hash=token_hash(ticket), now=now)
        if participant_id is None:
            raise ContestError(ErrorCode.TICKET_INVALID)
        rows.add_session(
            session,
            token_hash=token_hash(token),
            participant_id=participant_id,
            now=now,
            idle_expires_at=_idle_end(now, now + life),
            expires_at=now + life,
        )
    return NewSession(token, life)


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
    )


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
        staff.delete_stale(session, now=now, dead_before=now - KEPT_AFTER_END)


def _idle_end(now: datetime, expires_at: datetime) -> datetime:
    return min(now + timedelta(hours=get_settings().session_idle_hours), expires_at)
