"""What organisers set, decide and publish: headcounts, sanctions, imports, official results, prizes, news, files."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import SortKey, UtcMillis


class UnitHeadcount(SQLModel, table=True):
    """How many people a unit has from a day on; the newest day not after the one asked for counts."""

    __tablename__ = "unit_headcount"

    unit_id: int = Field(sa_column=reference("unit.id", primary_key=True))
    effective_from: date = Field(primary_key=True)
    headcount: int
    source: str  # "synthetic" until organisers import the real one
    set_by: str
    set_at: datetime = Field(sa_type=UtcMillis)


class RuleSetDraft(SQLModel, table=True):
    """Rules being written; publishing them makes a version of the rule set."""

    __tablename__ = "rule_set_draft"

    contest_id: int = Field(sa_column=reference("contest.id", primary_key=True))
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int
    edited_by: str
    edited_at: datetime = Field(sa_type=UtcMillis)


class QuestionEvent(SQLModel, table=True):
    """What happened to a question, by whom: its history beside its versions."""

    __tablename__ = "question_event"

    id: int | None = Field(default=None, sa_column=identifier())
    question_id: int = Field(sa_column=reference("question.id", index=True))
    version: int
    action: str  # contest.question_states.QuestionDeed
    by: str
    at: datetime = Field(sa_type=UtcMillis)
    note: str = ""


class ImportJob(SQLModel, table=True):
    """A file being taken in: read, shown, then confirmed whole or dropped."""

    __tablename__ = "import_job"

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id", index=True))
    kind: str  # "questions", "units", "headcounts" or "roster"
    file_name: str
    state: str  # "reading", "ready", "done", "refused" or "dropped"
    done: int
    total: int
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # what was read and what is wrong with it
    made_by: str
    made_at: datetime = Field(sa_type=UtcMillis)
    beat_at: datetime | None = Field(default=None, sa_type=UtcMillis)  # when its reader was last alive
    ended_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class Sanction(SQLModel, table=True):
    """A participant shut out or disqualified, with the reason; lifting it keeps the row."""

    __tablename__ = "sanction"
    __table_args__ = (
        Index(
            "uq_sanction_one_in_force",
            "participant_id",
            "kind",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    participant_id: int = Field(sa_column=reference("participant.id"))
    kind: str  # "blocked" or "disqualified"
    reason: str
    made_by: str
    made_at: datetime = Field(sa_type=UtcMillis)
    lift_reason: str | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class UnitMove(SQLModel, table=True):
    """A participant who changed units."""

    __tablename__ = "unit_move"

    id: int | None = Field(default=None, sa_column=identifier())
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    from_unit_id: int = Field(sa_column=reference("unit.id"))
    to_unit_id: int = Field(sa_column=reference("unit.id"))
    reason: str
    moved_by: str
    moved_at: datetime = Field(sa_type=UtcMillis)


class PinReset(SQLModel, table=True):
    """A single-use link with which a participant chooses a new PIN. Only its token's hash is stored."""

    __tablename__ = "pin_reset"

    token_hash: str = Field(primary_key=True)
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    made_by: str
    expires_at: datetime = Field(sa_type=UtcMillis)
    used_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class AttemptEvent(SQLModel, table=True):
    """Something that happened to a paper besides its answers: shown again, another tab, handed in."""

    __tablename__ = "attempt_event"

    id: int | None = Field(default=None, sa_column=identifier())
    attempt_id: int = Field(sa_column=reference("attempt.id", index=True))
    kind: str
    session_id: int | None = Field(default=None, sa_column=reference("auth_session.id", nullable=True, index=True))
    at: datetime = Field(sa_type=UtcMillis)


class OfficialResult(SQLModel, table=True):
    """A board as an organiser closed it, computed from the raw answers; a correction is a new version."""

    __tablename__ = "official_result"
    __table_args__ = (UniqueConstraint("contest_id", "board", "version"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    board: int  # the period's number, or contest.boards.OVERALL
    version: int
    rule_set_id: int = Field(sa_column=reference("rule_set_version.id"))
    reason: str  # empty for the first version
    people: int
    digest: str  # SHA-256 of the places in order
    units: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))  # the units' board, in order
    closed_by: str
    closed_at: datetime = Field(sa_type=UtcMillis)


class OfficialPlace(SQLModel, table=True):
    """One person's place in an official result."""

    __tablename__ = "official_place"

    result_id: int = Field(sa_column=reference("official_result.id", primary_key=True))
    place: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    unit_id: int = Field(sa_column=reference("unit.id"))
    attempt_id: int = Field(sa_column=reference("attempt.id"))
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime = Field(sa_type=UtcMillis)
    rank_key: str = Field(sa_type=SortKey)


class PrizeList(SQLModel, table=True):
    """Who wins what in a period or in the whole contest: proposed by one, confirmed by another, then published."""

    __tablename__ = "prize_list"
    __table_args__ = (
        UniqueConstraint("contest_id", "board", "version"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> proposed_by", name="two_people"),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    board: int  # the period's number, or contest.boards.OVERALL
    version: int
    revision: int
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # winners, who was passed over and why
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcMillis)
    confirmed_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class Announcement(SQLModel, table=True):
    """News of the contest in Markdown, shown from an instant on."""

    __tablename__ = "announcement"

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id", index=True))
    title: str
    body: str
    pinned: bool
    starts_at: datetime = Field(sa_type=UtcMillis)
    ends_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    revision: int
    written_by: str
    written_at: datetime = Field(sa_type=UtcMillis)
    removed_at: datetime | None = Field(default=None, sa_type=UtcMillis)


class SiteFile(SQLModel, table=True):
    """A picture or a document of the contest, as it is served: pictures are encoded anew."""

    __tablename__ = "site_file"

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id", index=True))
    slot: str  # "logo", "banner" or "document"
    name: str
    media_type: str
    digest: str  # SHA-256 of the content
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UtcMillis)
    removed_at: datetime | None = Field(default=None, sa_type=UtcMillis)
