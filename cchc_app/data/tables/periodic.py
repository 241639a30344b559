"""Work that one process does for all of them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from cchc_app.data.types import UtcMillis


class PeriodicJob(SQLModel, table=True):
    """Who does a piece of periodic work, until when, and when its next turn begins."""

    __tablename__ = "periodic_job"

    name: str = Field(primary_key=True)
    holder: str = ""
    until: datetime = Field(sa_type=UtcMillis)
    due_at: datetime = Field(sa_type=UtcMillis)
