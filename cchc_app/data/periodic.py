"""The rows of periodic work."""

from datetime import datetime

from sqlmodel import Session, select

from cchc_app.contest.lease import NOBODY, Lease
from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import PeriodicJob


def read(session: Session, name: str) -> Lease | None:
    """A piece of work as it is now, without waiting for anybody."""
    row = session.exec(select(PeriodicJob).where(PeriodicJob.name == name)).first()
    return None if row is None else Lease(row.holder, row.until, row.due_at)


def lock(session: Session, name: str, *, now: datetime) -> PeriodicJob:
    """Its row, made when it is missing, kept from others until the transaction ends."""
    first = {"name": name, "holder": NOBODY, "until": now, "due_at": now}
    session.execute(insert_into(session, PeriodicJob).values(first).on_conflict_do_nothing())
    return session.exec(select(PeriodicJob).where(PeriodicJob.name == name).with_for_update()).one()


def write(row: PeriodicJob, lease: Lease) -> None:
    """Put a lease into a locked row."""
    row.holder, row.until, row.due_at = lease.holder, lease.until, lease.due_at
