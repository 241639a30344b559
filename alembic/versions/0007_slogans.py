"""slogans, representatives, judging."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


# What was handed in; who wrote it can still be made nameless (Law 91/2025/QH15).
FROZEN = "slogan_id, number, action, receipt, text, words, explanation, written_at"


def freeze() -> None:
    """Make every change of what was handed in fail."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER slogan_version_frozen BEFORE UPDATE OF {FROZEN} ON slogan_version "
            "BEGIN SELECT RAISE(ABORT, 'slogan_version rows are never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION slogan_version_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'slogan_version rows are never changed'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER slogan_version_frozen BEFORE UPDATE OF {FROZEN} ON slogan_version "
        "FOR EACH ROW EXECUTE FUNCTION slogan_version_refuse()"
    )


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('slogan_publication',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('published_by', sa.String(), nullable=False),
    sa.Column('published_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_slogan_publication_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slogan_publication')),
    sa.UniqueConstraint('contest_id', 'version', name=op.f('uq_slogan_publication_contest_id_version'))
    )
    op.create_table('judge_conflict',
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('noted_by', sa.String(), nullable=False),
    sa.Column('noted_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_judge_conflict_staff_id_staff_account')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_judge_conflict_unit_id_unit')),
    sa.PrimaryKeyConstraint('staff_id', 'unit_id', name=op.f('pk_judge_conflict'))
    )
    op.create_table('judging_round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rule_set_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_by', sa.String(), nullable=False),
    sa.Column('opened_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('closed_by', sa.String(), nullable=True),
    sa.Column('closed_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_judging_round_contest_id_contest')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['rule_set_version.id'], name=op.f('fk_judging_round_rule_set_id_rule_set_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judging_round')),
    sa.UniqueConstraint('contest_id', 'number', name=op.f('uq_judging_round_contest_id_number'))
    )
    op.create_table('slogan_exception',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('closes_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('granted_by', sa.String(), nullable=False),
    sa.Column('granted_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_slogan_exception_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slogan_exception'))
    )
    with op.batch_alter_table('slogan_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slogan_exception_unit_id'), ['unit_id'], unique=False)

    op.create_table('slogan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('draft_text', sa.String(), nullable=False),
    sa.Column('draft_explanation', sa.String(), nullable=False),
    sa.Column('draft_author', sa.String(), nullable=False),
    sa.Column('draft_author_public', sa.Boolean(), nullable=False),
    sa.Column('draft_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('draft_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('code_number', sa.Integer(), nullable=True),
    sa.Column('disqualified_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('disqualified_reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_slogan_contest_id_contest')),
    sa.ForeignKeyConstraint(['draft_by'], ['participant.id'], name=op.f('fk_slogan_draft_by_participant')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_slogan_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slogan')),
    sa.UniqueConstraint('contest_id', 'code_number', name=op.f('uq_slogan_contest_id_code_number')),
    sa.UniqueConstraint('contest_id', 'unit_id', name=op.f('uq_slogan_contest_id_unit_id'))
    )
    op.create_table('unit_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('ended_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('used_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_code_unit_id_unit')),
    sa.ForeignKeyConstraint(['used_by'], ['participant.id'], name=op.f('fk_unit_code_used_by_participant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_unit_code_code_hash'))
    )
    with op.batch_alter_table('unit_code', schema=None) as batch_op:
        batch_op.create_index('uq_unit_code_one_alive', ['unit_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('unit_representative',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('appointed_by', sa.String(), nullable=False),
    sa.Column('appointed_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('ended_by', sa.String(), nullable=True),
    sa.Column('ended_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_unit_representative_participant_id_participant')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_representative_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_representative'))
    )
    with op.batch_alter_table('unit_representative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_representative_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_unit_representative_one_term', ['participant_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('judging_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slogan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('written_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['judging_round.id'], name=op.f('fk_judging_note_round_id_judging_round')),
    sa.ForeignKeyConstraint(['slogan_id'], ['slogan.id'], name=op.f('fk_judging_note_slogan_id_slogan')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_judging_note_staff_id_staff_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judging_note'))
    )
    with op.batch_alter_table('judging_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_judging_note_slogan_id'), ['slogan_id'], unique=False)

    op.create_table('slogan_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('slogan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('receipt', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('explanation', sa.String(), nullable=False),
    sa.Column('author', sa.String(), nullable=False),
    sa.Column('author_public', sa.Boolean(), nullable=False),
    sa.Column('written_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('written_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['slogan_id'], ['slogan.id'], name=op.f('fk_slogan_version_slogan_id_slogan')),
    sa.ForeignKeyConstraint(['written_by'], ['participant.id'], name=op.f('fk_slogan_version_written_by_participant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slogan_version')),
    sa.UniqueConstraint('receipt', name=op.f('uq_slogan_version_receipt')),
    sa.UniqueConstraint('slogan_id', 'number', name=op.f('uq_slogan_version_slogan_id_number'))
    )
    op.create_table('judging_assignment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slogan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assigned_by', sa.String(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('skipped', sa.Boolean(), nullable=False),
    sa.Column('submitted_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['round_id'], ['judging_round.id'], name=op.f('fk_judging_assignment_round_id_judging_round')),
    sa.ForeignKeyConstraint(['slogan_id'], ['slogan.id'], name=op.f('fk_judging_assignment_slogan_id_slogan')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff_account.id'], name=op.f('fk_judging_assignment_staff_id_staff_account')),
    sa.ForeignKeyConstraint(['version_id'], ['slogan_version.id'], name=op.f('fk_judging_assignment_version_id_slogan_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judging_assignment')),
    sa.UniqueConstraint('round_id', 'slogan_id', 'staff_id', name=op.f('uq_judging_assignment_round_id_slogan_id_staff_id'))
    )
    with op.batch_alter_table('judging_assignment', schema=None) as batch_op:
        batch_op.create_index('ix_judging_assignment_judge', ['staff_id', 'round_id'], unique=False)

    op.create_table('judging_score',
    sa.Column('assignment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('saved_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['judging_assignment.id'], name=op.f('fk_judging_score_assignment_id_judging_assignment')),
    sa.PrimaryKeyConstraint('assignment_id', 'criterion', name=op.f('pk_judging_score'))
    )
    freeze()


def downgrade() -> None:
    """Take back."""
    op.drop_table('judging_score')
    with op.batch_alter_table('judging_assignment', schema=None) as batch_op:
        batch_op.drop_index('ix_judging_assignment_judge')

    op.drop_table('judging_assignment')
    op.drop_table('slogan_version')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION slogan_version_refuse()")
    with op.batch_alter_table('judging_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_judging_note_slogan_id'))

    op.drop_table('judging_note')
    with op.batch_alter_table('unit_representative', schema=None) as batch_op:
        batch_op.drop_index('uq_unit_representative_one_term', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_unit_representative_unit_id'))

    op.drop_table('unit_representative')
    with op.batch_alter_table('unit_code', schema=None) as batch_op:
        batch_op.drop_index('uq_unit_code_one_alive', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('unit_code')
    op.drop_table('slogan')
    with op.batch_alter_table('slogan_exception', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slogan_exception_unit_id'))

    op.drop_table('slogan_exception')
    op.drop_table('judging_round')
    op.drop_table('judge_conflict')
    op.drop_table('slogan_publication')
