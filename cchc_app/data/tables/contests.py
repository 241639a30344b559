"""Contests, their versioned rule sets, their periods."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import UtcMillis


class Contest(SQLModel, table=True):
    """One contest: its names and the wording organisers own."""

    __tablename__ = "contest"

    id: int | None = Field(default=None, sa_column=identifier())
    slug: str = Field(unique=True)
    code: str  # prefix of receipts, for example HP25
    title: str
    short_title: str
    # Texts, prizes, news, documents, contacts: shown, never ruled by.
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # of names and content
    created_at: datetime = Field(sa_type=UtcMillis)


class RuleSetVersion(SQLModel, table=True):
    """A published version of the regulations. Rows are never changed; the newest version is in force."""

    __tablename__ = "rule_set_version"
    __table_args__ = (UniqueConstraint("contest_id", "version"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    version: int
    digest: str
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    published_at: datetime = Field(sa_type=UtcMillis)


class Period(SQLModel, table=True):
    """One week of the quiz; its window repeats the rule set's, so that SQL can compare with it."""

    __tablename__ = "period"
    __table_args__ = (UniqueConstraint("contest_id", "number"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    number: int
    opens_at: datetime = Field(sa_type=UtcMillis)
    closes_at: datetime = Field(sa_type=UtcMillis)
    # The prediction question: what it asked for, as counted, and when the boards took it in; empty until then.
    prediction_actual: int | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcMillis)
    # How long before the close the public boards stand still (0: never), what they say then, when that was done.
    freeze_minutes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    freeze_note: str = Field(default="", sa_column_kwargs={"server_default": ""})
    frozen_at: datetime | None = Field(default=None, sa_type=UtcMillis)
