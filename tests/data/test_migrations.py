"""The schema is what the migrations build, on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

import cchc_app.data.tables  # noqa: F401  (fills the metadata)
from cchc_app.data.engine import Database
from cchc_app.data.migrations import SchemaState, schema_state, upgrade


def test_migrations_build_exactly_the_tables(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_schema_state_tells_old_current_and_newer(db: Database, tmp_path: Path) -> None:
    assert schema_state(db) is SchemaState.CURRENT
    upgrade(db)  # twice changes nothing
    assert schema_state(db) is SchemaState.CURRENT
    with db.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema_state(db) is SchemaState.NEWER
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert schema_state(empty) is SchemaState.BEHIND
    empty.dispose()


def test_sqlite_keeps_the_answers_of_a_paper_together(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    upgrade(db)
    with db.look() as connection:
        built = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'answer'")).scalar_one()
    db.dispose()
    assert built.rstrip().endswith("WITHOUT ROWID")
