"""Queries of the home page: the contest's own texts, one person's results of the weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from cchc_app.data.tables import OVERALL, Attempt, Contest, Standing


@dataclass(frozen=True, slots=True)
class WeekStanding:
    """One person's row of one week's board."""

    correct: int
    total: int
    rank: int


def contest_row(session: Session, contest_id: int) -> Contest:
    """The contest with its names and texts."""
    return session.get_one(Contest, contest_id)


def week_standings(session: Session, *, contest_id: int, participant_id: int) -> Mapping[int, WeekStanding]:
    """One person's results by week number; the rank is one more than the rows ahead on the board's index."""
    mine = session.exec(
        select(Standing).where(
            Standing.contest_id == contest_id,
            Standing.participant_id == participant_id,
            Standing.period_number != OVERALL,
        )
    ).all()
    return {row.period_number: WeekStanding(row.correct, row.total, 1 + _ahead(session, row)) for row in mine}


def _ahead(session: Session, row: Standing) -> int:
    return session.exec(
        select(func.count())
        .select_from(Standing)
        .where(
            Standing.contest_id == row.contest_id,
            Standing.period_number == row.period_number,
            col(Standing.rank_key) < row.rank_key,
        )
    ).one()


def counted_attempts(session: Session, participant_id: int) -> Sequence[Attempt]:
    """One person's counted papers, open ones included, the latest first."""
    return session.exec(
        select(Attempt)
        .where(Attempt.participant_id == participant_id, col(Attempt.period_id).is_not(None))
        .order_by(col(Attempt.id).desc())
    ).all()
