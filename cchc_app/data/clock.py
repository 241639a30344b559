"""The database's clock."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from cchc_app.data.engine import Database


def database_clock(db: Database) -> datetime | None:
    """Now by the database server; None for SQLite, which has no clock but its processes'."""
    if db.dialect != "postgresql":
        return None
    with db.look() as connection:
        return connection.execute(select(func.clock_timestamp())).scalar_one().astimezone(UTC)
