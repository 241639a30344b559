"""Read models of the boards. Provably equal to a recount from the answers."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from cchc_app.contest.boards import OVERALL
from cchc_app.data.tables.base import reference
from cchc_app.data.types import BigId, SortKey, UtcMillis

__all__ = [
    "OVERALL",
    "BoardVersion",
    "FrozenStanding",
    "FrozenUnitTotal",
    "ProcessPresence",
    "Standing",
    "UnitTotal",
    "VisitDay",
]


class BoardRow(SQLModel):
    """One person's place on one board."""

    contest_id: int = Field(sa_type=BigId, foreign_key="contest.id", primary_key=True)
    period_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    participant_id: int = Field(sa_type=BigId, foreign_key="participant.id", primary_key=True)
    unit_id: int = Field(sa_type=BigId, foreign_key="unit.id")
    attempt_id: int = Field(sa_type=BigId, foreign_key="attempt.id")
    attempts: int  # finished attempts behind this row
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime = Field(sa_type=UtcMillis)
    rank_key: str = Field(sa_type=SortKey)


class Standing(BoardRow, table=True):
    """A place as it is now, kept in the transaction that closes an attempt."""

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_board", "contest_id", "period_number", "rank_key"),
        Index("ix_standing_unit", "contest_id", "period_number", "unit_id", "rank_key"),
        Index("ix_standing_person", "participant_id"),
    )


class FrozenStanding(BoardRow, table=True):
    """A place as it was when the organisers' freeze of its board began; gone when the freeze is over."""

    __tablename__ = "frozen_standing"
    __table_args__ = (
        Index("ix_frozen_standing_board", "contest_id", "period_number", "rank_key"),
        Index("ix_frozen_standing_unit", "contest_id", "period_number", "unit_id", "rank_key"),
        Index("ix_frozen_standing_person", "participant_id"),
    )


class UnitRow(SQLModel):
    """What a unit's people did on one board: the sums of their rows."""

    contest_id: int = Field(sa_type=BigId, foreign_key="contest.id", primary_key=True)
    period_number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    unit_id: int = Field(sa_type=BigId, foreign_key="unit.id", primary_key=True)
    participants: int
    attempts: int  # finished ones, counted or not
    papers: int  # counted ones: one a person and period
    points: int
    correct: int
    total: int
    time_used_ms: int = Field(sa_type=BigInteger)


class UnitTotal(UnitRow, table=True):
    """The sums as they are now, kept in every transaction that changes a standing (data/unit_totals.py)."""

    __tablename__ = "unit_total"


class FrozenUnitTotal(UnitRow, table=True):
    """The sums as they were when the freeze of the board began."""

    __tablename__ = "frozen_unit_total"


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


class ProcessPresence(SQLModel, table=True):
    """Browsers connected to one process of the site, as it said last."""

    __tablename__ = "process_presence"

    process: str = Field(primary_key=True)  # drawn when it started
    connected: int
    said_at: datetime = Field(sa_type=UtcMillis)
