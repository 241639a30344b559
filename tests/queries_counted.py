"""How many statements a piece of work sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from cchc_app.data.engine import Database


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements sent inside the block."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement != "BEGIN":
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
