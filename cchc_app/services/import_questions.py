"""Questions taken in from a file: read by itself, shown, then written whole as drafts or dropped."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import question_bank as bank
from cchc_app.data import question_imports as jobs
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import ImportJob, QuestionEvent
from cchc_app.services.clock import server_now
from cchc_app.services.edit_question import free_codes, is_taken, new_question, new_version
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.import_body import Uploaded, found_in, pack_found, pack_upload, upload_in
from cchc_app.services.question_files import Column, ParsedQuestion, RepairKind, parse_file
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import acting

LONGEST_NAME = 120
PROGRESS_SECONDS = 0.5
BEAT_SECONDS = 5
# Nobody who reads is silent for so long: the server was stopped meanwhile.
INTERRUPTED_AFTER = timedelta(seconds=30)
WRITTEN = "written"  # what is left of a job's body: how many questions it became

log = logging.getLogger(__name__)
_running: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is filled in where the file says nothing."""

    pool: str = ""
    topic: str = ""
    difficulty: int | None = None


def begin_import(db: Database, *, actor: str, name: str, body: bytes, now: datetime) -> int:
    """Take a file in, to be read by `start_reading`; the job's number.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    shown = "".join(char for char in canonical(name[-LONGEST_NAME:]) if char.isprintable())
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        packed = pack_upload(Uploaded(body))
        number = jobs.add(session, contest_id=contest_id, file_name=shown, body=packed, by=actor, at=now)
        _log(session, Action.IMPORT_BEGUN, actor, number, now, file=shown)
    return number


def start_reading(db: Database, number: int) -> None:
    """Read a job's file in a thread, from now on and whoever waits for it; called on the event loop."""
    task = asyncio.get_running_loop().create_task(_read_alive(db, number))
    _running.add(task)
    task.add_done_callback(_running.discard)


async def _read_alive(db: Database, number: int) -> None:
    work = asyncio.ensure_future(in_thread(read_import, db, number=number, clock=server_now))
    try:
        while not (await asyncio.wait({work}, timeout=BEAT_SECONDS))[0]:
            await in_thread(_beat, db, number, server_now())
        await work
    except Exception:
        # The job shows itself as interrupted before long.
        log.exception("an import could not be read")


def read_import(db: Database, *, number: int, clock: Callable[[], datetime]) -> None:
    """Read a job's file and keep what it holds; nothing happens to a job that was dropped meanwhile."""
    with db.read() as session:
        body, name = jobs.body(session, number), jobs.name(session, number)
    if not body:
        return
    uploaded = upload_in(body)
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= PROGRESS_SECONDS:
            told = time.monotonic()
            _beat(db, number, clock(), (done, total))

    found = parse_file(name, uploaded.body, accept=uploaded.accept, keep=uploaded.keep, progress=progress)
    state = jobs.REFUSED if found.errors else jobs.READY
    with db.write() as session:
        packed = pack_found(uploaded, found)
        jobs.finish_reading(session, number, state=state, body=packed, total=len(found.rows))


def decide_repair(db: Database, *, actor: str, number: int, kind: RepairKind, accept: bool, now: datetime) -> None:
    """Have one kind of repair made, or everything left as it is; the file is then to be read anew.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, IMPORT_UNKNOWN, IMPORT_NOT_READY.
    """
    with db.write() as session:
        job = _locked(session, actor, number, (jobs.READY, jobs.REFUSED))
        before = upload_in(job.body)
        accepted = [one for one in before.accept if one is not kind] + ([kind] if accept else [])
        kept = [one for one in before.keep if one is not kind] + ([] if accept else [kind])
        job.body = pack_upload(replace(before, accept=tuple(accepted), keep=tuple(kept)))
        job.state, job.done, job.total, job.beat_at = jobs.READING, 0, 0, now
        session.add(job)


