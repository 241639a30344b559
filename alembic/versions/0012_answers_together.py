"""SQLite keeps the answers of a paper beside each other, where they came in the order in which people sent them."""

from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    _rebuild(with_rowid=False)


def downgrade() -> None:
    """Take back."""
    _rebuild(with_rowid=True)


def _rebuild(*, with_rowid: bool) -> None:
    """PostgreSQL has no such choice."""
    if op.get_bind().dialect.name == 'sqlite':
        kept = {'sqlite_with_rowid': with_rowid}
        with op.batch_alter_table('answer', recreate='always', table_kwargs=kept):
            pass
