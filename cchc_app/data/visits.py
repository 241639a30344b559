"""The visit counter's rows: one a day, added to as visits come, never anything else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from cchc_app.data.tables import VisitDay


@dataclass(frozen=True, slots=True)
class VisitSums:
    """Visits of one day, since the Monday before it, and ever."""

    today: int
    week: int
    total: int


def add_visits(session: Session, *, day: date, count: int) -> None:
    """Add `count` visits to a day, whatever other processes add at the same time."""
    insert = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[session.get_bind().dialect.name]
    statement = insert(VisitDay).values(day=day.isoformat(), visits=count)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["day"], set_={"visits": col(VisitDay.visits) + statement.excluded.visits}
        )
    )


def sums(session: Session, *, day: date, monday: date) -> VisitSums:
    """The figures of the footer."""
    return VisitSums(
        today=_since(session, day.isoformat()), week=_since(session, monday.isoformat()), total=_since(session, "")
    )


def _since(session: Session, day: str) -> int:
    visits = func.coalesce(func.sum(VisitDay.visits), 0)
    return int(session.exec(select(visits).where(col(VisitDay.day) >= day)).one())
