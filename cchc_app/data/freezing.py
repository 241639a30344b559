"""Boards that stand still: the copy of what they were, drawn up once when an organiser's freeze begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from cchc_app.contest import boards
from cchc_app.data.boards import raise_version
from cchc_app.data.tables import (
    OVERALL,
    FrozenStanding,
    FrozenUnitTotal,
    Period,
    Standing,
    UnitTotal,
)

COPIES: tuple[tuple[Any, Any], ...] = ((Standing, FrozenStanding), (UnitTotal, FrozenUnitTotal))


def draw_up(session: Session, *, contest_id: int, now: datetime) -> None:
    """Copy the boards of a period whose freeze has begun, unless that was done: before anything is changed on them.

    Whoever draws up holds the boards' version until the transaction ends; of several, one does it.
    """
    if not _due(session, contest_id, now):
        return
    raise_version(session, contest_id)
    for period in _due(session, contest_id, now):
        _copy(session, contest_id, (period.number, OVERALL))
        period.frozen_at = now
        session.add(period)
    session.flush()


def set_minutes(session: Session, period_id: int, *, minutes: int, note: str) -> None:
    """Keep a period's freeze; the caller holds the boards' version. A copy that was made in it goes on being shown."""
    period = session.get_one(Period, period_id)
    period.freeze_minutes, period.freeze_note = minutes, note
    session.add(period)
    session.flush()


def forget(session: Session, contest_id: int) -> None:
    """Drop every copy; a freeze that still lasts is drawn up anew, of the boards as they are then."""
    _clear(session, contest_id)
    for period in session.execute(select(Period).where(col(Period.contest_id) == contest_id)).scalars():
        period.frozen_at = None
        session.add(period)
    session.flush()


def _due(session: Session, contest_id: int, now: datetime) -> Sequence[Period]:
    """Periods in their freeze without a copy made in it, read anew."""
    rows = session.execute(
        select(Period)
        .where(col(Period.contest_id) == contest_id, col(Period.freeze_minutes) > 0, col(Period.closes_at) > now)
        .execution_options(populate_existing=True)
    ).scalars()
    found = []
    for period in rows:
        begins = boards.freeze_begins(closes_at=period.closes_at, minutes=period.freeze_minutes)
        if begins <= now and (period.frozen_at is None or period.frozen_at < begins):
            found.append(period)
    return found


def _copy(session: Session, contest_id: int, numbers: Sequence[int]) -> None:
    _clear(session, contest_id)
    for live, frozen in COPIES:
        columns = list(live.__table__.c)
        rows = select(*columns).where(live.contest_id == contest_id, live.period_number.in_(numbers))
        session.execute(insert(frozen).from_select([column.name for column in columns], rows))


def _clear(session: Session, contest_id: int) -> None:
    for _, frozen in COPIES:
        session.execute(delete(frozen).where(frozen.contest_id == contest_id))
