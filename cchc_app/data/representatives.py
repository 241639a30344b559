"""Queries of units' one-time codes and of who writes for a unit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import update
from sqlmodel import Session, col, select

from cchc_app.data.tables import Participant, Unit, UnitCode, UnitRepresentative


@dataclass(frozen=True, slots=True)
class Term:
    """A running term in which a participant writes for a unit."""

    term_id: int
    unit_id: int
    participant_id: int
    full_name: str
    appointed_by: str
    appointed_at: datetime


def lock_units(session: Session, contest_id: int, unit_ids: Collection[int]) -> Sequence[Unit]:
    """Units of a contest, locked in one order: codes and terms of one unit change one after the other."""
    return session.exec(
        select(Unit)
        .where(Unit.contest_id == contest_id, col(Unit.id).in_(unit_ids))
        .order_by(col(Unit.id))
        .with_for_update(key_share=True)
    ).all()


def replace_codes(session: Session, hashes: Mapping[int, str], *, made_by: str, now: datetime) -> None:
    """Store the hash of a new code of every unit; codes that were alive end."""
    session.execute(
        update(UnitCode)
        .where(col(UnitCode.unit_id).in_(list(hashes)), col(UnitCode.ended_at).is_(None))
        .values(ended_at=now)
    )
    session.add_all(
        UnitCode(unit_id=unit_id, code_hash=hashed, made_by=made_by, made_at=now) for unit_id, hashed in hashes.items()
    )
    session.flush()


def unit_of_code(session: Session, code_hash: str) -> int | None:
    """Whose a code is that is still alive."""
    return session.exec(
        select(UnitCode.unit_id).where(UnitCode.code_hash == code_hash, col(UnitCode.ended_at).is_(None))
    ).first()


def use_code(session: Session, *, code_hash: str, unit_id: int, participant_id: int, now: datetime) -> bool:
    """Use a unit's code up, whoever else tries at the same time."""
    done = session.execute(
        update(UnitCode)
        .where(
            col(UnitCode.code_hash) == code_hash,
            col(UnitCode.unit_id) == unit_id,
            col(UnitCode.ended_at).is_(None),
        )
        .values(ended_at=now, used_by=participant_id)
        .returning(col(UnitCode.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def terms_of(session: Session, unit_id: int) -> tuple[Term, ...]:
    """Who writes for a unit now, the newest first; people who were blocked are left out."""
    found = session.exec(
        select(UnitRepresentative, Participant.full_name)
        .join(Participant, col(Participant.id) == UnitRepresentative.participant_id)
        .where(
            UnitRepresentative.unit_id == unit_id,
            col(UnitRepresentative.ended_at).is_(None),
            col(Participant.blocked).is_(False),
        )
        .order_by(col(UnitRepresentative.id).desc())
    )
    return tuple(
        Term(row.id or 0, row.unit_id, row.participant_id, name, row.appointed_by, row.appointed_at)
        for row, name in found
    )


def terms_of_others(session: Session, person: Participant) -> Sequence[int]:
    """Terms of the other people of a person's unit that have not ended, whether or not they may act."""
    ids = session.exec(
        select(UnitRepresentative.id).where(
            UnitRepresentative.unit_id == person.unit_id,
            UnitRepresentative.participant_id != person.id,
            col(UnitRepresentative.ended_at).is_(None),
        )
    )
    return [term_id or 0 for term_id in ids]


def running_term(session: Session, participant_id: int) -> UnitRepresentative | None:
    """The term of a participant that has not ended."""
    return session.exec(
        select(UnitRepresentative).where(
            UnitRepresentative.participant_id == participant_id, col(UnitRepresentative.ended_at).is_(None)
        )
    ).first()


def lock_term(session: Session, term_id: int) -> UnitRepresentative | None:
    """A term that has not ended, locked."""
    return session.exec(
        select(UnitRepresentative)
        .where(UnitRepresentative.id == term_id, col(UnitRepresentative.ended_at).is_(None))
        .with_for_update()
    ).first()


def begin_term(session: Session, *, unit_id: int, participant_id: int, appointed_by: str, now: datetime) -> None:
    """Let a participant write for a unit from now on."""
    session.add(
        UnitRepresentative(unit_id=unit_id, participant_id=participant_id, appointed_by=appointed_by, appointed_at=now)
    )
    session.flush()


def end_terms(session: Session, term_ids: Iterable[int], *, ended_by: str, now: datetime) -> None:
    """End terms; those that are over already stay as they are."""
    session.execute(
        update(UnitRepresentative)
        .where(col(UnitRepresentative.id).in_(list(term_ids)), col(UnitRepresentative.ended_at).is_(None))
        .values(ended_at=now, ended_by=ended_by)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def ended_since(connection: sa.Connection, since: datetime) -> set[int]:
    """Participants whose term has ended from an instant on and who have no other."""
    ended = sa.select(col(UnitRepresentative.participant_id)).where(col(UnitRepresentative.ended_at) >= since)
    running = sa.select(col(UnitRepresentative.participant_id)).where(col(UnitRepresentative.ended_at).is_(None))
    return set(connection.execute(ended.where(col(UnitRepresentative.participant_id).not_in(running))).scalars())
