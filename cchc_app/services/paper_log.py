"""Papers for organisers: the long list, and the timeline of one. Nobody changes anything here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import fold
from cchc_app.contest.timing import MILLISECOND
from cchc_app.data import paper_log as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.paper_log import PaperRow, Wanted
from cchc_app.data.quiz import EXPIRED, OPEN, SUBMITTED, QuestionText, cached_question_texts
from cchc_app.data.tables import Answer
from cchc_app.services.list_files import MOST_ROWS, taken
from cchc_app.services.organise_people import UnitName, unit_names
from cchc_app.services.staff_sessions import reading
from cchc_app.services.take_quiz import paper_items
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_papers as texts
from cchc_app.texts.admin import file_note

# Names in addresses.
WEEK, STATE, UNIT, BLOC = "tuan", "tinh-trang", "don-vi", "khoi"
BY_START, BY_SCORE, BY_TIME = "bat-dau", "diem", "thoi-gian"
SORTS = {BY_START: rows.BY_START, BY_SCORE: rows.BY_SCORE, BY_TIME: rows.BY_TIME}
STATES = {"dang-lam": OPEN, "da-nop": SUBMITTED, "het-gio": EXPIRED}
# What no name has and every receipt does.
_RECEIPT_SIGN = "-"


class Step(StrEnum):
    """A line of a timeline."""

    STARTED = "started"
    EVENT = "event"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A page of the list; attributes as `services.organise_people.PeopleTable`."""

    lines: Sequence[PaperRow]
    found: int
    count: int
    query: TableQuery
    periods: tuple[int, ...]
    units: tuple[UnitName, ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened.

    Attributes:
        gap_ms: Since the line before.
        event: A `contest.paper_events.PaperEvent`; empty for other steps.
        browser: Which of the paper's browsers, from 1; 0 when it is not known.
        position: The question, from 0; None for other steps.
        choice: The option on the screen, from 0.
    """

    at: datetime
    gap_ms: int
    step: Step
    event: str = ""
    browser: int = 0
    position: int | None = None
    stem: str = ""
    choice: int | None = None
    option: str = ""
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """One paper from beginning to end."""

    paper: PaperRow
    points: int | None
    total: int
    answered: int
    deadline_at: datetime
    grace_ms: int
    extra_time_ms: int
    feedback: str
    prediction: int | None
    rule_set_version: int
    lines: tuple[TimelineLine, ...]


def shape(periods: Sequence[int], units: Sequence[UnitName]) -> TableShape:
    """What the list can be asked for."""
    filters = {
        WEEK: tuple(str(number) for number in periods),
        STATE: tuple(STATES),
        UNIT: tuple(unit.code for unit in units),
        BLOC: tuple(dict.fromkeys(unit.bloc for unit in units)),
    }
    return TableShape(tuple(SORTS), filters)


def paper_table(db: Database, *, actor: str, asked: Mapping[str, object]) -> PaperTable:
    """A page of the list of counted papers, the newest first unless asked otherwise.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        periods, units = tuple(sorted(contest.period_ids)), unit_names(session, contest.contest_id)
        ways = shape(periods, units)
        query = table_query.parse(ways, asked)
        wanted = _wanted(query)
        found = rows.count(session, contest.contest_id, wanted)
        count = found if wanted == Wanted() else rows.count(session, contest.contest_id, Wanted())
        query = query.on_page(min(query.page, table_query.page_count(ways, found)))
        lines = rows.page(
            session,
            contest.contest_id,
            wanted,
            **_order(query),
            offset=(query.page - 1) * ways.page_size,
            limit=ways.page_size,
        )
    return PaperTable(lines, found, count, query, periods, units)


def paper_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The list as .xlsx: every paper the question finds, up to `MOST_ROWS`.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        contest_id = taken(session, actor=actor, name="papers", now=now)
    with db.read() as session:
        periods = tuple(sorted(contest_in_force(session).period_ids))
        query = table_query.parse(shape(periods, unit_names(session, contest_id)), asked)
        found = rows.page(session, contest_id, _wanted(query), **_order(query), offset=0, limit=MOST_ROWS)
    columns = [Column(*column) for column in texts.FILE_COLUMNS]
    note = file_note(now, len(found), MOST_ROWS)
    return workbook(Sheet(texts.FILE_SHEET, note, columns, [_cells(row) for row in found]))


def timeline(db: Database, *, actor: str, receipt: str) -> Timeline:
    """Everything that happened to one counted paper, in the order it happened, in the words it was asked in.

    Args:
        actor: Username of who reads.
        receipt: Which paper.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, PAPER_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        found = rows.whole(session, contest_id=contest.contest_id, receipt=receipt)
    if found is None:
        raise ContestError(ErrorCode.PAPER_UNKNOWN)
    attempt = found.attempt
    return Timeline(
        paper=PaperRow(
            attempt.receipt,
            attempt.participant_id,
            found.full_name,
            found.citizen_id_masked,
            found.unit_name,
            found.period_number,
            attempt.number,
            attempt.status,
            attempt.started_at,
            attempt.finished_at,
            attempt.correct,
            attempt.time_used_ms,
        ),
        points=attempt.points,
        total=len(attempt.paper),
        answered=len(found.answers),
        deadline_at=attempt.deadline_at,
        grace_ms=attempt.grace_ms,
        extra_time_ms=attempt.extra_time_ms,
        feedback=attempt.feedback,
        prediction=attempt.prediction,
        rule_set_version=found.rule_set_version,
        lines=_lines(db, found),
    )


def _wanted(query: TableQuery) -> Wanted:
    week = query.filters.get(WEEK)
    wanted = Wanted(
        period_number=int(week) if week else None,
        status=STATES.get(query.filters.get(STATE, ""), ""),
        unit_code=query.filters.get(UNIT, ""),
        bloc=query.filters.get(BLOC, ""),
    )
    if _RECEIPT_SIGN in query.search:
        return replace(wanted, receipt=query.search.upper())
    return replace(wanted, folded=fold(query.search))


def _order(query: TableQuery) -> dict[str, Any]:
    """Papers come the newest first, scores the best first: the way round that is asked for counts from there."""
    best_first = query.sort in (BY_START, BY_SCORE)
    return {"order": SORTS[query.sort], "descending": query.descending != best_first}


def _lines(db: Database, found: rows.Whole) -> tuple[TimelineLine, ...]:
    attempt, items = found.attempt, paper_items(found.attempt)
    texts_of = cached_question_texts(db, [item.question_version_id for item in items])
    browsers = {one.session_id: n for n, one in enumerate({e.session_id: e for e in found.events}.values(), 1)}
    lines = [TimelineLine(attempt.started_at, 0, Step.STARTED)]
    lines += [
        TimelineLine(one.at, 0, Step.EVENT, event=one.kind, browser=browsers[one.session_id] if one.session_id else 0)
        for one in found.events
    ]
    for answer in found.answers:
        item = items[answer.position]
        lines.append(_answered(answer, texts_of[item.question_version_id], item.option_order))
    if attempt.finished_at is not None:
        lines.append(TimelineLine(attempt.finished_at, 0, Step(attempt.status)))
    lines.sort(key=lambda line: (line.at, tuple(Step).index(line.step)))
    return tuple(
        replace(line, gap_ms=(line.at - (lines[n - 1] if n else line).at) // MILLISECOND)
        for n, line in enumerate(lines)
    )


def _answered(answer: Answer, text: QuestionText, order: tuple[int, ...]) -> TimelineLine:
    return TimelineLine(
        at=answer.answered_at,
        gap_ms=0,
        step=Step.ANSWERED,
        position=answer.position,
        stem=text.stem,
        choice=order.index(answer.option),
        option=text.options[answer.option],
        correct=answer.correct,
    )


def _cells(row: PaperRow) -> Sequence[Cell]:
    return (
        row.receipt,
        row.full_name,
        row.citizen_id_masked,
        row.unit_name,
        row.period_number,
        row.number,
        texts.STATES[row.status],
        row.started_at,
        row.finished_at,
        row.correct,
        texts.seconds(row.time_used_ms),
    )
