"""Reading and checking the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.staffing import Action
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.data import audit
from cchc_app.data.audit import BEGINNING, LogEnd
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry
from cchc_app.services.list_files import MOST_ROWS, taken
from cchc_app.services.staff_sessions import reading
from cchc_app.services.workbooks import Column, Sheet, workbook
from cchc_app.texts import admin as texts
from cchc_app.texts.formats import day_begins

# Names in addresses.
WHO, WHAT, SINCE, UNTIL = "ai", "viec", "tu-ngay", "den-ngay"
BY_TIME = "luc"
DAY, LAST_DAY = timedelta(days=1), date.max.isoformat()
PROBLEMS_TOLD = 20


class LogFlaw(StrEnum):
    """What is wrong at one place of the log."""

    CHANGED = "changed"  # an entry is not what was written, or not where it was written
    MISSING = "missing"  # entries were removed before this one
    CUT = "cut"  # the log ends before the end that was kept
    END_WRONG = "end_wrong"  # the end that was kept is gone, or not of this log
    NOT_AS_NOTED = "not_as_noted"  # the entry noted elsewhere is gone or another one


@dataclass(frozen=True, slots=True)
class LogProblem:
    """A flaw and the number of the entry where it shows."""

    seq: int
    flaw: LogFlaw


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole log found; the first problems only."""

    count: int
    end: LogEnd
    problems: tuple[LogProblem, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as staff may read it."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LogTable:
    """A page of the log.

    Attributes:
        lines: Of this page, newest first unless asked otherwise.
        found: How many the question finds on all pages.
        count: How many there are at all.
        query: The question as it was answered: a page beyond the last is the last.
        actors: Whom one can filter by.
    """

    lines: tuple[LogLine, ...]
    found: int
    count: int
    query: TableQuery
    actors: tuple[str, ...]


def shape(actors: Sequence[str]) -> TableShape:
    """What the log can be asked for."""
    return TableShape((BY_TIME,), {WHO: tuple(actors), WHAT: tuple(Action)}, days=(SINCE, UNTIL))


def read_log(db: Database, *, actor: str, asked: Mapping[str, object]) -> LogTable:
    """A page of the log.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_AUDIT_LOG)
        actors = tuple(audit.actors(session))
        ways = shape(actors)
        query = table_query.parse(ways, asked)
        wanted = _wanted(query)
        found, count = audit.count(session, wanted), audit.count(session, audit.Wanted())
        query = query.on_page(min(query.page, table_query.page_count(ways, found)))
        offset = (query.page - 1) * ways.page_size
        rows = audit.page(session, wanted, newest_first=not query.descending, offset=offset, limit=ways.page_size)
    return LogTable(tuple(_line(row) for row in rows), found, count, query, actors)


def log_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The log as .xlsx: every entry the question finds, up to `MOST_ROWS`.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        taken(session, actor=actor, name="log", now=now, permission=Permission.READ_AUDIT_LOG)
    with db.read() as session:
        query = table_query.parse(shape(tuple(audit.actors(session))), asked)
        rows = audit.page(session, _wanted(query), newest_first=not query.descending, offset=0, limit=MOST_ROWS)
    cells = [
        (row.seq, row.at, row.actor, texts.ACTIONS.get(row.action, row.action), row.subject, row.before, row.after)
        for row in rows
    ]
    note = texts.file_note(now, len(rows), MOST_ROWS)
    return workbook(Sheet(texts.AUDIT_LOG, note, [Column(*column) for column in texts.LOG_FILE_COLUMNS], cells))


def _wanted(query: TableQuery) -> audit.Wanted:
    """Days are days of the contest's time zone."""
    since, until = query.filters.get(SINCE), query.filters.get(UNTIL)
    return audit.Wanted(
        search=query.search,
        actor=query.filters.get(WHO, ""),
        action=query.filters.get(WHAT, ""),
        since=day_begins(date.fromisoformat(since)) if since else None,
        until=day_begins(date.fromisoformat(until) + DAY) if until and until != LAST_DAY else None,
    )


def _line(row: AuditEntry) -> LogLine:
    return LogLine(row.seq, row.at, row.actor, row.action, row.subject, row.before, row.after)


def verify_log(db: Database, *, noted: LogEnd | None = None) -> Verdict:
    """Check every entry against its seal, its place and the one before it, and the end against the one that was kept.

    Args:
        noted: An end an earlier check told, kept outside the database: shows a log that was put back whole to a day
            before it.
    """
    problems: list[LogProblem] = []
    last, count = LogEnd(0, BEGINNING), 0
    found_noted = noted is None
    with db.read() as session:
        for entry in audit.entries(session):
            count += 1
            if entry.seq != last.seq + 1:
                problems.append(LogProblem(entry.seq, LogFlaw.MISSING))
            elif entry.previous_hash != last.hash:
                problems.append(LogProblem(entry.seq, LogFlaw.CHANGED))
            if audit.seal(entry) != entry.hash:
                problems.append(LogProblem(entry.seq, LogFlaw.CHANGED))
            last = LogEnd(entry.seq, entry.hash)
            found_noted = found_noted or last == noted
        problems += _end_problems(session, last)
    if noted is not None and not found_noted:
        problems.append(LogProblem(noted.seq, LogFlaw.NOT_AS_NOTED))
    return Verdict(count, last, tuple(dict.fromkeys(problems))[:PROBLEMS_TOLD])


def _end_problems(session: Session, last: LogEnd) -> list[LogProblem]:
    kept = audit.end(session)
    if kept is None:
        return [] if last.seq == 0 else [LogProblem(last.seq, LogFlaw.END_WRONG)]
    if kept.seq > last.seq:
        return [LogProblem(kept.seq, LogFlaw.CUT)]
    return [] if kept == last else [LogProblem(last.seq, LogFlaw.END_WRONG)]
