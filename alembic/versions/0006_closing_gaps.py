"""answers to requests, staff invitations that reset an account, sessions begun through VNeID."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_vneid', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('data_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answer', cchc_app.data.types.EncryptedText(), nullable=True))
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index('ix_staff_session_revoked_at', ['revoked_at'], unique=False)
    with op.batch_alter_table('staff_invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_staff_invitation_staff_id_staff_account'), 'staff_account', ['staff_id'], ['id'])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('staff_invitation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_staff_invitation_staff_id_staff_account'), type_='foreignkey')
        batch_op.drop_column('staff_id')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index('ix_staff_session_revoked_at')
    with op.batch_alter_table('data_request', schema=None) as batch_op:
        batch_op.drop_column('answer')
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.drop_column('by_vneid')