def confirm_import(db: Database, *, actor: str, number: int, defaults: Defaults, now: datetime) -> int:
    """Write every question of the file as a draft, or none; how many there are.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, IMPORT_UNKNOWN, IMPORT_NOT_READY, IMPORT_UNDECIDED,
            IMPORT_HAS_ERRORS.
        FieldErrors: What has to be filled in, by `Column`.
    """
    with db.write() as session:
        job = _locked(session, actor, number, (jobs.READY,))
        found = found_in(job.body)
        if {repair.kind for repair in found.repairs} - {*found.accept, *found.keep}:
            raise ContestError(ErrorCode.IMPORT_UNDECIDED)
        bank.lock_bank(session, job.contest_id)
        taken = bank.codes(session, job.contest_id)
        if codes_taken(found.questions, taken):
            raise ContestError(ErrorCode.IMPORT_HAS_ERRORS)
        wanted = list(_with_codes(_filled(found.questions, defaults), taken))
        _write(session, job, wanted, actor, now)
        job.body, job.state, job.ended_at = {WRITTEN: len(wanted)}, jobs.DONE, now
        session.add(job)
        _log(session, Action.QUESTIONS_IMPORTED, actor, number, now, file=job.file_name, questions=len(wanted))
    return len(wanted)


def drop_import(db: Database, *, actor: str, number: int, now: datetime) -> None:
    """Forget a file, read or not.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, IMPORT_UNKNOWN, IMPORT_NOT_READY.
    """
    with db.write() as session:
        job = _locked(session, actor, number, (jobs.READING, jobs.READY, jobs.REFUSED))
        job.body, job.state, job.ended_at = {}, jobs.DROPPED, now
        session.add(job)
        _log(session, Action.IMPORT_DROPPED, actor, number, now, file=job.file_name)


def is_interrupted(job: jobs.JobRow, now: datetime) -> bool:
    """Whether nobody reads a job any more that says it is being read."""
    return job.state == jobs.READING and now - (job.beat_at or job.made_at) > INTERRUPTED_AFTER


def codes_taken(questions: tuple[ParsedQuestion, ...], taken: list[str]) -> list[ParsedQuestion]:
    """Those whose code the bank has already."""
    known = {code.casefold() for code in taken}
    return [one for one in questions if one.code and (one.code.casefold() in known or is_taken(one.code, ()))]


def _beat(db: Database, number: int, now: datetime, progress: tuple[int, int] | None = None) -> None:
    with db.write() as session:
        jobs.beat(session, number, at=now, progress=progress)


def _locked(session: Session, actor: str, number: int, states: tuple[str, ...]) -> ImportJob:
    acting(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
    job = jobs.lock(session, contest_in_force(session).contest_id, number)
    if job is None:
        raise ContestError(ErrorCode.IMPORT_UNKNOWN)
    if job.state not in states:
        raise ContestError(ErrorCode.IMPORT_NOT_READY)
    return job


def _filled(questions: tuple[ParsedQuestion, ...], defaults: Defaults) -> list[ParsedQuestion]:
    topic = canonical(defaults.topic)
    filled = [
        replace(
            one,
            pool=one.pool or defaults.pool,
            topic=one.topic or topic,
            difficulty=one.difficulty or defaults.difficulty,
        )
        for one in questions
    ]
    needed = {
        Column.POOL: (all(one.pool for one in filled), ErrorCode.POOL_MISSING),
        Column.TOPIC: (all(one.topic for one in filled), ErrorCode.TOPIC_MISSING),
        Column.DIFFICULTY: (all(one.difficulty for one in filled), ErrorCode.DIFFICULTY_MISSING),
    }
    missing = {column.value: ContestError(code) for column, (there, code) in needed.items() if not there}
    if missing:
        raise FieldErrors(missing)
    return filled


def _with_codes(questions: list[ParsedQuestion], taken: list[str]) -> Iterator[ParsedQuestion]:
    used = [*taken, *(one.code for one in questions if one.code)]
    free = {pool: free_codes(pool, used) for pool in {one.pool for one in questions}}
    for one in questions:
        yield one if one.code else replace(one, code=next(free[one.pool]))


def _write(session: Session, job: ImportJob, wanted: list[ParsedQuestion], actor: str, now: datetime) -> None:
    rows = [new_question(job.contest_id, one.code, one) for one in wanted]
    session.add_all(rows)
    session.flush()
    session.add_all(new_version(row, 1, one, actor, now) for row, one in zip(rows, wanted, strict=True))
    session.add_all(
        QuestionEvent(
            question_id=row.id or 0, version=1, action=QuestionDeed.IMPORTED, by=actor, at=now, note=job.file_name
        )
        for row in rows
    )
    session.flush()


def _log(session: Session, action: Action, actor: str, number: int, now: datetime, **after: object) -> None:
    session.flush()
    audit.append(session, at=now, actor=actor, action=action, subject=f"import:{number}", after=after)
