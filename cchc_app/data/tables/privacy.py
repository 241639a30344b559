"""What people ask about their own data."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from cchc_app.data.tables.base import identifier, reference
from cchc_app.data.types import EncryptedText, UtcMillis


class DataRequest(SQLModel, table=True):
    """A request for correction or erasure, answered within two working days (Decree 356/2025/ND-CP)."""

    __tablename__ = "data_request"
    __table_args__ = (
        # One open request of a kind per person, whatever races.
        Index(
            "uq_data_request_one_open",
            "participant_id",
            "kind",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: int | None = Field(default=None, sa_column=identifier())
    participant_id: int = Field(sa_column=reference("participant.id", index=True))
    kind: str  # "correction", "erasure" or "withdrawal"
    detail: str | None = Field(default=None, sa_type=EncryptedText)  # what the person wrote
    answer: str | None = Field(default=None, sa_type=EncryptedText)  # why it was refused
    status: str  # "open", "done", "refused" or "cancelled"
    created_at: datetime = Field(sa_type=UtcMillis)
    due_at: datetime = Field(sa_type=UtcMillis)
    closed_at: datetime | None = Field(default=None, sa_type=UtcMillis)
