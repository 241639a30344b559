"""Queries of the round trip to VNeID and of the accounts it takes over."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from cchc_app.contest.identity import mask
from cchc_app.contest.text import fold, name_collation_key
from cchc_app.data.boards import raise_version
from cchc_app.data.crypto import keyring
from cchc_app.data.tables import AuthSession, Participant, SignInTicket, VneidArrival, VneidStart


@dataclass(frozen=True, slots=True, repr=False)
class Started:
    """A round trip that came back. Without a repr."""

    nonce: str
    verifier: str
    next_path: str


def add_start(
    session: Session,
    *,
    state_hash: str,
    browser_hash: str,
    nonce: str,
    verifier: str,
    next_path: str,
    expires_at: datetime,
) -> None:
    """Store a round trip."""
    session.add(
        VneidStart(
            state_hash=state_hash,
            browser_hash=browser_hash,
            nonce=nonce,
            verifier=verifier,
            next_path=next_path,
            expires_at=expires_at,
        )
    )


def take_start(session: Session, *, state_hash: str, browser_hash: str, now: datetime) -> Started | None:
    """Use a round trip up, whoever else tries; None when unknown, used, too old, or begun by another browser."""
    row = session.execute(
        delete(VneidStart)
        .where(
            col(VneidStart.state_hash) == state_hash,
            col(VneidStart.browser_hash) == browser_hash,
            col(VneidStart.expires_at) > now,
        )
        .returning(col(VneidStart.nonce), col(VneidStart.verifier), col(VneidStart.next_path))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if row is None else Started(*row)


def add_arrival(session: Session, *, token_hash: str, identity: str, expires_at: datetime) -> None:
    """Keep what was said of somebody who is not registered yet."""
    session.add(VneidArrival(token_hash=token_hash, identity=identity, expires_at=expires_at))


def arrival(session: Session, *, token_hash: str, now: datetime) -> str | None:
    """What is kept of an arrival; None when unknown, used or too old."""
    return session.exec(
        select(VneidArrival.identity).where(VneidArrival.token_hash == token_hash, VneidArrival.expires_at > now)
    ).first()


def take_arrival(session: Session, *, token_hash: str, now: datetime) -> str | None:
    """The same, used up."""
    return session.execute(
        delete(VneidArrival)
        .where(col(VneidArrival.token_hash) == token_hash, col(VneidArrival.expires_at) > now)
        .returning(col(VneidArrival.identity))
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def delete_expired(session: Session, *, now: datetime) -> None:
    """Delete round trips and arrivals that are over."""
    for table in (VneidStart, VneidArrival):
        session.execute(delete(table).where(col(table.expires_at) <= now))


def lock_by_number(session: Session, *, contest_id: int, number_index: str) -> Participant | None:
    """The account of a number, locked until the transaction ends."""
    return session.exec(
        select(Participant)
        .where(Participant.contest_id == contest_id, Participant.citizen_id_index == number_index)
        .with_for_update(key_share=True)
    ).one_or_none()


def take_over(session: Session, account: Participant, *, full_name: str, birth_date: date, now: datetime) -> None:
    """Hand an account to whom its number belongs: earlier sessions and the PIN are void, name and birth date theirs."""
    account.pin_hash = None
    account.vneid_linked_at = now
    account.full_name, account.birth_date = full_name, birth_date
    account.search_key, account.sort_key = fold(full_name), name_collation_key(full_name)
    session.add(account)
    session.flush()
    end_sessions(session, account.id or 0, now=now)
    raise_version(session, account.contest_id)


def normalise(session: Session, account: Participant, number: str) -> None:
    """Put the 12-digit number in the place of the CMND an account was made with."""
    account.citizen_id, account.citizen_id_index = number, keyring().blind_index(number)
    account.citizen_id_masked, account.identity_normalised = mask(number), True
    session.add(account)


def end_sessions(session: Session, participant_id: int, *, now: datetime) -> None:
    """End every session and every unused ticket of a person."""
    session.execute(
        update(AuthSession)
        .where(col(AuthSession.participant_id) == participant_id, col(AuthSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    session.execute(delete(SignInTicket).where(col(SignInTicket.participant_id) == participant_id))
