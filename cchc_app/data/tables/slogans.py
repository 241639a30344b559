"""Round 2: a unit's slogan with every version, who may write it, how it is judged."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import UtcMillis


class UnitCode(SQLModel, table=True):
    """A single-use way to become the representative of a unit. Only its keyed hash is stored."""

    __tablename__ = "unit_code"
    __table_args__ = (
        # One code of a unit is alive; a new one replaces it.
        Index(
            "uq_unit_code_one_alive",
            "unit_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    unit_id: int = Field(sa_column=reference("unit.id"))
    code_hash: str = Field(unique=True)
    made_by: str  # a username
    made_at: datetime = Field(sa_type=UtcMillis)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMillis)  # used or replaced
    used_by: int | None = Field(default=None, sa_column=reference("participant.id", nullable=True))


class UnitRepresentative(SQLModel, table=True):
    """A term in which a participant wrote for the unit."""

    __tablename__ = "unit_representative"
    __table_args__ = (
        Index(
            "uq_unit_representative_one_term",
            "participant_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    unit_id: int = Field(sa_column=reference("unit.id", index=True))
    participant_id: int = Field(sa_column=reference("participant.id"))
    appointed_by: str  # a username, or "code"
    appointed_at: datetime = Field(sa_type=UtcMillis)
    ended_by: str | None = None  # a username, or "code" after a hand-over
    ended_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class Slogan(SQLModel, table=True):
    """The one slogan of a unit: its draft and where it stands. What was submitted lies in versions."""

    __tablename__ = "slogan"
    __table_args__ = (UniqueConstraint("contest_id", "unit_id"), UniqueConstraint("contest_id", "code_number"))

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    unit_id: int = Field(sa_column=reference("unit.id"))
    status: str  # "draft", "submitted" or "withdrawn"
    # Goes up with every change, drafts included: a writer who has not seen the newest one is told, not overwritten.
    revision: int
    draft_text: str
    draft_explanation: str
    draft_author: str
    draft_author_public: bool  # the author agrees to be named in the gallery
    draft_by: int = Field(sa_column=reference("participant.id"))
    draft_at: datetime = Field(sa_type=UtcMillis)
    # The number of the newest version, 0 before the first; with status "submitted" it is what counts.
    version_number: int
    code_number: int | None = None  # the blind number judges see, given when judging begins
    disqualified_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    disqualified_reason: str | None = None


class SloganVersion(SQLModel, table=True):
    """One thing a unit handed in, or its withdrawal. Never changed (the database refuses)."""

    __tablename__ = "slogan_version"
    __table_args__ = (UniqueConstraint("slogan_id", "number"),)

    id: int | None = Field(default=None, sa_column=identifier())
    slogan_id: int = Field(sa_column=reference("slogan.id"))
    number: int
    action: str  # "submitted" or "withdrawn"
    receipt: str = Field(unique=True)
    text: str
    words: int
    explanation: str
    author: str
    author_public: bool
    written_by: int = Field(sa_column=reference("participant.id"))
    written_at: datetime = Field(sa_type=UtcMillis)


class SloganException(SQLModel, table=True):
    """More time for one unit, given by an organiser with a reason."""

    __tablename__ = "slogan_exception"

    id: int | None = Field(default=None, sa_column=identifier())
    unit_id: int = Field(sa_column=reference("unit.id", index=True))
    closes_at: datetime = Field(sa_type=UtcMillis)
    reason: str
    granted_by: str
    granted_at: datetime = Field(sa_type=UtcMillis)


class JudgingRound(SQLModel, table=True):
    """The judging of all slogans, or once more of those that tied. It cites the rules it was opened under."""

    __tablename__ = "judging_round"
    __table_args__ = (UniqueConstraint("contest_id", "number"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    number: int  # 1 the main round, then re-judging of ties
    rule_set_id: int = Field(sa_column=reference("rule_set_version.id"))
    opened_by: str
    opened_at: datetime = Field(sa_type=UtcMillis)
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class JudgingAssignment(SQLModel, table=True):
    """One judge's task with one slogan version in one round."""

    __tablename__ = "judging_assignment"
    __table_args__ = (
        UniqueConstraint("round_id", "slogan_id", "staff_id"),
        Index("ix_judging_assignment_judge", "staff_id", "round_id"),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    round_id: int = Field(sa_column=reference("judging_round.id"))
    slogan_id: int = Field(sa_column=reference("slogan.id"))
    version_id: int = Field(sa_column=reference("slogan_version.id"))
    staff_id: int = Field(sa_column=reference("staff_account.id"))
    assigned_by: str
    comment: str = ""  # the judge's own note
    skipped: bool = False  # put off by the judge
    submitted_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class JudgingScore(SQLModel, table=True):
    """A judge's points for one criterion."""

    __tablename__ = "judging_score"

    assignment_id: int = Field(sa_column=reference("judging_assignment.id", primary_key=True))
    criterion: str = Field(primary_key=True)
    points: int
    saved_at: datetime = Field(sa_type=UtcMillis)


class JudgeConflict(SQLModel, table=True):
    """A unit whose slogan a judge must not see: the own one, or one with which the judge is involved."""

    __tablename__ = "judge_conflict"

    staff_id: int = Field(sa_column=reference("staff_account.id", primary_key=True))
    unit_id: int = Field(sa_column=reference("unit.id", primary_key=True))
    reason: str
    noted_by: str
    noted_at: datetime = Field(sa_type=UtcMillis)


class JudgingNote(SQLModel, table=True):
    """What was said about a slogan once all scores were in."""

    __tablename__ = "judging_note"

    id: int | None = Field(default=None, sa_column=identifier())
    round_id: int = Field(sa_column=reference("judging_round.id"))
    slogan_id: int = Field(sa_column=reference("slogan.id", index=True))
    staff_id: int = Field(sa_column=reference("staff_account.id"))
    text: str
    written_at: datetime = Field(sa_type=UtcMillis)


class SloganPublication(SQLModel, table=True):
    """A published result of the slogan round; the newest counts, a correction is a new one with a reason."""

    __tablename__ = "slogan_publication"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    version: int
    note: str
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # what the gallery shows
    published_by: str
    published_at: datetime = Field(sa_type=UtcMillis)
