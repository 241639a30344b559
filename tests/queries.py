"""Counting what a use case asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from cchc_app.data.engine import Database


@contextmanager
def counted_queries(db: Database) -> Iterator[list[str]]:
    """The statements sent while inside, in order."""
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
