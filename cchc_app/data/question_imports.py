"""Queries of imports of questions: jobs without their bodies, unless these are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import update
from sqlmodel import Session, col, select

from cchc_app.data.tables import ImportJob

QUESTIONS = "questions"
READING, READY, DONE, REFUSED, DROPPED = "reading", "ready", "done", "refused", "dropped"
_COLUMNS = (
    col(ImportJob.id),
    col(ImportJob.file_name),
    col(ImportJob.state),
    col(ImportJob.done),
    col(ImportJob.total),
    col(ImportJob.made_by),
    col(ImportJob.made_at),
    col(ImportJob.beat_at),
)


@dataclass(frozen=True, slots=True)
class JobRow:
    """An import, without what was read."""

    id: int
    file_name: str
    state: str
    done: int
    total: int
    made_by: str
    made_at: datetime
    beat_at: datetime | None


def add(session: Session, *, contest_id: int, file_name: str, body: dict[str, Any], by: str, at: datetime) -> int:
    """Begin a job in state reading; its number."""
    job = ImportJob(
        contest_id=contest_id,
        kind=QUESTIONS,
        file_name=file_name,
        state=READING,
        done=0,
        total=0,
        body=body,
        made_by=by,
        made_at=at,
        beat_at=at,
    )
    session.add(job)
    session.flush()
    return job.id or 0


def newest(session: Session, contest_id: int, *, limit: int) -> Sequence[JobRow]:
    """The newest jobs."""
    query = sa.select(*_COLUMNS).where(col(ImportJob.contest_id) == contest_id, col(ImportJob.kind) == QUESTIONS)
    return [JobRow(*row) for row in session.execute(query.order_by(col(ImportJob.id).desc()).limit(limit))]


def by_number(session: Session, contest_id: int, number: int) -> JobRow | None:
    """A job by its number."""
    row = session.execute(sa.select(*_COLUMNS).where(*_is(contest_id, number))).first()
    return JobRow(*row) if row else None


def body(session: Session, number: int) -> dict[str, Any]:
    """What a job has read."""
    return dict(session.exec(select(ImportJob.body).where(ImportJob.id == number)).one())


def name(session: Session, number: int) -> str:
    """The name of a job's file."""
    return session.exec(select(ImportJob.file_name).where(ImportJob.id == number)).one()


def lock(session: Session, contest_id: int, number: int) -> ImportJob | None:
    """A job as it is now, locked until the transaction ends."""
    return session.exec(
        select(ImportJob)
        .where(*_is(contest_id, number))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()  # fmt: skip


def beat(session: Session, number: int, *, at: datetime, progress: tuple[int, int] | None = None) -> bool:
    """Say that a job is still being read, and how far it is; whether it is."""
    values: dict[str, Any] = {"beat_at": at}
    if progress is not None:
        values |= {"done": progress[0], "total": progress[1]}
    return _while_reading(session, number, values)


def finish_reading(session: Session, number: int, *, state: str, body: dict[str, Any], total: int) -> bool:
    """Keep what was read, unless the job was dropped meanwhile."""
    return _while_reading(session, number, {"state": state, "body": body, "done": total, "total": total})


def _while_reading(session: Session, number: int, values: dict[str, Any]) -> bool:
    done = session.execute(
        update(ImportJob)
        .where(col(ImportJob.id) == number, col(ImportJob.state) == READING)
        .values(**values)
        .returning(col(ImportJob.id))
        .execution_options(synchronize_session=False)
    )
    return done.scalar_one_or_none() is not None


def _is(contest_id: int, number: int) -> tuple:
    return (
        col(ImportJob.contest_id) == contest_id,
        col(ImportJob.kind) == QUESTIONS,
        col(ImportJob.id) == number,
    )
