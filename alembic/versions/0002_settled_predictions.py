"""predictions compared with the truth, once a period."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table('period', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prediction_actual', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('settled_at', cchc_app.data.types.UtcMillis(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('period', schema=None) as batch_op:
        batch_op.drop_column('settled_at')
        batch_op.drop_column('prediction_actual')
