"""Queries of news."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from cchc_app.data.tables import Announcement


def shown(session: Session, contest_id: int, *, now: datetime, limit: int) -> Sequence[Announcement]:
    """What visitors see at an instant: pinned first, then the newest."""
    return session.exec(
        select(Announcement)
        .where(*_shown(contest_id, now))
        .order_by(col(Announcement.pinned).desc(), col(Announcement.starts_at).desc(), col(Announcement.id).desc())
        .limit(limit)
    ).all()


def shown_one(session: Session, contest_id: int, number: int, *, now: datetime) -> Announcement | None:
    """One of them."""
    return session.exec(select(Announcement).where(Announcement.id == number, *_shown(contest_id, now))).first()


def _shown(contest_id: int, now: datetime):
    return (
        col(Announcement.contest_id) == contest_id,
        col(Announcement.removed_at).is_(None),
        col(Announcement.starts_at) <= now,
        or_(col(Announcement.ends_at).is_(None), col(Announcement.ends_at) > now),
    )


def kept(session: Session, contest_id: int) -> Sequence[Announcement]:
    """What was not removed, the latest to appear first."""
    return session.exec(
        select(Announcement)
        .where(Announcement.contest_id == contest_id, col(Announcement.removed_at).is_(None))
        .order_by(col(Announcement.starts_at).desc(), col(Announcement.id).desc())
    ).all()


def lock(session: Session, contest_id: int, number: int) -> Announcement | None:
    """One that was not removed, locked."""
    return session.exec(
        select(Announcement)
        .where(Announcement.id == number, Announcement.contest_id == contest_id, col(Announcement.removed_at).is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
