"""News: written, scheduled, pinned and removed by organisers, read by everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import announcements as rows
from cchc_app.data import audit
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Announcement
from cchc_app.services import typed_fields
from cchc_app.services.edited import refuse_stale
from cchc_app.services.field_errors import Fields
from cchc_app.services.markdown import to_html, to_text
from cchc_app.services.staff_sessions import acting, reading

LONGEST_TITLE = 160
LONGEST_LEAD = 180
ON_HOME = 8


class NewsState(StrEnum):
    """Where an announcement stands at an instant."""

    SCHEDULED = "scheduled"
    SHOWN = "shown"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class NewsLine:
    """An announcement in brief, as visitors see it."""

    number: int
    title: str
    lead: str
    starts_at: datetime
    pinned: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    """An announcement as visitors read it; `html` is safe."""

    title: str
    html: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """An announcement as staff see it."""

    number: int
    title: str
    body: str
    pinned: bool
    starts_at: datetime
    ends_at: datetime | None
    revision: int
    written_by: str
    written_at: datetime
    state: NewsState


def home_news(session: Session, contest_id: int, *, now: datetime) -> tuple[NewsLine, ...]:
    """What the home page shows, in the caller's transaction."""
    return tuple(
        NewsLine(row.id or 0, row.title, to_text(row.body, longest=LONGEST_LEAD), row.starts_at, row.pinned)
        for row in rows.shown(session, contest_id, now=now, limit=ON_HOME)
    )


def read_news(db: Database, *, number: int, now: datetime) -> NewsPage:
    """One announcement that is shown.

    Raises:
        ContestError: CONTEST_MISSING, ANNOUNCEMENT_UNKNOWN.
    """
    with db.read() as session:
        row = rows.shown_one(session, contest_in_force(session).contest_id, number, now=now)
    if row is None:
        raise ContestError(ErrorCode.ANNOUNCEMENT_UNKNOWN)
    return NewsPage(row.title, to_html(row.body), row.starts_at)


def news_list(db: Database, *, actor: str, now: datetime) -> tuple[NewsEntry, ...]:
    """Everything that was not removed, the latest to appear first.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        return tuple(_entry(row, now) for row in rows.kept(session, contest_id))


def news_entry(db: Database, *, actor: str, number: int, now: datetime) -> NewsEntry:
    """One announcement to edit.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ANNOUNCEMENT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        row = session.get(Announcement, number)
        if row is None or row.removed_at is not None or row.contest_id != contest_in_force(session).contest_id:
            raise ContestError(ErrorCode.ANNOUNCEMENT_UNKNOWN)
        return _entry(row, now)


def write_news(
    db: Database, *, actor: str, number: int, revision: int, form: Mapping[str, str], pinned: bool, now: datetime
) -> NewsEntry:
    """Write an announcement, or change one.

    Args:
        actor: Who does.
        number: Which one; 0 for a new one.
        revision: What the form was filled in from; 0 for a new one.
        form: `title`, `body` in Markdown, `starts_at` (empty: now) and `ends_at` (empty: never).
        pinned: Whether it stays on top.
        now: When.

    Raises:
        FieldErrors: By field.
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ANNOUNCEMENT_UNKNOWN, CHANGED_MEANWHILE.
    """
    values = _read(form, now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        row = _row_to_write(session, number, revision, now)
        before = _logged(row) if row.id else {}
        for name, value in (values | {"pinned": pinned, "written_by": actor, "written_at": now}).items():
            setattr(row, name, value)
        row.revision += 1
        session.add(row)
        session.flush()
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.ANNOUNCEMENT_WRITTEN,
            subject=_subject(row.id or 0),
            before=before,
            after=_logged(row),
        )
        return _entry(row, now)


def remove_news(db: Database, *, actor: str, number: int, now: datetime) -> None:
    """Take an announcement away.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, ANNOUNCEMENT_UNKNOWN.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        row = rows.lock(session, contest_in_force(session).contest_id, number)
        if row is None:
            raise ContestError(ErrorCode.ANNOUNCEMENT_UNKNOWN)
        row.removed_at = now
        session.add(row)
        session.flush()
        subject, before = _subject(number), _logged(row)
        audit.append(session, at=now, actor=actor, action=Action.ANNOUNCEMENT_REMOVED, subject=subject, before=before)


def _read(form: Mapping[str, str], now: datetime) -> dict[str, object]:
    fields = Fields()
    title = fields.read("title", lambda: typed_fields.line(form.get("title", ""), most=LONGEST_TITLE))
    body = fields.read("body", lambda: typed_fields.markdown(form.get("body", ""), needed=True))
    starts_at = fields.read("starts_at", lambda: _instant(form.get("starts_at", ""), now))
    ends_at = fields.read("ends_at", lambda: _instant(form.get("ends_at", ""), None))
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        fields.errors["ends_at"] = ContestError(ErrorCode.WINDOW_INVALID)
    fields.refuse_if_wrong()
    return {"title": title, "body": body, "starts_at": starts_at, "ends_at": ends_at}


def _instant(raw: str, otherwise: datetime | None) -> datetime | None:
    return typed_fields.instant(raw) if raw.strip() else otherwise


def _row_to_write(session: Session, number: int, revision: int, now: datetime) -> Announcement:
    contest_id = contest_in_force(session).contest_id
    if number == 0:
        return Announcement(
            contest_id=contest_id,
            title="",
            body="",
            pinned=False,
            starts_at=now,
            revision=0,
            written_by="",
            written_at=now,
        )
    row = rows.lock(session, contest_id, number)
    if row is None:
        raise ContestError(ErrorCode.ANNOUNCEMENT_UNKNOWN)
    if row.revision != revision:
        refuse_stale(session, subject=_subject(number), action=Action.ANNOUNCEMENT_WRITTEN, now=now)
    return row


def _subject(number: int) -> str:
    return f"announcement:{number}"


def _logged(row: Announcement) -> dict[str, object]:
    ends_at = row.ends_at.isoformat() if row.ends_at else ""
    return {"title": row.title, "pinned": row.pinned, "starts_at": row.starts_at.isoformat(), "ends_at": ends_at}


def _entry(row: Announcement, now: datetime) -> NewsEntry:
    state = NewsState.SHOWN
    if row.starts_at > now:
        state = NewsState.SCHEDULED
    elif row.ends_at is not None and row.ends_at <= now:
        state = NewsState.OVER
    return NewsEntry(
        row.id or 0,
        row.title,
        row.body,
        row.pinned,
        row.starts_at,
        row.ends_at,
        row.revision,
        row.written_by,
        row.written_at,
        state,
    )
