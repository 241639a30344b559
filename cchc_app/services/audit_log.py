"""Reading and checking the audit log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.data import audit
from cchc_app.data.audit import BEGINNING, LogEnd
from cchc_app.data.engine import Database
from cchc_app.services.staff_sessions import reading

PAGE = 50
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
class LogPage:
    """Some entries, newest first, and whether older ones follow."""

    lines: tuple[LogLine, ...]
    more: bool


def read_log(db: Database, *, actor: str, search: str, before_seq: int | None) -> LogPage:
    """A page of the log.

    Args:
        actor: Username of who reads.
        search: Part of what an entry says; empty for all.
        before_seq: Only entries older than this one; None for the newest.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    wanted = "".join(char for char in canonical(search) if char.isprintable())
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_AUDIT_LOG)
        found = audit.page(session, search=wanted, before_seq=before_seq, limit=PAGE + 1)
        lines = [
            LogLine(row.seq, row.at, row.actor, row.action, row.subject, row.before, row.after) for row in found[:PAGE]
        ]
    return LogPage(tuple(lines), more=len(found) > PAGE)


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
