"""how many browsers are connected to each process."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('process_presence',
    sa.Column('process', sa.String(), nullable=False),
    sa.Column('connected', sa.Integer(), nullable=False),
    sa.Column('said_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.PrimaryKeyConstraint('process', name=op.f('pk_process_presence'))
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('process_presence')
