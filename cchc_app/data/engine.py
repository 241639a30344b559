"""The database: engines for SQLite and PostgreSQL, and one way to open a transaction."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session

from cchc_app.settings import get_settings

SQLITE_BUSY_MS = 15_000
# The log is written back into the database beside the commits (`Database.write_back`), by a commit only when nobody
# else has for so long: the answers of that commit would wait for it.
SQLITE_LOG_PAGES = 16_384
_WRITES = "cchc_writes"


class Database:
    """One database and its transactions.

    Args:
        url: SQLAlchemy URL, `sqlite:///file` or `postgresql+psycopg://…`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _sqlite_engine(url) if url.startswith("sqlite") else _postgres_engine(url)
        # Rows that never change (question versions by id), read once.
        self.frozen_rows: dict[int, Any] = {}
        # SQLite has one writer at a time and lets the others sleep and try again: waiting in line here is quicker.
        self._turn = threading.RLock() if self.dialect == "sqlite" else nullcontext()
        # Taken before the first statement: a transaction that reads and then writes must not lose a race in between.
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction of one use case: committed at the end, rolled back on any exception."""
        with self._turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view to read from; nothing is ever written."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A view to read from without the ORM, for what happens with every event."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """One write transaction without the ORM, for the hot path."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def write_back(self) -> None:
        """Write SQLite's log back into the database as far as nobody uses it, waiting for nobody; else nothing."""
        if self.dialect == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, connect_args={"check_same_thread": False}, pool_size=8, max_overflow=24, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={SQLITE_BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-32768",  # of each connection; what is not in it is in the system's
            "temp_store=MEMORY",
            f"wal_autocheckpoint={SQLITE_LOG_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres_engine(url: str) -> Engine:
    return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True, pool_timeout=30, hide_parameters=True)


@lru_cache
def get_database() -> Database:
    """The database of this process, opened at first use."""
    return Database(get_settings().resolved_database_url)
