"""Several use cases as one: services called with this database take part in a transaction that is already open."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlmodel import Session

from cchc_app.data.engine import Database


class JoinedDatabase(Database):
    """The database as seen from inside one transaction. Nothing is committed here; one failure undoes all.

    Args:
        session: the open transaction, which its owner commits.
    """

    def __init__(self, session: Session) -> None:
        self.engine = session.connection().engine
        self.url = str(self.engine.url)
        self.frozen_rows = {}
        self._session = session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """The open transaction, with what was written brought to the database."""
        yield self._session
        self._session.flush()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """The open transaction: it sees its own writes."""
        yield self._session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The open transaction's connection."""
        self._session.flush()
        yield self._session.connection()
