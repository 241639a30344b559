"""Queries of what organisers decide about one participant: shut out, disqualified, moved, given time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from cchc_app.data import merges
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import Attempt, Participant, Sanction, Standing, Unit, UnitMove
from cchc_app.data.unit_totals import changing


def lock_person(session: Session, *, contest_id: int, participant_id: int) -> Participant | None:
    """A participant of the contest, locked as everybody who opens or closes one of their papers locks them."""
    return session.exec(
        select(Participant)
        .where(Participant.id == participant_id, Participant.contest_id == contest_id)
        .with_for_update(key_share=True)
    ).first()


def is_closed(session: Session, person: Participant) -> bool:
    """Whether an account was put into another one, or erased: nothing is decided about it any more."""
    return person.anonymised_at is not None or merges.is_merged(session, person.id or 0)


def in_force(session: Session, *, participant_id: int, kind: str) -> Sanction | None:
    """The sanction of a kind that was not lifted; the database allows one."""
    return session.exec(
        select(Sanction).where(
            Sanction.participant_id == participant_id, Sanction.kind == kind, col(Sanction.lifted_at).is_(None)
        )
    ).first()


def add(session: Session, sanction: Sanction) -> int:
    """Store a sanction; its number."""
    session.add(sanction)
    session.flush()
    return sanction.id or 0


def lift(session: Session, sanction: Sanction, *, by: str, reason: str, now: datetime) -> None:
    """End a sanction; its row stays."""
    sanction.lifted_by, sanction.lift_reason, sanction.lifted_at = by, reason, now
    session.add(sanction)
    session.flush()


def history(session: Session, participant_id: int) -> Sequence[Sanction]:
    """Every sanction of a person, the newest first."""
    return session.exec(
        select(Sanction).where(Sanction.participant_id == participant_id).order_by(col(Sanction.id).desc())
    ).all()


def unit_by_code(session: Session, *, contest_id: int, code: str) -> Unit | None:
    """A unit of the contest by its code."""
    return session.exec(select(Unit).where(Unit.contest_id == contest_id, Unit.code == code)).first()


def move(session: Session, person: Participant, move: UnitMove) -> None:
    """Give a locked person another unit; every board counts them there from now on, the official results do not."""
    person.unit_id = move.to_unit_id
    session.add(person)
    session.add(move)
    session.flush()
    with changing(session, contest_id=person.contest_id, people=[person.id or 0], now=move.moved_at):
        session.execute(
            update(Standing).where(col(Standing.participant_id) == person.id).values(unit_id=move.to_unit_id)
        )


def lock_open_paper(session: Session, participant_id: int) -> Attempt | None:
    """The counted paper a locked person has open, locked: answers on their way are waited for."""
    return session.exec(
        select(Attempt)
        .where(Attempt.participant_id == participant_id, Attempt.kind == COUNTED, Attempt.status == OPEN)
        .with_for_update(key_share=True)
    ).first()
