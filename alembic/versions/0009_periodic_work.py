"""who does periodic work, and when its next turn begins."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('periodic_job',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('until', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('due_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_periodic_job'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('periodic_job')
