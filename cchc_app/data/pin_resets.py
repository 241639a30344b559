"""Queries of single-use links with which participants choose a new PIN."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from cchc_app.data.tables import Participant, PinReset


@dataclass(frozen=True, slots=True, repr=False)
class LinkOwner:
    """Whose PIN an unused link sets, as the new PIN is judged by. Without a repr: it holds a citizen ID."""

    participant_id: int
    citizen_id: str
    citizen_id_index: str
    birth_date: date


def replace_link(session: Session, reset: PinReset) -> None:
    """Store a link; of the unused ones of its person, it is the only one."""
    session.execute(
        delete(PinReset).where(col(PinReset.participant_id) == reset.participant_id, col(PinReset.used_at).is_(None))
    )
    session.add(reset)
    session.flush()


def owner(session: Session, *, token_hash: str, now: datetime) -> LinkOwner | None:
    """Whose an unused link is; None when it is unknown, used or old, or its person is shut out or erased."""
    row = session.execute(
        select(
            col(Participant.id),
            col(Participant.citizen_id),
            col(Participant.citizen_id_index),
            col(Participant.birth_date),
        )
        .join(PinReset, col(PinReset.participant_id) == col(Participant.id))
        .where(
            col(PinReset.token_hash) == token_hash,
            col(PinReset.used_at).is_(None),
            col(PinReset.expires_at) > now,
            col(Participant.blocked).is_(False),
            col(Participant.anonymised_at).is_(None),
        )
    ).first()
    return None if row is None else LinkOwner(*row)


def use(session: Session, *, token_hash: str, now: datetime) -> bool:
    """Use a link up, whoever else tries; False when it is used or old by now."""
    done = session.execute(
        update(PinReset)
        .where(col(PinReset.token_hash) == token_hash, col(PinReset.used_at).is_(None), col(PinReset.expires_at) > now)
        .values(used_at=now)
        .returning(col(PinReset.participant_id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def set_pin(session: Session, *, found: LinkOwner, pin_hash: str) -> bool:
    """Store the new PIN; False when the person is shut out or has another number by now."""
    done = session.execute(
        update(Participant)
        .where(
            col(Participant.id) == found.participant_id,
            col(Participant.citizen_id_index) == found.citizen_id_index,
            col(Participant.blocked).is_(False),
        )
        .values(pin_hash=pin_hash)
        .returning(col(Participant.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None
