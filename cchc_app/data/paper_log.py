"""Queries of papers for organisers: the long list, what happened to one, and the notes about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import Answer, Attempt, AttemptEvent, AuthSession, Participant, Period, RuleSetVersion, Unit


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One counted paper with whose it is."""

    receipt: str
    participant_id: int
    full_name: str
    citizen_id_masked: str
    unit_name: str
    period_number: int
    number: int
    status: str
    started_at: datetime
    finished_at: datetime | None
    correct: int | None
    time_used_ms: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers; empty texts and None for all.

    Attributes:
        receipt: The beginning of a receipt.
        folded: Part of a name, as `contest.text.fold` writes it.
    """

    receipt: str = ""
    folded: str = ""
    period_number: int | None = None
    status: str = ""
    unit_code: str = ""
    bloc: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """One paper with everything about it."""

    attempt: Attempt
    full_name: str
    citizen_id_masked: str
    unit_name: str
    period_number: int
    rule_set_version: int
    answers: Sequence[Answer]
    events: Sequence[AttemptEvent]


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """What a note of an open paper needs to know.

    Attributes:
        attempt_id: The paper's row.
        session_id: The row of the sign-in it is shown under now.
        count: Notes there are.
        last_session_id: The sign-in of the newest of them.
    """

    attempt_id: int
    session_id: int | None
    count: int
    last_session_id: int | None


_COLUMNS: tuple[Any, ...] = (
    Attempt.receipt,
    Attempt.participant_id,
    Participant.full_name,
    Participant.citizen_id_masked,
    Unit.name,
    Period.number,
    Attempt.number,
    Attempt.status,
    Attempt.started_at,
    Attempt.finished_at,
    Attempt.correct,
    Attempt.time_used_ms,
)
_ABOUT: tuple[Any, ...] = (
    Participant.full_name,
    Participant.citizen_id_masked,
    Unit.name,
    Period.number,
    RuleSetVersion.version,
)
_EVENTS = sa.select(AttemptEvent).where(col(AttemptEvent.attempt_id) == col(Attempt.id))
_SHOWN_BEFORE = sa.select(
    col(Attempt.id),
    sa.select(col(AuthSession.id)).where(col(AuthSession.token_hash) == sa.bindparam("token_hash")).scalar_subquery(),
    _EVENTS.with_only_columns(func.count()).scalar_subquery(),
    _EVENTS.with_only_columns(col(AttemptEvent.session_id))
    .order_by(col(AttemptEvent.id).desc())
    .limit(1)
    .scalar_subquery(),
).where(
    col(Attempt.receipt) == sa.bindparam("receipt"),
    col(Attempt.participant_id) == sa.bindparam("participant_id"),
    col(Attempt.kind) == COUNTED,
    col(Attempt.status) == OPEN,
)
# Columns by the name of the order; the id makes every order total.
BY_START, BY_SCORE, BY_TIME = "start", "score", "time"
_ORDERS: Mapping[str, tuple[Any, ...]] = {
    BY_START: (Attempt.id,),
    BY_SCORE: (Attempt.points, Attempt.id),
    BY_TIME: (Attempt.time_used_ms, Attempt.id),
}


def page(
    session: Session, contest_id: int, wanted: Wanted, *, order: str, descending: bool, offset: int, limit: int
) -> Sequence[PaperRow]:
    """Some of the papers that are wanted; those without a score or a time come last in either direction."""
    columns: list[Any] = [column.desc() if descending else column.asc() for column in map(col, _ORDERS[order])]
    if order != BY_START:
        columns.insert(0, col(_ORDERS[order][0]).is_(None))
    # First which, then what of them: what is skipped is not read.
    conditions = _wanted(contest_id, wanted)
    if order == BY_START and wanted == Wanted():
        # The newest of all stand at the table's end: not to be collected by period and sorted.
        conditions[0] = (col(Attempt.period_id) + 0).in_(_periods(contest_id, wanted))
    which = select(Attempt.id).where(*conditions).order_by(*columns).offset(offset).limit(limit)
    query = (
        select(*_COLUMNS)
        .select_from(Attempt)
        .join(Period, col(Period.id) == col(Attempt.period_id))
        .join(Participant, col(Participant.id) == col(Attempt.participant_id))
        .join(Unit, col(Unit.id) == col(Participant.unit_id))
        .where(col(Attempt.id).in_(which))
        .order_by(*columns)
    )
    return [PaperRow(*row) for row in session.execute(query)]


def count(session: Session, contest_id: int, wanted: Wanted) -> int:
    """How many papers are wanted."""
    return session.execute(select(func.count(col(Attempt.id))).where(*_wanted(contest_id, wanted))).scalar_one()


def _periods(contest_id: int, wanted: Wanted) -> SelectOfScalar[Any]:
    periods = select(Period.id).where(Period.contest_id == contest_id)
    return periods if wanted.period_number is None else periods.where(Period.number == wanted.period_number)


def _wanted(contest_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Conditions of papers alone: other tables are looked at only when something of them is asked for.

    The first is of the period; practice papers have none.
    """
    conditions: list[ColumnElement[bool]] = [col(Attempt.period_id).in_(_periods(contest_id, wanted))]
    if wanted.receipt:
        conditions.append(col(Attempt.receipt).startswith(wanted.receipt, autoescape=True))
    if wanted.status:
        conditions.append(col(Attempt.status) == wanted.status)
    if wanted.folded or wanted.unit_code or wanted.bloc:
        people = select(Participant.id).join(Unit, col(Unit.id) == col(Participant.unit_id))
        if wanted.folded:
            people = people.where(col(Participant.search_key).contains(wanted.folded, autoescape=True))
        if wanted.unit_code:
            people = people.where(Unit.code == wanted.unit_code)
        if wanted.bloc:
            people = people.where(Unit.bloc == wanted.bloc)
        conditions.append(col(Attempt.participant_id).in_(people))
    return conditions


def whole(session: Session, *, contest_id: int, receipt: str) -> Whole | None:
    """One counted paper with its answers in the order they came and what else happened to it."""
    row = session.execute(
        sa.select(Attempt, *_ABOUT)
        .join(Period, col(Period.id) == col(Attempt.period_id))
        .join(Participant, col(Participant.id) == col(Attempt.participant_id))
        .join(Unit, col(Unit.id) == col(Participant.unit_id))
        .join(RuleSetVersion, col(RuleSetVersion.id) == col(Attempt.rule_set_id))
        .where(col(Attempt.receipt) == receipt, col(Period.contest_id) == contest_id, col(Attempt.kind) == COUNTED)
    ).first()
    if row is None:
        return None
    attempt_id = row[0].id
    answers = session.exec(
        select(Answer).where(Answer.attempt_id == attempt_id).order_by(col(Answer.answered_at), col(Answer.position))
    ).all()
    events = session.exec(
        select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id).order_by(col(AttemptEvent.id))
    ).all()
    return Whole(*row, answers=answers, events=events)


def shown_before(connection: Connection, *, participant_id: int, receipt: str, token_hash: str) -> ShownBefore | None:
    """What is known of one's own open counted paper; None when it is not that."""
    found = connection.execute(
        _SHOWN_BEFORE,
        {"participant_id": participant_id, "receipt": receipt, "token_hash": token_hash},
    ).first()
    return None if found is None else ShownBefore(*found)


def add_event(connection: Connection, *, attempt_id: int, kind: str, session_id: int | None, at: datetime) -> None:
    """Store that an open paper was put on a screen."""
    connection.execute(
        sa.insert(AttemptEvent), {"attempt_id": attempt_id, "kind": kind, "session_id": session_id, "at": at}
    )
