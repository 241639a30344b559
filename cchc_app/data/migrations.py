"""Bringing a database to the schema this code knows, and saying how far it is."""

from enum import StrEnum
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from alembic import command
from cchc_app.data.engine import Database

ROOT = Path(__file__).resolve().parents[2]


class SchemaState(StrEnum):
    """How a database's schema compares with the code's."""

    CURRENT = "current"
    BEHIND = "behind"
    NEWER = "newer"


def _config() -> Config:
    return Config(ROOT / "alembic.ini")


def schema_state(db: Database) -> SchemaState:
    """Compare the database's revision with the code's newest one."""
    scripts = ScriptDirectory.from_config(_config())
    with db.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.BEHIND if revision is None or revision in known else SchemaState.NEWER


def upgrade(db: Database) -> None:
    """Apply every missing migration in one transaction."""
    config = _config()
    with db.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
