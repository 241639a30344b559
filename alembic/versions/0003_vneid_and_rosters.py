"""the round trip to VNeID, rosters, merged accounts."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('vneid_arrival',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('identity', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_vneid_arrival'))
    )
    with op.batch_alter_table('vneid_arrival', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vneid_arrival_expires_at'), ['expires_at'], unique=False)

    op.create_table('vneid_start',
    sa.Column('state_hash', sa.String(), nullable=False),
    sa.Column('browser_hash', sa.String(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('verifier', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('next_path', sa.String(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_vneid_start'))
    )
    with op.batch_alter_table('vneid_start', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vneid_start_expires_at'), ['expires_at'], unique=False)

    op.create_table('roster_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('number_index', sa.String(), nullable=False),
    sa.Column('former_number_index', sa.String(), nullable=True),
    sa.Column('full_name', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_roster_entry_contest_id_contest')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_roster_entry_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_entry')),
    sa.UniqueConstraint('contest_id', 'number_index', name=op.f('uq_roster_entry_contest_id_number_index'))
    )
    with op.batch_alter_table('roster_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_entry_former_number_index'), ['former_number_index'], unique=False)
        batch_op.create_index(batch_op.f('ix_roster_entry_unit_id'), ['unit_id'], unique=False)

    op.create_table('person_merge',
    sa.Column('merged_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kept_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('merged_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['kept_id'], ['participant.id'], name=op.f('fk_person_merge_kept_id_participant')),
    sa.ForeignKeyConstraint(['merged_id'], ['participant.id'], name=op.f('fk_person_merge_merged_id_participant')),
    sa.PrimaryKeyConstraint('merged_id', name=op.f('pk_person_merge'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_kept_id'), ['kept_id'], unique=False)

    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vneid_linked_at', cchc_app.data.types.UtcMillis(), nullable=True))
        batch_op.add_column(sa.Column('identity_level', sa.Integer(), nullable=True))



def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_column('identity_level')
        batch_op.drop_column('vneid_linked_at')

    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_merge_kept_id'))

    op.drop_table('person_merge')
    with op.batch_alter_table('roster_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_roster_entry_unit_id'))
        batch_op.drop_index(batch_op.f('ix_roster_entry_former_number_index'))

    op.drop_table('roster_entry')
    with op.batch_alter_table('vneid_start', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vneid_start_expires_at'))

    op.drop_table('vneid_start')
    with op.batch_alter_table('vneid_arrival', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vneid_arrival_expires_at'))

    op.drop_table('vneid_arrival')
