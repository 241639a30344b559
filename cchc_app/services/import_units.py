"""Files of units, headcounts and rosters in the browser: read, shown, then written whole or dropped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import organised_units as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import ImportJob
from cchc_app.services.import_plan import ADDED, CHANGED, Change, counts_of, plan, unknown_codes, write_row
from cchc_app.services.import_roster import import_roster_file
from cchc_app.services.roster_files import RosterError
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.unit_files import HEADCOUNTS, ROSTER, UNITS, RowProblem, UnitRow, parse_units
from cchc_app.texts.formats import local

KINDS = (UNITS, HEADCOUNTS, ROSTER)
READY, DONE, REFUSED, DROPPED = "ready", "done", "refused", "dropped"
MOST_JOBS = 10
LONGEST_FILE_NAME = 120
_ACTIONS = {UNITS: Action.UNITS_IMPORTED, HEADCOUNTS: Action.HEADCOUNTS_IMPORTED}


@dataclass(frozen=True, slots=True)
class JobLine:
    """One import in the list."""

    number: int
    kind: str
    file_name: str
    state: str
    trial: bool
    counts: Mapping[str, int]
    made_by: str
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobPage:
    """One import: what it would change, or what has to be put right first."""

    line: JobLine
    changes: tuple[Change, ...]
    problems: tuple[RowProblem, ...]


def read_file(db: Database, *, actor: str, kind: str, body: bytes, name: str, now: datetime) -> int:
    """Read a file of units or headcounts and keep what it would do; nothing else is written. The import's number.

    Args:
        actor: Username of who sends it.
        kind: UNITS or HEADCOUNTS.
        body: The file.
        name: Its name.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, BAD_REQUEST, CONTEST_MISSING.
    """
    if kind not in _ACTIONS:
        raise ContestError(ErrorCode.BAD_REQUEST)
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
    parsed = parse_units(body, name, kind=kind, today=local(now).date())
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        units = rows.lock_units(session, contest_id)
        problems = [*parsed.problems, *unknown_codes(units, parsed.rows, kind)]
        changes, same = ((), 0) if problems else plan(session, units, parsed.rows)
        found = {
            "rows": [asdict(row) | {"day": row.day.isoformat() if row.day else None} for row in parsed.rows],
            "problems": [asdict(problem) for problem in sorted(problems, key=lambda one: one.row)],
            "changes": [asdict(change) for change in changes],
            "counts": counts_of(changes, same, len(problems)),
        }
        state = REFUSED if problems else READY
        return rows.add_job(session, _job(contest_id, kind, name, state, found, actor, now))


def read_roster_file(
    db: Database,
    *,
    actor: str,
    unit: str,
    body: bytes,
    name: str,
    restore_zeros: bool,
    trial: bool,
    now: datetime,
) -> int:
    """Put a file in the place of a unit's roster, or only try. The import's number; it holds nobody's data.

    Raises:
        ContestError: NOT_ALLOWED, UNIT_UNKNOWN, CONTEST_MISSING.
    """
    wanted = {"actor": actor, "unit": unit, "body": body, "name": name, "now": now}
    problems: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    try:
        done = import_roster_file(db, **wanted, restore_zeros=restore_zeros, trial=trial)
        counts = {"people": done.people, "before": done.before}
    except RosterError as refused:
        problems = [
            # A repaired number is somebody's number.
            asdict(
                RowProblem(one.row or 0, "", one.what, "" if one.what is ErrorCode.CITIZEN_ID_LOST_ZERO else one.value)
            )
            for one in refused.problems
        ]
        counts = {"wrong": len(problems)}
    state = REFUSED if problems else DROPPED if trial else DONE
    found = {"unit": unit, "trial": trial, "rows": [], "problems": problems, "changes": [], "counts": counts}
    with db.write() as session:
        contest_id = contest_in_force(session).contest_id
        return rows.add_job(session, _job(contest_id, ROSTER, name, state, found, actor, now))


def confirm(db: Database, *, actor: str, number: int, now: datetime) -> JobLine:
    """Write everything a read file would change, in one transaction.

    Raises:
        ContestError: NOT_ALLOWED, UNIT_IMPORT_UNKNOWN, IMPORT_OVER; IMPORT_STALE when the units have changed since.
    """
    with db.write() as session:
        job = _locked(session, actor, number)
        units = rows.lock_units(session, job.contest_id)
        read = [_row(raw) for raw in job.body["rows"]]
        changes, _ = plan(session, units, read)
        if [asdict(change) for change in changes] != [_tuples(raw) for raw in job.body["changes"]]:
            raise ContestError(ErrorCode.IMPORT_STALE)
        touched = {change.code for change in changes}
        for row in read:
            if row.code in touched:
                write_row(session, contest_id=job.contest_id, actor=actor, units=units, row=row, now=now)
        rows.end_job(session, job, DONE, now=now)
        counts = job.body["counts"]
        audit.append(
            session,
            at=now,
            actor=actor,
            action=_ACTIONS[job.kind],
            subject=f"import:{number}",
            after={"added": counts[ADDED], "changed": counts[CHANGED]},
        )
        return _line(job)


def drop(db: Database, *, actor: str, number: int, now: datetime) -> None:
    """Drop a read file; nothing was written.

    Raises:
        ContestError: NOT_ALLOWED, UNIT_IMPORT_UNKNOWN, IMPORT_OVER.
    """
    with db.write() as session:
        rows.end_job(session, _locked(session, actor, number), DROPPED, now=now)


def recent_jobs(db: Database, *, actor: str) -> tuple[JobLine, ...]:
    """The newest imports.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        return tuple(_line(job) for job in rows.jobs(session, contest_id, KINDS, limit=MOST_JOBS))


