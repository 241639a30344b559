"""Queries of the quiz: the bank, attempts, their answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
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
    rows = session.exec(
        select(QuestionVersion.id, Question.topic, Question.difficulty, QuestionVersion.options)
        .join(Question, col(Question.id) == QuestionVersion.question_id)
        .where(
            Question.contest_id == contest_id,
            Question.pool == pool,
            Question.status == APPROVED,
            Question.approved_version == QuestionVersion.version,
            func.coalesce(Question.valid_from, on) <= on,
            func.coalesce(Question.valid_until, on) >= on,
        )
    )
    return [
        BankItem(question_version_id=version_id or 0, topic=topic, difficulty=difficulty, option_count=len(options))
        for version_id, topic, difficulty, options in rows
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
    return session.exec(
        select(Participant).where(Participant.id == participant_id).with_for_update(key_share=True)
    ).one()


def lock_attempt(session: Session, receipt: str, participant_id: int) -> Attempt | None:
    """One's own attempt, locked; answers on their way are waited for."""
    return session.exec(
        select(Attempt)
        .where(Attempt.receipt == receipt, Attempt.participant_id == participant_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()


def own_attempt(session: Session, receipt: str, participant_id: int) -> Attempt | None:
    """One's own attempt by receipt."""
    return session.exec(
        select(Attempt).where(Attempt.receipt == receipt, Attempt.participant_id == participant_id)
    ).first()


def open_attempt(session: Session, *, participant_id: int, kind: str) -> Attempt | None:
    """The attempt a person has open; the database allows one of each kind."""
    return session.exec(
        select(Attempt).where(Attempt.participant_id == participant_id, Attempt.kind == kind, Attempt.status == OPEN)
    ).first()


def attempts_used(session: Session, *, participant_id: int, period_id: int | None, kind: str) -> int:
    """How many attempts a person has begun in a period (or practice papers at all)."""
    query = (
        select(func.count()).select_from(Attempt).where(Attempt.participant_id == participant_id, Attempt.kind == kind)
    )
    if period_id is not None:
        query = query.where(Attempt.period_id == period_id)
    return session.exec(query).one()


def answers_of(session: Session, attempt_id: int) -> Mapping[int, Answer]:
    """Stored answers by position."""
    rows = session.exec(select(Answer).where(Answer.attempt_id == attempt_id))
    return {answer.position: answer for answer in rows}


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


def cached_question_texts(db: Database, version_ids: Iterable[int]) -> Mapping[int, QuestionText]:
    """Wordings by version id, kept in memory for ever: the rows are never changed."""
    known: dict[int, QuestionText] = db.frozen_rows
    wanted = tuple(version_ids)
    missing = [version_id for version_id in wanted if version_id not in known]
    if missing:
        with db.read() as session:
            known.update(question_texts(session, missing))
    return {version_id: known[version_id] for version_id in wanted}
