"""Queries of official results: raw papers and answers as a stream, what they rest on, the frozen rows."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, Select, func, insert, select, type_coerce
from sqlmodel import Session, col

from cchc_app.contest.official import Place
from cchc_app.contest.timing import EPOCH, MILLISECOND
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import (
    OVERALL,
    Answer,
    Attempt,
    Contest,
    OfficialPlace,
    OfficialResult,
    Participant,
    Period,
    Question,
    QuestionVersion,
    Standing,
    Unit,
)

CHUNK = 500  # people whose papers are in memory at a time


@dataclass(frozen=True, slots=True)
class RawPaper:
    """A finished paper as it lies in the database, instants in milliseconds since 1970."""

    id: int
    participant_id: int
    period_id: int
    number: int
    receipt: str
    paper: list[list[Any]]
    started_ms: int
    deadline_ms: int
    grace_ms: int
    finished_ms: int
    time_used_ms: int | None
    correct: int | None
    points: int | None
    prediction: int | None
    unit_id: int
    ranked: bool
    disqualified: bool


def lock_contest(session: Session, contest_id: int) -> None:
    """Results and prizes of a contest are decided one after the other."""
    session.get_one(Contest, contest_id, with_for_update=True)


def open_papers(session: Session, period_ids: Sequence[int]) -> int:
    """How many papers of these periods are still being written."""
    query = (
        select(func.count())
        .select_from(Attempt)
        .where(col(Attempt.period_id).in_(period_ids), col(Attempt.status) == OPEN)
    )
    return session.execute(query).scalar_one()


def people_count(session: Session, contest_id: int) -> int:
    """How many people are registered: the length of the stream."""
    query = select(func.count()).select_from(Participant).where(col(Participant.contest_id) == contest_id)
    return session.execute(query).scalar_one()


def papers_by_person(
    session: Session, *, contest_id: int, period_ids: Sequence[int]
) -> Iterator[tuple[int, list[RawPaper]]]:
    """Finished papers of these periods, some people at a time, by participant id and then by paper.

    Yields:
        How many people the chunk went over, and their papers.
    """
    after = 0
    while True:
        ids = (
            select(col(Participant.id))
            .where(col(Participant.contest_id) == contest_id, col(Participant.id) > after)
            .order_by(col(Participant.id))
            .limit(CHUNK)
        ).subquery()
        count, last = session.execute(select(func.count(), func.max(ids.c.id)).select_from(ids)).one()
        if not count:
            return
        rows = session.execute(_papers(period_ids).where(col(Attempt.participant_id).between(after + 1, last)))
        yield count, [RawPaper(*row) for row in rows]
        after = last


def _papers(period_ids: Sequence[int]) -> Select[Any]:
    return (
        select(
            col(Attempt.id),
            col(Attempt.participant_id),
            col(Attempt.period_id),
            col(Attempt.number),
            col(Attempt.receipt),
            col(Attempt.paper),
            _millis(Attempt.started_at),
            _millis(Attempt.deadline_at),
            col(Attempt.grace_ms),
            _millis(Attempt.finished_at),
            col(Attempt.time_used_ms),
            col(Attempt.correct),
            col(Attempt.points),
            col(Attempt.prediction),
            col(Participant.unit_id),
            col(Participant.ranked),
            col(Participant.disqualified),
        )
        .join(Participant, col(Participant.id) == col(Attempt.participant_id))
        .where(
            col(Attempt.period_id).in_(period_ids),
            col(Attempt.kind) == COUNTED,
            col(Attempt.finished_at).is_not(None),
        )
        .order_by(col(Attempt.participant_id), col(Attempt.id))
    )


def answers(session: Session, attempt_ids: Sequence[int]) -> Mapping[int, list[tuple[int, int, int]]]:
    """Stored answers of papers by attempt: position, option of the question version, instant in milliseconds."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    query = select(col(Answer.attempt_id), col(Answer.position), col(Answer.option), _millis(Answer.answered_at)).where(
        col(Answer.attempt_id).in_(attempt_ids)
    )
    for attempt_id, position, option, at in session.execute(query):
        found.setdefault(attempt_id, []).append((position, option, at))
    return found


def frozen_keys(session: Session, contest_id: int) -> Mapping[int, frozenset[int]]:
    """The accepted options of every question version of a contest; the rows are never changed."""
    rows = session.execute(
        select(col(QuestionVersion.id), col(QuestionVersion.key))
        .join(Question, col(Question.id) == col(QuestionVersion.question_id))
        .where(col(Question.contest_id) == contest_id)
    )
    return {version_id: frozenset(key) for version_id, key in rows}


class Fingerprint:
    """Of everything but the answers that a result rests on: equal ones mean that nothing was changed in between."""

    def __init__(self) -> None:
        self._running = hashlib.sha256()

    def add(self, *values: object) -> None:
        """Take values in, in order."""
        self._running.update(repr(values).encode())

    def value(self) -> str:
        """So far."""
        return self._running.hexdigest()


