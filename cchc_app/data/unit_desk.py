"""Queries of a unit's desk: who of the unit has taken part, and how many."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Attempt, Participant


def registered(session: Session, unit_id: int) -> int:
    """How many people of a unit have registered."""
    return session.exec(
        select(func.count()).select_from(Participant).where(Participant.unit_id == unit_id, ~col(Participant.blocked))
    ).one()


def took_part(session: Session, *, unit_id: int, period_id: int) -> Sequence[str]:
    """Names of the people of a unit who have finished a counted paper of a period, in the order of names."""
    finished = select(Attempt.participant_id).where(
        Attempt.period_id == period_id, Attempt.kind == COUNTED, col(Attempt.finished_at).is_not(None)
    )
    return session.exec(
        select(Participant.full_name)
        .where(Participant.unit_id == unit_id, ~col(Participant.blocked), col(Participant.id).in_(finished))
        .order_by(col(Participant.sort_key), col(Participant.id))
    ).all()


def ever_took_part(session: Session, unit_id: int) -> int:
    """How many people of a unit have finished a counted paper of any period."""
    return session.exec(
        select(func.count(func.distinct(Attempt.participant_id)))
        .join(Participant, col(Participant.id) == Attempt.participant_id)
        .where(
            Participant.unit_id == unit_id,
            ~col(Participant.blocked),
            Attempt.kind == COUNTED,
            col(Attempt.finished_at).is_not(None),
        )
    ).one()
