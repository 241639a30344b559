"""Queries of the quiz: the bank, attempts, their answers."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, bindparam, func
from sqlmodel import Session, col, select

from cchc_app.contest.paper import BankItem
from cchc_app.data.engine import Database
from cchc_app.data.tables import Answer, Attempt, Participant, Question, QuestionVersion

APPROVED = "approved"
OPEN = "open"
SUBMITTED = "submitted"
EXPIRED = "expired"
COUNTED = "counted"
PRACTICE = "practice"
POOLS = {COUNTED: "main", PRACTICE: "practice"}

# Asked whenever somebody begins or hands in: built once.
BANK = (
    select(
        QuestionVersion.id, Question.topic, Question.difficulty, func.json_array_length(col(QuestionVersion.options))
    )
    .join(Question, col(Question.id) == QuestionVersion.question_id)
    .where(
        Question.contest_id == bindparam("contest"),
        Question.pool == bindparam("pool"),
        Question.status == APPROVED,
        Question.approved_version == QuestionVersion.version,
        func.coalesce(Question.valid_from, bindparam("day", type_=Date)) <= bindparam("day", type_=Date),
        func.coalesce(Question.valid_until, bindparam("day", type_=Date)) >= bindparam("day", type_=Date),
    )
)
PERSON = select(Participant).where(Participant.id == bindparam("person")).with_for_update(key_share=True)
OWN_ATTEMPT = select(Attempt).where(
    Attempt.receipt == bindparam("receipt"), Attempt.participant_id == bindparam("person")
)
OWN_ATTEMPT_LOCKED = OWN_ATTEMPT.with_for_update(key_share=True).execution_options(populate_existing=True)
OPEN_ATTEMPT = select(Attempt).where(
    Attempt.participant_id == bindparam("person"), Attempt.kind == bindparam("kind"), Attempt.status == OPEN
)
ATTEMPTS_BEGUN = (
    select(func.count())
    .select_from(Attempt)
    .where(Attempt.participant_id == bindparam("person"), Attempt.kind == bindparam("kind"))
)
ATTEMPTS_OF_PERIOD = ATTEMPTS_BEGUN.where(Attempt.period_id == bindparam("period"))
ANSWERS = select(Answer.position, Answer.option, Answer.correct).where(Answer.attempt_id == bindparam("attempt"))


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One wording with its key, as frozen in the database."""

    topic: str
    stem: str
    options: tuple[str, ...]
    key: frozenset[int]
    explanation: str
    legal_basis: str


def bank(session: Session, *, contest_id: int, pool: str, on: date) -> list[BankItem]:
    """The approved version of every question of a pool that is in use and valid on a day."""
    rows = session.exec(BANK, params={"contest": contest_id, "pool": pool, "day": on})
    return [
        BankItem(question_version_id=version_id or 0, topic=topic, difficulty=difficulty, option_count=option_count)
        for version_id, topic, difficulty, option_count in rows
    ]


def question_texts(session: Session, version_ids: Iterable[int]) -> Mapping[int, QuestionText]:
    """Wordings by version id."""
    rows = session.exec(
        select(QuestionVersion, Question.topic)
        .join(Question, col(Question.id) == QuestionVersion.question_id)
        .where(col(QuestionVersion.id).in_(list(version_ids)))
    )
    return {
        version.id or 0: QuestionText(
            topic=topic,
            stem=version.stem,
            options=tuple(version.options),
            key=frozenset(version.key),
            explanation=version.explanation,
            legal_basis=version.legal_basis,
        )
        for version, topic in rows
    }


def lock_participant(session: Session, participant_id: int) -> Participant:
    """The person's row, locked until the transaction ends: starts and finishes of one person happen one by one."""
    return session.exec(PERSON, params={"person": participant_id}).one()


def lock_attempt(session: Session, receipt: str, participant_id: int) -> Attempt | None:
    """One's own attempt, locked; answers on their way are waited for."""
    return session.exec(OWN_ATTEMPT_LOCKED, params={"receipt": receipt, "person": participant_id}).first()


def own_attempt(session: Session, receipt: str, participant_id: int) -> Attempt | None:
    """One's own attempt by receipt."""
    return session.exec(OWN_ATTEMPT, params={"receipt": receipt, "person": participant_id}).first()


def open_attempt(session: Session, *, participant_id: int, kind: str) -> Attempt | None:
    """The attempt a person has open; the database allows one of each kind."""
    return session.exec(OPEN_ATTEMPT, params={"person": participant_id, "kind": kind}).first()


def attempts_used(session: Session, *, participant_id: int, period_id: int | None, kind: str) -> int:
    """How many attempts a person has begun in a period (or practice papers at all)."""
    asked = {"person": participant_id, "kind": kind}
    if period_id is None:
        return session.exec(ATTEMPTS_BEGUN, params=asked).one()
    return session.exec(ATTEMPTS_OF_PERIOD, params={**asked, "period": period_id}).one()


def answers_of(session: Session, attempt_id: int) -> Mapping[int, Any]:
    """Stored answers by position: their `option` and `correct`."""
    # Rows, not objects the session would watch: a page that comes back reads all of them.
    return {row.position: row for row in session.execute(ANSWERS, params={"attempt": attempt_id})}


def attempts_of(session: Session, participant_id: int) -> Sequence[Attempt]:
    """A person's counted attempts, newest first."""
    return session.exec(
        select(Attempt)
        .where(Attempt.participant_id == participant_id, Attempt.kind == COUNTED)
        .order_by(col(Attempt.id).desc())
    ).all()


def abandoned(session: Session, *, before: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """Receipts and owners of open attempts whose deadline was before `before`, oldest first."""
    rows = session.exec(
        select(Attempt.receipt, Attempt.participant_id)
        .where(Attempt.status == OPEN, Attempt.deadline_at < before)
        .order_by(col(Attempt.deadline_at))
        .limit(limit)
    )
    return [(receipt, participant_id) for receipt, participant_id in rows]


def cached_question_texts(
    db: Database, version_ids: Iterable[int], *, session: Session | None = None
) -> Mapping[int, QuestionText]:
    """Wordings by version id, kept in memory for ever: the rows are never changed.

    Args:
        session: What to read the missing ones with, for a caller who has one open; else one is opened for them.
    """
    known: dict[int, QuestionText] = db.frozen_rows
    wanted = tuple(version_ids)
    missing = [version_id for version_id in wanted if version_id not in known]
    if missing:
        with nullcontext(session) if session is not None else db.read() as reading:
            known.update(question_texts(reading, missing))
    return {version_id: known[version_id] for version_id in wanted}
