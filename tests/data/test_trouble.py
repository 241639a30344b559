"""What administrators are told of a database that refuses to work."""

import errno
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from cchc_app.data.engine import Database
from cchc_app.data.trouble import Trouble, trouble
from tests.factories import make_contest


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, Trouble.DISK_FULL),
        (errno.EDQUOT, Trouble.DISK_FULL),
        (errno.EACCES, Trouble.NOT_WRITABLE),
        (errno.EROFS, Trouble.NOT_WRITABLE),
        (errno.ENOTDIR, Trouble.NOT_WRITABLE),
    ],
)
def test_files_beside_the_database(number: int, expected: Trouble) -> None:
    assert trouble(OSError(number, "")) is expected


@pytest.mark.parametrize(
    ("cause", "expected"),
    [(psycopg.errors.DiskFull(), Trouble.DISK_FULL), (psycopg.OperationalError(), Trouble.UNREACHABLE)],
)
def test_postgres(cause: Exception, expected: Trouble) -> None:
    assert trouble(DBAPIError("", {}, cause)) is expected


def refusal(db: Database, statement: str) -> OperationalError:
    with pytest.raises(OperationalError) as caught, db.engine.connect() as connection:
        connection.exec_driver_sql(statement)
    return caught.value


def test_sqlite_says_which_of_them_it_is(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with db.connection() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    db.dispose()
    read_only = Database(f"sqlite:///file:{tmp_path / 'a.sqlite3'}?mode=ro&uri=true")
    assert trouble(refusal(read_only, "INSERT INTO t VALUES (1)")) is Trouble.NOT_WRITABLE
    assert trouble(refusal(db, "SELECT * FROM nowhere")) is None  # a bug, not a trouble
    read_only.dispose()
    db.dispose()


def test_the_log_is_written_back_beside_a_reader_and_a_writer(db: Database) -> None:
    make_contest(db)
    with db.read() as reading, db.connection() as writing:
        reading.execute(text("SELECT count(*) FROM contest")).scalar_one()
        writing.execute(text("UPDATE contest SET revision = revision + 1"))
        db.write_back()
    db.write_back()
    with db.read() as session:
        assert session.execute(text("SELECT revision FROM contest")).scalar_one() == 2
    if db.dialect == "sqlite":
        log = Path(f"{db.engine.url.database}-wal")
        before = log.stat().st_size
        for _ in range(20):  # what has been written back is written over
            with db.connection() as writing:
                writing.execute(text("UPDATE contest SET revision = revision + 1"))
            db.write_back()
        assert log.stat().st_size <= before
