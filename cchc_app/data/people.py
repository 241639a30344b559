"""Queries of units, participants and consents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import Consent, Participant, StaffAccount, Unit


@dataclass(frozen=True, slots=True, repr=False)
class NewParticipant:
    """A row of `participant` to be added. Without a repr: it holds a citizen ID."""

    contest_id: int
    unit_id: int
    full_name: str
    search_key: str
    sort_key: str
    birth_date: date
    citizen_id: str
    citizen_id_index: str
    citizen_id_masked: str
    phone: str | None
    identity_normalised: bool
    pin_hash: str | None
    created_at: datetime
    vneid_linked_at: datetime | None = None
    identity_level: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What a sign-in is judged by."""

    participant_id: int
    pin_hash: str | None
    blocked: bool


def units(session: Session, contest_id: int) -> Sequence[Unit]:
    """Every unit in the official order."""
    return session.exec(select(Unit).where(Unit.contest_id == contest_id).order_by(col(Unit.position))).all()


def unit_id_by_code(session: Session, *, contest_id: int, code: str) -> int | None:
    """The row id of a unit, None for an unknown code."""
    return session.exec(select(Unit.id).where(Unit.contest_id == contest_id, Unit.code == code)).first()


def is_registered(session: Session, *, contest_id: int, citizen_id_index: str) -> bool:
    """Whether somebody registered with this number."""
    return credentials(session, contest_id=contest_id, citizen_id_index=citizen_id_index) is not None


def credentials(session: Session, *, contest_id: int, citizen_id_index: str) -> Credentials | None:
    """What is needed to judge a sign-in with this number; None when nobody registered it."""
    row = session.exec(
        select(Participant.id, Participant.pin_hash, Participant.blocked).where(
            Participant.contest_id == contest_id, Participant.citizen_id_index == citizen_id_index
        )
    ).first()
    return None if row is None else Credentials(row[0] or 0, row[1], row[2])


def add_participant(session: Session, new: NewParticipant) -> int | None:
    """Add a participant; the unique constraint decides who comes first. Whoever is on the staff is not ranked.

    Returns:
        The new row's id, None when the number is already registered.
    """
    values = {name: getattr(new, name) for name in NewParticipant.__slots__}
    lock_number(session, new.citizen_id_index)
    statement = insert_into(session, Participant).values(**values, ranked=~_on_the_staff(new.citizen_id_index))
    return session.execute(
        statement.on_conflict_do_nothing(index_elements=["contest_id", "citizen_id_index"]).returning(
            col(Participant.id)
        )
    ).scalar_one_or_none()


def lock_number(session: Session, citizen_id_index: str) -> None:
    """Let those who register a number and those who join the staff with it happen one by one."""
    if session.get_bind().dialect.name == "postgresql":  # writers of SQLite are one by one already
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(int(citizen_id_index[:15], 16))))


def is_staff_number(session: Session, citizen_id_index: str) -> bool:
    """Whether somebody on the staff has given this number."""
    return session.execute(sa.select(_on_the_staff(citizen_id_index))).scalar_one()


def _on_the_staff(citizen_id_index: str) -> sa.Exists:
    return sa.exists().where(col(StaffAccount.citizen_id_index) == citizen_id_index)


def is_ranked(session: Session, participant_id: int) -> bool:
    """Whether a participant has a place on the boards."""
    return session.exec(select(Participant.ranked).where(Participant.id == participant_id)).one()


def ranked_with_number(session: Session, citizen_id_index: str) -> Sequence[int]:
    """The ranked participants with this number, of whichever contest."""
    ids = session.exec(
        select(Participant.id).where(Participant.citizen_id_index == citizen_id_index, col(Participant.ranked))
    )
    return [participant_id or 0 for participant_id in ids]


def add_consent(session: Session, *, participant_id: int, purpose: str, version: str, given_at: datetime) -> None:
    """Keep what a person agreed to."""
    session.add(Consent(participant_id=participant_id, purpose=purpose, version=version, given_at=given_at))
