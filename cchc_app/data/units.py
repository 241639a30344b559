"""Queries of units: the headcount in force on a day."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from cchc_app.data.tables import Unit, UnitHeadcount

# From the first day on: what a contest is set up with.
ALWAYS = date(2000, 1, 1)


def headcounts(session: Session, contest_id: int, *, on: date) -> Mapping[int, int]:
    """Headcounts in force on a day by unit id, in the official order; units without one are missing."""
    newest = (
        select(col(UnitHeadcount.unit_id).label("unit_id"), func.max(UnitHeadcount.effective_from).label("day"))
        .where(col(UnitHeadcount.effective_from) <= on)
        .group_by(col(UnitHeadcount.unit_id))
        .subquery()
    )
    rows = session.exec(
        select(Unit.id, UnitHeadcount.headcount)
        .join(UnitHeadcount, col(UnitHeadcount.unit_id) == Unit.id)
        .join(newest, (newest.c.unit_id == UnitHeadcount.unit_id) & (newest.c.day == UnitHeadcount.effective_from))
        .where(Unit.contest_id == contest_id)
        .order_by(col(Unit.position))
    )
    return {unit_id or 0: headcount for unit_id, headcount in rows}


def headcount_of(session: Session, unit_id: int, *, on: date) -> UnitHeadcount | None:
    """The headcount of a unit in force on a day; None when it never had one."""
    return session.exec(
        select(UnitHeadcount)
        .where(UnitHeadcount.unit_id == unit_id, col(UnitHeadcount.effective_from) <= on)
        .order_by(col(UnitHeadcount.effective_from).desc())
        .limit(1)
    ).first()
