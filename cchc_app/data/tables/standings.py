"""Read models of the boards. Provably equal to a recount from the answers."""

from datetime import datetime

from sqlalchemy import Column, Index, Integer
from sqlmodel import Field, SQLModel

from cchc_app.contest.boards import OVERALL
from cchc_app.data.tables.base import reference
from cchc_app.data.types import SortKey, UtcMillis

__all__ = ["OVERALL", "BoardVersion", "Standing", "VisitDay"]


class Standing(SQLModel, table=True):
    """One person's place on one board, kept in the transaction that closes an attempt."""

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_board", "contest_id", "period_number", "rank_key"),
        Index("ix_standing_unit", "contest_id", "period_number", "unit_id", "rank_key"),
    )

    contest_id: int = Field(sa_column=reference("contest.id", primary_key=True))
    period_number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    participant_id: int = Field(sa_column=reference("participant.id", primary_key=True))
    unit_id: int = Field(sa_column=reference("unit.id"))
    attempt_id: int = Field(sa_column=reference("attempt.id"))
    attempts: int  # finished attempts behind this row
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime = Field(sa_type=UtcMillis)
    rank_key: str = Field(sa_type=SortKey)


class BoardVersion(SQLModel, table=True):
    """Goes up when a board has changed: how one process learns of another's finished attempts."""

    __tablename__ = "board_version"

    contest_id: int = Field(sa_column=reference("contest.id", primary_key=True))
    version: int = 0


class VisitDay(SQLModel, table=True):
    """Page visits of one day in the contest's time zone, counted as they came, nothing added."""

    __tablename__ = "visit_day"

    day: str = Field(primary_key=True)  # YYYY-MM-DD
    visits: int = 0