def fingerprint(session: Session, *, period_ids: Sequence[int], ground: object) -> str:
    """What `paper_facts` of a stream add up to, read at once.

    Args:
        period_ids: As given to the stream.
        ground: What else the result rests on, as given when the stream was read.
    """
    of = Fingerprint()
    of.add(ground)
    papers = _papers(period_ids).subquery()
    facts = (papers.c[name] for name in ("id", "participant_id", "finished_at", "unit_id", "ranked", "disqualified"))
    for row in session.execute(select(*facts).order_by(papers.c.participant_id, papers.c.id)):
        of.add(*row)
    return of.value()


def paper_facts(paper: RawPaper) -> tuple[int, int, int, int, bool, bool]:
    """What may change of a finished paper without its answers changing."""
    return (paper.id, paper.participant_id, paper.finished_ms, paper.unit_id, paper.ranked, paper.disqualified)


def prediction_actuals(session: Session, contest_id: int) -> Mapping[int, int]:
    """Settled counts by the period's number."""
    rows = session.execute(
        select(col(Period.number), col(Period.prediction_actual)).where(
            col(Period.contest_id) == contest_id, col(Period.prediction_actual).is_not(None)
        )
    )
    return {number: actual or 0 for number, actual in rows}


def units_in_order(session: Session, contest_id: int) -> Sequence[Row[Any]]:
    """Id, bloc and position of every unit, in the official order."""
    query = select(col(Unit.id), col(Unit.bloc), col(Unit.position)).where(col(Unit.contest_id) == contest_id)
    return session.execute(query.order_by(col(Unit.position))).all()


def live_lines(session: Session, *, contest_id: int, board: int) -> Iterator[tuple[int, str]]:
    """Participant and rank key of every row of a live board."""
    query = select(col(Standing.participant_id), col(Standing.rank_key)).where(
        col(Standing.contest_id) == contest_id, col(Standing.period_number) == board
    )
    for row in session.execute(query):
        yield row[0], row[1]


def newest(session: Session, *, contest_id: int, board: int) -> OfficialResult | None:
    """The official result of a board that counts."""
    query = select(OfficialResult).where(
        col(OfficialResult.contest_id) == contest_id, col(OfficialResult.board) == board
    )
    return session.execute(query.order_by(col(OfficialResult.version).desc()).limit(1)).scalar_one_or_none()


def results(session: Session, contest_id: int) -> Sequence[OfficialResult]:
    """Every official result of a contest, by board, the newest version first."""
    query = select(OfficialResult).where(col(OfficialResult.contest_id) == contest_id)
    return (
        session.execute(query.order_by(col(OfficialResult.board), col(OfficialResult.version).desc())).scalars().all()
    )


def store(session: Session, result: OfficialResult, places: Sequence[Place]) -> int:
    """Freeze a result; the unique constraint refuses two of one version. Returns its id."""
    session.add(result)
    session.flush()
    result_id = result.id or 0
    rows = [
        {
            "result_id": result_id,
            "place": number,
            "participant_id": place.participant_id,
            "unit_id": place.unit_id,
            "attempt_id": place.attempt_id,
            "points": place.points,
            "correct": place.correct,
            "total": place.total,
            "time_used_ms": place.time_used_ms,
            "finished_at": place.finished_at,
            "rank_key": place.rank_key,
        }
        for number, place in enumerate(places, 1)
    ]
    for start in range(0, len(rows), 5_000):
        session.connection().execute(insert(OfficialPlace), rows[start : start + 5_000])
    return result_id


def places(session: Session, result_id: int) -> Iterator[Place]:
    """The frozen lines of a result, in order."""
    query = (
        select(
            col(OfficialPlace.rank_key),
            col(OfficialPlace.participant_id),
            col(OfficialPlace.unit_id),
            col(OfficialPlace.attempt_id),
            col(OfficialPlace.points),
            col(OfficialPlace.correct),
            col(OfficialPlace.total),
            col(OfficialPlace.time_used_ms),
            _millis(OfficialPlace.finished_at),
        )
        .where(col(OfficialPlace.result_id) == result_id)
        .order_by(col(OfficialPlace.place))
    )
    for row in session.execute(query):
        *fields, finished_ms = tuple(row)
        values: list[Any] = [*fields, instant(finished_ms)]
        yield Place(*values)


def instant(millis: int) -> datetime:
    """Milliseconds since 1970 as an instant."""
    return EPOCH + millis * MILLISECOND


def board_periods(period_ids: Mapping[int, int], board: int) -> list[int]:
    """Ids of the periods a board is made of."""
    return list(period_ids.values()) if board == OVERALL else [period_ids[board]]


def _millis(column: Any) -> Any:
    """An instant as the database holds it: quicker than a datetime, and exact."""
    return type_coerce(col(column), BigInteger).label(column.key)
