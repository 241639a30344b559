"""The round trip to VNeID, the units' rosters, accounts of one person put together."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import EncryptedText, UtcMillis


class VneidStart(SQLModel, table=True):
    """A round trip that has begun: minutes old at most, bound to one browser, deleted by its only use."""

    __tablename__ = "vneid_start"

    state_hash: str = Field(primary_key=True)
    browser_hash: str
    nonce: str
    verifier: str = Field(sa_type=EncryptedText)
    next_path: str
    expires_at: datetime = Field(sa_type=UtcMillis, index=True)


class VneidArrival(SQLModel, table=True):
    """Somebody VNeID has named who is not registered yet: kept for minutes, for the browser that came back."""

    __tablename__ = "vneid_arrival"

    token_hash: str = Field(primary_key=True)
    identity: str = Field(sa_type=EncryptedText)  # JSON of what VNeID said
    expires_at: datetime = Field(sa_type=UtcMillis, index=True)


class RosterEntry(SQLModel, table=True):
    """One line of the list of its people that a unit has handed in."""

    __tablename__ = "roster_entry"
    __table_args__ = (UniqueConstraint("contest_id", "number_index"),)

    id: int | None = Field(default=None, sa_column=identifier())
    contest_id: int = Field(sa_column=reference("contest.id"))
    unit_id: int = Field(sa_column=reference("unit.id", index=True))
    number: str = Field(sa_type=EncryptedText)
    number_index: str
    former_number_index: str | None = Field(default=None, index=True)  # of the CMND the person had before
    full_name: str = Field(sa_type=EncryptedText)  # compared without case and accents
    birth_date: date


class PersonMerge(SQLModel, table=True):
    """Two accounts of one person put together; both rows stay, and with `moved` it could be taken back."""

    __tablename__ = "person_merge"

    merged_id: int = Field(sa_column=reference("participant.id", primary_key=True))
    kept_id: int = Field(sa_column=reference("participant.id", index=True))
    reason: str
    moved: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))  # [attempt id, from, its number there]
    merged_at: datetime = Field(sa_type=UtcMillis)
