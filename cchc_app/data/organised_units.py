"""Queries of units for organisers: figures of each, changes, headcounts, imports of files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import (
    OVERALL,
    AuditEntry,
    ImportJob,
    Participant,
    PersonMerge,
    RosterEntry,
    Unit,
    UnitHeadcount,
)
from cchc_app.data.unit_totals import totals


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of every unit, by its row id; units without any are missing.

    Attributes:
        headcounts: In force on the day asked for.
        registered: Accounts that are neither merged into others nor erased.
        this_week: People on the board of the week asked for.
        overall: People on the overall board.
    """

    headcounts: Mapping[int, UnitHeadcount]
    registered: Mapping[int, int]
    this_week: Mapping[int, int]
    overall: Mapping[int, int]


def figures(session: Session, contest_id: int, *, on: date, period_number: int | None) -> Figures:
    """Four queries, however many units there are."""
    return Figures(
        headcounts=_headcounts(session, contest_id, on),
        registered=_registered(session, contest_id),
        this_week=_on_board(session, contest_id, period_number) if period_number is not None else {},
        overall=_on_board(session, contest_id, OVERALL),
    )


def _headcounts(session: Session, contest_id: int, on: date) -> dict[int, UnitHeadcount]:
    rows = session.exec(
        select(UnitHeadcount)
        .join(Unit, col(Unit.id) == UnitHeadcount.unit_id)
        .where(Unit.contest_id == contest_id, UnitHeadcount.effective_from <= on)
        .order_by(col(UnitHeadcount.effective_from))
    )
    return {row.unit_id: row for row in rows}


def _registered(session: Session, contest_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Participant.unit_id, func.count())
        .where(
            Participant.contest_id == contest_id,
            col(Participant.anonymised_at).is_(None),
            col(Participant.id).not_in(select(PersonMerge.merged_id)),
        )
        .group_by(col(Participant.unit_id))
    )
    return {row[0]: row[1] for row in rows}


def _on_board(session: Session, contest_id: int, period_number: int) -> dict[int, int]:
    found = totals(session, contest_id=contest_id, board=period_number)
    return {unit_id: row.participants for unit_id, row in found.items()}


def headcounts_of(session: Session, unit_id: int) -> Sequence[UnitHeadcount]:
    """Every headcount of a unit, the newest day first."""
    return session.exec(
        select(UnitHeadcount).where(UnitHeadcount.unit_id == unit_id).order_by(col(UnitHeadcount.effective_from).desc())
    ).all()


def headcounts_by_day(session: Session, unit_ids: Sequence[int]) -> Mapping[tuple[int, date], UnitHeadcount]:
    """Every headcount of some units by unit and day."""
    rows = session.exec(select(UnitHeadcount).where(col(UnitHeadcount.unit_id).in_(list(unit_ids))))
    return {(row.unit_id, row.effective_from): row for row in rows}


def roster_size(session: Session, unit_id: int) -> int:
    """How many lines a unit's roster has."""
    return session.exec(select(func.count()).select_from(RosterEntry).where(RosterEntry.unit_id == unit_id)).one()


def lock_units(session: Session, contest_id: int) -> dict[str, Unit]:
    """Every unit by code, in the official order, locked: whoever changes the list does it alone."""
    rows = session.exec(
        select(Unit).where(Unit.contest_id == contest_id).order_by(col(Unit.position)).with_for_update(key_share=True)
    )
    return {unit.code: unit for unit in rows}


def place_last_of(session: Session, units: Mapping[str, Unit], bloc: str) -> int:
    """A free position after the last unit of a bloc; those behind move on. All units must be locked."""
    last = max((unit.position for unit in units.values() if unit.bloc == bloc), default=None)
    if last is None:
        return max((unit.position for unit in units.values()), default=0) + 1
    ids = [unit.id for unit in units.values() if unit.position > last]
    session.execute(update(Unit).where(col(Unit.id).in_(ids)).values(position=col(Unit.position) + 1))
    for unit in units.values():
        session.refresh(unit, ["position"])
    return last + 1


def set_headcount(session: Session, row: UnitHeadcount) -> None:
    """Store a headcount; of one unit and day the newest word counts."""
    statement = insert_into(session, UnitHeadcount).values(
        unit_id=row.unit_id,
        effective_from=row.effective_from,
        headcount=row.headcount,
        source=row.source,
        set_by=row.set_by,
        set_at=row.set_at,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["unit_id", "effective_from"],
            set_={name: statement.excluded[name] for name in ("headcount", "source", "set_by", "set_at")},
        )
    )


def last_change(session: Session, subject: str) -> AuditEntry | None:
    """The newest entry of the log about something."""
    return session.exec(
        select(AuditEntry).where(AuditEntry.subject == subject).order_by(col(AuditEntry.seq).desc()).limit(1)
    ).first()


def add_job(session: Session, job: ImportJob) -> int:
    """Store an import; its number."""
    session.add(job)
    session.flush()
    return job.id or 0


def jobs(session: Session, contest_id: int, kinds: Sequence[str], *, limit: int) -> Sequence[ImportJob]:
    """The newest imports."""
    return session.exec(
        select(ImportJob)
        .where(ImportJob.contest_id == contest_id, col(ImportJob.kind).in_(kinds))
        .order_by(col(ImportJob.id).desc())
        .limit(limit)
    ).all()


def job(
    session: Session, *, contest_id: int, number: int, kinds: Sequence[str], lock: bool = False
) -> ImportJob | None:
    """An import, locked when it is about to end."""
    query = select(ImportJob).where(
        ImportJob.id == number, ImportJob.contest_id == contest_id, col(ImportJob.kind).in_(kinds)
    )
    return session.exec(query.with_for_update() if lock else query).first()


def end_job(session: Session, row: ImportJob, state: str, *, now: datetime) -> None:
    """Say how an import ended."""
    row.state, row.ended_at = state, now
    session.add(row)
