"""Imports as they are shown: the list, how far one is, what it holds, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data import question_bank as bank
from cchc_app.data import question_imports as jobs
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.import_body import Found, found_in
from cchc_app.services.import_questions import WRITTEN, codes_taken, is_interrupted
from cchc_app.services.question_bank import sorted_topics
from cchc_app.services.question_files import (
    Column,
    Duplicate,
    ParsedQuestion,
    Repair,
    RepairKind,
    RowError,
    duplicates,
    stem_key,
)
from cchc_app.services.staff_sessions import reading

MOST_JOBS = 500
PAGE_SIZE = 50
_known_stem_key = lru_cache(maxsize=50_000)(stem_key)


class Part(StrEnum):
    """The parts of a preview, each with its pages; the values stand in addresses."""

    ERRORS = "loi"
    WARNINGS = "can-xem"
    DUPLICATES = "trung"
    REPAIRS = "sua"
    QUESTIONS = "cau"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import.

    Attributes:
        state: As stored.
        interrupted: It says that it is being read, and nobody reads it.
        done: Questions read so far.
        total: Of how many; 0 while that is unknown.
    """

    number: int
    file_name: str
    state: str
    interrupted: bool
    done: int
    total: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of repair: in how many cells, and whether it was accepted (None: not decided)."""

    kind: RepairKind
    cells: int
    accepted: bool | None
    may_decline: bool


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file holds.

    Attributes:
        line: The job.
        kind: The file's format, empty when it could not be told.
        counts: How much there is in every part.
        missing: How many questions have no pool, topic, difficulty or code.
        written: Questions it has become.
        offers: Repairs to decide about.
        part: The part that is shown; of it `page`, of `pages`. All other parts are empty.
        topics: Those of the bank, to choose from.
    """

    line: ImportLine
    kind: str
    counts: Mapping[Part, int]
    missing: Mapping[Column, int]
    written: int
    offers: tuple[Offer, ...]
    part: Part
    page: int
    pages: int
    problems: tuple[RowError, ...] = ()
    doubles: tuple[tuple[Duplicate, str], ...] = ()
    repairs: tuple[Repair, ...] = ()
    questions: tuple[ParsedQuestion, ...] = ()
    topics: tuple[str, ...] = ()


def import_list(db: Database, *, actor: str, now: datetime) -> tuple[ImportLine, ...]:
    """The newest imports.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        found = jobs.newest(session, contest_in_force(session).contest_id, limit=MOST_JOBS)
    return tuple(_line(job, now) for job in found)


def import_progress(db: Database, *, actor: str, number: int, now: datetime) -> ImportLine:
    """How far an import is; cheap, for whoever watches.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, IMPORT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        return _line(_job(session, contest_in_force(session).contest_id, number), now)


def import_preview(db: Database, *, actor: str, number: int, part: str, page: int, now: datetime) -> ImportPreview:
    """One part of what an import holds; without a part that exists, the first with something in it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, IMPORT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        job = _job(session, contest_id, number)
        body = jobs.body(session, number)
        shown = job.state in (jobs.READY, jobs.REFUSED)
        codes = bank.codes(session, contest_id) if shown else []
        stems = bank.stems(session, contest_id) if shown else []
        topics = sorted_topics(session, contest_id) if shown else []
    found = found_in(body if shown else {})
    parts = _parts(found, codes, stems)
    counts = {one: len(items) for one, items in parts.items()}
    chosen = Part(part) if part in set(Part) else next((one for one in Part if counts[one]), Part.QUESTIONS)
    pages = max(1, -(-counts[chosen] // PAGE_SIZE))
    page = min(max(page, 1), pages)
    items = parts[chosen][(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return ImportPreview(
        line=_line(job, now),
        kind=found.kind,
        counts=counts,
        missing=_missing(found.questions),
        written=body.get(WRITTEN, 0),
        offers=_offers(found),
        part=chosen,
        page=page,
        pages=pages,
        topics=tuple(topics),
        **{_FIELDS[chosen]: tuple(items)},
    )


_FIELDS = {
    Part.ERRORS: "problems",
    Part.WARNINGS: "problems",
    Part.DUPLICATES: "doubles",
    Part.REPAIRS: "repairs",
    Part.QUESTIONS: "questions",
}


def _parts(found: Found, codes: list[str], stems: Sequence[tuple[str, str]]) -> dict[Part, Sequence]:
    taken = [
        RowError(one.row, Column.CODE, ErrorCode.QUESTION_CODE_TAKEN) for one in codes_taken(found.questions, codes)
    ]
    existing = {_known_stem_key(stem): code for code, stem in reversed(stems)}
    said = {one.row: one.stem for one in found.questions}
    return {
        Part.ERRORS: sorted([*found.errors, *taken], key=lambda problem: problem.row or 0),
        Part.WARNINGS: found.warnings,
        Part.DUPLICATES: [(one, said[one.row]) for one in duplicates(found.questions, existing)],
        Part.REPAIRS: found.repairs,
        Part.QUESTIONS: found.questions,
    }


def _offers(found: Found) -> tuple[Offer, ...]:
    kinds = [repair.kind for repair in found.repairs]
    decided = dict.fromkeys(found.accept, True) | dict.fromkeys(found.keep, False)
    return tuple(
        Offer(kind, kinds.count(kind), decided.get(kind), kind is not RepairKind.NUMBERS_AS_DATES)
        for kind in RepairKind
        if kind in kinds
    )


def _missing(questions: Sequence[ParsedQuestion]) -> dict[Column, int]:
    return {
        Column.CODE: sum(not one.code for one in questions),
        Column.POOL: sum(not one.pool for one in questions),
        Column.TOPIC: sum(not one.topic for one in questions),
        Column.DIFFICULTY: sum(one.difficulty is None for one in questions),
    }


def _job(session: Session, contest_id: int, number: int) -> jobs.JobRow:
    job = jobs.by_number(session, contest_id, number)
    if job is None:
        raise ContestError(ErrorCode.IMPORT_UNKNOWN)
    return job


def _line(job: jobs.JobRow, now: datetime) -> ImportLine:
    return ImportLine(
        job.id, job.file_name, job.state, is_interrupted(job, now), job.done, job.total, job.made_by, job.made_at
    )
