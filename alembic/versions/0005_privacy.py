"""own devices, withdrawn consents, requests about one's data, anonymised people."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('data_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('detail', cchc_app.data.types.EncryptedText(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('created_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('due_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('closed_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_data_request_participant_id_participant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_request'))
    )
    with op.batch_alter_table('data_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_data_request_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index('uq_data_request_one_open', ['participant_id', 'kind'], unique=True, sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"))
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('device', sa.String(), server_default='', nullable=False))
        batch_op.create_index('ix_auth_session_revoked_at', ['revoked_at'], unique=False)
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn_at', cchc_app.data.types.UtcMillis(), nullable=True))
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('anonymised_at', cchc_app.data.types.UtcMillis(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_column('anonymised_at')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_column('withdrawn_at')
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.drop_index('ix_auth_session_revoked_at')
        batch_op.drop_column('device')
    op.drop_table('data_request')
