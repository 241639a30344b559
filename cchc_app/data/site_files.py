"""Queries of pictures and documents of the contest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from cchc_app.data.tables import SiteFile


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file without its content."""

    number: int
    slot: str
    name: str
    media_type: str
    digest: str
    uploaded_by: str
    uploaded_at: datetime


def present(session: Session, contest_id: int) -> Sequence[FileRow]:
    """The files of a contest that are shown, the oldest first; their contents are not read."""
    found = session.exec(
        select(
            SiteFile.id,
            SiteFile.slot,
            SiteFile.name,
            SiteFile.media_type,
            SiteFile.digest,
            SiteFile.uploaded_by,
            SiteFile.uploaded_at,
        )  # type: ignore[call-overload]
        .where(SiteFile.contest_id == contest_id, col(SiteFile.removed_at).is_(None))
        .order_by(col(SiteFile.id))
    )
    return [FileRow(*row) for row in found]


def by_digest(session: Session, digest: str) -> SiteFile | None:
    """A file that is shown, by the digest of its content."""
    return session.exec(
        select(SiteFile).where(SiteFile.digest == digest, col(SiteFile.removed_at).is_(None)).limit(1)
    ).first()


def remove(session: Session, *, contest_id: int, now: datetime, slot: str | None = None, number: int | None = None):
    """Show the files of a slot, or one file, no longer; what was removed, as slot and name."""
    statement = update(SiteFile).where(col(SiteFile.contest_id) == contest_id, col(SiteFile.removed_at).is_(None))
    if slot is not None:
        statement = statement.where(col(SiteFile.slot) == slot)
    if number is not None:
        statement = statement.where(col(SiteFile.id) == number)
    done = session.execute(
        statement.values(removed_at=now)
        .returning(col(SiteFile.slot), col(SiteFile.name))
        .execution_options(synchronize_session=False)
    )
    return [(slot, name) for slot, name in done]
