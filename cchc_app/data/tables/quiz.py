"""The question bank, attempts and answers."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import UtcMillis


class Question(SQLModel, table=True):
    """A question's identity and place in the bank; its wording lives in versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("contest_id", "code"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    code: str
    pool: str  # "main" or "practice"
    topic: str
    difficulty: int
    status: str = Field(default="approved", sa_column_kwargs={"server_default": "approved"})  # or "draft", "retired"
    # The version papers are drawn with; None until one was approved.
    approved_version: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None  # the last day
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # goes up with every change


class QuestionVersion(SQLModel, table=True):
    """One wording with its key. Never changed (the database refuses), so a paper may refer to it for ever."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "version"),)

    id: int | None = Field(default=None, sa_column=identifier())
    question_id: int = Field(sa_column=reference("question.id"))
    version: int
    stem: str
    options: list[str] = Field(sa_column=Column(JSON, nullable=False))
    key: list[int] = Field(sa_column=Column(JSON, nullable=False))  # accepted options, by index
    explanation: str
    legal_basis: str
    confidence: str
    written_by: str = Field(default="", sa_column_kwargs={"server_default": ""})  # a username; empty: the preset
    created_at: datetime = Field(sa_type=UtcMillis)


class Attempt(SQLModel, table=True):
    """One paper handed to one person."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("participant_id", "period_id", "number"),
        # One open paper per person and kind, whatever races.
        Index(
            "uq_attempt_one_open",
            "participant_id",
            "kind",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        # The sweeper's way to abandoned papers.
        Index("ix_attempt_open_until", "status", "deadline_at"),
        # Counts of a period, whole and by hour, without reading a paper.
        Index("ix_attempt_period_status", "period_id", "status", "started_at"),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    participant_id: int = Field(sa_column=reference("participant.id"))
    period_id: int | None = Field(default=None, sa_column=reference("period.id", nullable=True))  # None: practice
    rule_set_id: int = Field(sa_column=reference("rule_set_version.id"))
    kind: str  # "counted" or "practice"
    number: int
    receipt: str = Field(unique=True)
    seed: str
    paper: list[list] = Field(sa_column=Column(JSON, nullable=False))  # [[question_version_id, [option order]], …]
    feedback: str
    status: str  # "open", "submitted" or "expired"
    started_at: datetime = Field(sa_type=UtcMillis)
    deadline_at: datetime = Field(sa_type=UtcMillis)
    grace_ms: int
    extra_time_ms: int = 0
    finished_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    time_used_ms: int | None = None
    correct: int | None = None
    points: int | None = None
    prediction: int | None = None


class Answer(SQLModel, table=True):
    """One acknowledged answer. `option` is the option's index in the question version, not on the screen."""

    __tablename__ = "answer"
    # In SQLite ordered by its key, so that a paper's answers lie beside each other: with every answer they are counted.
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: int = Field(sa_column=reference("attempt.id", primary_key=True))
    position: int = Field(primary_key=True)
    option: int
    correct: bool
    final: bool
    answered_at: datetime = Field(sa_type=UtcMillis)
