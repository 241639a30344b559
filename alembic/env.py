"""Migrations for SQLite and PostgreSQL, run inside one transaction on the connection the caller hands over."""

from sqlalchemy import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import cchc_app.data.tables  # noqa: F401  (fills the metadata)
from alembic import context
from cchc_app.data.engine import Database, get_database


def render_type(kind: str, item: object, _context: object) -> str | bool:
    """SQLModel's own string type is written as the plain one it is."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def migrate(connection: Connection) -> None:
    """Run the migrations on an open connection."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_type,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = context.get_x_argument(as_dictionary=True).get("url")
    with (Database(url) if url else get_database()).connection() as opened:
        migrate(opened)
