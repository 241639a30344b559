"""Inserts that say what happens when the row is there already: both databases know them, each by its own statement."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_into(session: Session, table: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An insert that takes `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    return INSERTS[session.get_bind().dialect.name](table)
