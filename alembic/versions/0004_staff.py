"""staff accounts, their sessions, the audit log."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def seal() -> None:
    """Make every UPDATE, DELETE and TRUNCATE of the audit log fail."""
    said = "'audit_entry rows are never changed nor deleted'"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, {said}); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION {said}; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_sealed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    )


def unseal() -> None:
    """Allow changes again."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER audit_entry_no_{verb.lower()}")
        return
    op.execute("DROP TRIGGER audit_entry_sealed ON audit_entry")
    op.execute("DROP FUNCTION audit_entry_refuse()")


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('audit_entry',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('previous_hash', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_actor'), ['actor'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('staff_account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('display_name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('totp_secret', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('totp_last_step', sa.BigInteger(), nullable=False),
    sa.Column('citizen_id_index', sa.String(), nullable=True),
    sa.Column('disabled_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('created_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_account')),
    sa.UniqueConstraint('username', name=op.f('uq_staff_account_username'))
    )
    with op.batch_alter_table('staff_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_account_citizen_id_index'), ['citizen_id_index'], unique=False)

    op.create_table('staff_invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('totp_secret', cchc_app.data.types.EncryptedText(), nullable=False),
    sa.Column('invited_by', sa.String(), nullable=False),
    sa.Column('created_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('used_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_invitation_token_hash'))
    )
    op.create_table('recovery_code',
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('used_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_recovery_code_staff_id_staff_account')),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_staff_id'), ['staff_id'], unique=False)

    op.create_table('staff_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('last_seen_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('idle_expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('revoked_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_staff_session_staff_id_staff_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_session_token_hash'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_staff_id'), ['staff_id'], unique=False)

    op.create_table('staff_ticket',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('used_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_staff_ticket_staff_id_staff_account')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_staff_ticket'))
    )
    seal()


def downgrade() -> None:
    """Take back."""
    unseal()
    op.drop_table('staff_ticket')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_staff_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_code_staff_id'))

    op.drop_table('recovery_code')
    op.drop_table('staff_invitation')
    with op.batch_alter_table('staff_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_account_citizen_id_index'))

    op.drop_table('staff_account')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_actor'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_action'))

    op.drop_table('audit_entry')
