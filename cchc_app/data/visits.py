"""The visit counter's rows, one a day, added to as visits come; and how many browsers each process has."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import ProcessPresence, VisitDay


@dataclass(frozen=True, slots=True)
class VisitSums:
    """Visits of one day, since the Monday before it, and ever."""

    today: int
    week: int
    total: int


def add_visits(session: Session, *, day: date, count: int) -> None:
    """Add `count` visits to a day, whatever other processes add at the same time."""
    statement = insert_into(session, VisitDay).values(day=day.isoformat(), visits=count)
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


def say_connected(session: Session, *, process: str, connected: int, now: datetime, gone_before: datetime) -> None:
    """Keep how many browsers a process has; forget processes that said nothing since an instant."""
    said = {"connected": connected, "said_at": now}
    statement = insert_into(session, ProcessPresence).values(process=process, **said)
    session.execute(statement.on_conflict_do_update(index_elements=["process"], set_=said))
    session.execute(delete(ProcessPresence).where(col(ProcessPresence.said_at) < gone_before))


def connected_to_others(session: Session, process: str) -> int:
    """Browsers of all processes but one."""
    connected = func.coalesce(func.sum(ProcessPresence.connected), 0)
    return int(session.exec(select(connected).where(col(ProcessPresence.process) != process)).one())


def _since(session: Session, day: str) -> int:
    visits = func.coalesce(func.sum(VisitDay.visits), 0)
    return int(session.exec(select(visits).where(col(VisitDay.day) >= day)).one())