def job_page(db: Database, *, actor: str, number: int) -> JobPage:
    """One import.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, UNIT_IMPORT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        job = rows.job(session, contest_id=contest_id, number=number, kinds=KINDS)
        if job is None:
            raise ContestError(ErrorCode.UNIT_IMPORT_UNKNOWN)
        return JobPage(
            _line(job),
            tuple(Change(**_tuples(raw)) for raw in job.body["changes"]),
            tuple(RowProblem(**raw) for raw in job.body["problems"]),
        )


def _locked(session: Session, actor: str, number: int) -> ImportJob:
    acting(session, actor=actor, permission=Permission.RUN_CONTEST)
    contest_id = contest_in_force(session).contest_id
    job = rows.job(session, contest_id=contest_id, number=number, kinds=KINDS, lock=True)
    if job is None:
        raise ContestError(ErrorCode.UNIT_IMPORT_UNKNOWN)
    if job.state != READY:
        raise ContestError(ErrorCode.IMPORT_OVER)
    return job


def _job(
    contest_id: int, kind: str, name: str, state: str, found: dict[str, Any], actor: str, now: datetime
) -> ImportJob:
    count = len(found["rows"])
    tidy = "".join(char for char in name if char.isprintable())[:LONGEST_FILE_NAME]
    return ImportJob(
        contest_id=contest_id,
        kind=kind,
        file_name=tidy,
        state=state,
        done=count,
        total=count,
        body=found,
        made_by=actor,
        made_at=now,
        ended_at=None if state == READY else now,
    )


def _line(job: ImportJob) -> JobLine:
    return JobLine(
        number=job.id or 0,
        kind=job.kind,
        file_name=job.file_name,
        state=job.state,
        trial=bool(job.body.get("trial")),
        counts=job.body["counts"],
        made_by=job.made_by,
        made_at=job.made_at,
        ended_at=job.ended_at,
    )


def _row(raw: Mapping[str, Any]) -> UnitRow:
    return UnitRow(**{**raw, "day": date.fromisoformat(raw["day"]) if raw["day"] else None})


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A change as it was before it was JSON."""
    return {**raw, "before": tuple(raw["before"]), "after": tuple(raw["after"])}
