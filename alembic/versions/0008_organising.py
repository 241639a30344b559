"""headcounts by day, approval of questions, sanctions, official results, prizes, news, files."""

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table('announcement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('starts_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('ends_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('written_by', sa.String(), nullable=False),
    sa.Column('written_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('removed_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_announcement_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_contest_id'), ['contest_id'], unique=False)

    op.create_table('import_job',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('beat_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('ended_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_import_job_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_job'))
    )
    with op.batch_alter_table('import_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_job_contest_id'), ['contest_id'], unique=False)

    op.create_table('prize_list',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('board', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('proposed_by', sa.String(), nullable=False),
    sa.Column('proposed_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('confirmed_by', sa.String(), nullable=True),
    sa.Column('confirmed_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.Column('published_by', sa.String(), nullable=True),
    sa.Column('published_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.CheckConstraint('confirmed_by IS NULL OR confirmed_by <> proposed_by', name=op.f('ck_prize_list_two_people')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_prize_list_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prize_list')),
    sa.UniqueConstraint('contest_id', 'board', 'version', name=op.f('uq_prize_list_contest_id_board_version'))
    )
    op.create_table('rule_set_draft',
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('edited_by', sa.String(), nullable=False),
    sa.Column('edited_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_rule_set_draft_contest_id_contest')),
    sa.PrimaryKeyConstraint('contest_id', name=op.f('pk_rule_set_draft'))
    )
    op.create_table('site_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slot', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('uploaded_by', sa.String(), nullable=False),
    sa.Column('uploaded_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('removed_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_site_file_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_file'))
    )
    with op.batch_alter_table('site_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_site_file_contest_id'), ['contest_id'], unique=False)

    op.create_table('official_result',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contest_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('board', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rule_set_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False),
    sa.Column('closed_by', sa.String(), nullable=False),
    sa.Column('closed_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_official_result_contest_id_contest')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['rule_set_version.id'], name=op.f('fk_official_result_rule_set_id_rule_set_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_result')),
    sa.UniqueConstraint('contest_id', 'board', 'version', name=op.f('uq_official_result_contest_id_board_version'))
    )
    op.create_table('question_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('question_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_question_event_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_event'))
    )
    with op.batch_alter_table('question_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_event_question_id'), ['question_id'], unique=False)

    op.create_table('unit_headcount',
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.Column('set_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_headcount_unit_id_unit')),
    sa.PrimaryKeyConstraint('unit_id', 'effective_from', name=op.f('pk_unit_headcount'))
    )
    op.create_table('pin_reset',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('expires_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('used_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_pin_reset_participant_id_participant')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_pin_reset'))
    )
    with op.batch_alter_table('pin_reset', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pin_reset_participant_id'), ['participant_id'], unique=False)

    op.create_table('sanction',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('made_by', sa.String(), nullable=False),
    sa.Column('made_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('lift_reason', sa.String(), nullable=True),
    sa.Column('lifted_by', sa.String(), nullable=True),
    sa.Column('lifted_at', cchc_app.data.types.UtcMillis(), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_sanction_participant_id_participant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanction'))
    )
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.create_index('uq_sanction_one_in_force', ['participant_id', 'kind'], unique=True, sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))

    op.create_table('unit_move',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('to_unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('moved_by', sa.String(), nullable=False),
    sa.Column('moved_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['from_unit_id'], ['unit.id'], name=op.f('fk_unit_move_from_unit_id_unit')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_unit_move_participant_id_participant')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['unit.id'], name=op.f('fk_unit_move_to_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_move'))
    )
    with op.batch_alter_table('unit_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_move_participant_id'), ['participant_id'], unique=False)

    op.create_table('attempt_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_event_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['session_id'], ['auth_session.id'], name=op.f('fk_attempt_event_session_id_auth_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_event'))
    )
    with op.batch_alter_table('attempt_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_event_attempt_id'), ['attempt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_event_session_id'), ['session_id'], unique=False)

    op.create_table('official_place',
    sa.Column('result_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('participant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('correct', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('time_used_ms', sa.Integer(), nullable=False),
    sa.Column('finished_at', cchc_app.data.types.UtcMillis(), nullable=False),
    sa.Column('rank_key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_official_place_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_official_place_participant_id_participant')),
    sa.ForeignKeyConstraint(['result_id'], ['official_result.id'], name=op.f('fk_official_place_result_id_official_result')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_official_place_unit_id_unit')),
    sa.PrimaryKeyConstraint('result_id', 'place', name=op.f('pk_official_place'))
    )
    with op.batch_alter_table('official_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_official_place_participant_id'), ['participant_id'], unique=False)

    op.add_column('contest', sa.Column('revision', sa.Integer(), server_default='1', nullable=False))

    op.add_column('participant', sa.Column('disqualified', sa.Boolean(), server_default=sa.text('(false)'), nullable=False))

    op.add_column('question', sa.Column('status', sa.String(), server_default='approved', nullable=False))
    op.add_column('question', sa.Column('approved_version', sa.Integer(), nullable=True))
    op.add_column('question', sa.Column('valid_from', sa.Date(), nullable=True))
    op.add_column('question', sa.Column('valid_until', sa.Date(), nullable=True))
    op.add_column('question', sa.Column('revision', sa.Integer(), server_default='1', nullable=False))

    op.add_column('question_version', sa.Column('written_by', sa.String(), server_default='', nullable=False))

    # Without making the tables anew on SQLite, so that nothing that refers to them is touched.
    op.execute(
        "INSERT INTO unit_headcount (unit_id, effective_from, headcount, source, set_by, set_at) "
        "SELECT unit.id, '2000-01-01', unit.headcount, unit.headcount_source, 'preset', contest.created_at "
        "FROM unit JOIN contest ON contest.id = unit.contest_id"
    )
    op.execute(
        "UPDATE question SET approved_version = "
        "(SELECT max(version) FROM question_version WHERE question_version.question_id = question.id)"
    )
    op.execute("UPDATE question SET status = 'retired' WHERE NOT active")
    op.execute("ALTER TABLE question DROP COLUMN active")
    op.execute("ALTER TABLE unit DROP COLUMN headcount")
    op.execute("ALTER TABLE unit DROP COLUMN headcount_source")
    op.drop_index('ix_attempt_period_status', table_name='attempt')
    op.create_index('ix_attempt_period_status', 'attempt', ['period_id', 'status', 'started_at'], unique=False)
    op.create_index('ix_participant_contest_id_created_at', 'participant', ['contest_id', 'created_at'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index('ix_participant_contest_id_created_at', table_name='participant')
    op.drop_index('ix_attempt_period_status', table_name='attempt')
    op.create_index('ix_attempt_period_status', 'attempt', ['period_id', 'status'], unique=False)
    op.add_column('unit', sa.Column('headcount', sa.Integer(), server_default='0', nullable=False))
    op.add_column('unit', sa.Column('headcount_source', sa.String(), server_default='', nullable=False))
    op.execute(
        "UPDATE unit SET headcount = coalesce((SELECT headcount FROM unit_headcount WHERE unit_id = unit.id "
        "ORDER BY effective_from DESC LIMIT 1), 0)"
    )

    op.execute("ALTER TABLE question_version DROP COLUMN written_by")

    op.add_column('question', sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.execute("ALTER TABLE question DROP COLUMN revision")
    op.execute("ALTER TABLE question DROP COLUMN valid_until")
    op.execute("ALTER TABLE question DROP COLUMN valid_from")
    op.execute("ALTER TABLE question DROP COLUMN approved_version")
    op.execute("ALTER TABLE question DROP COLUMN status")

    op.execute("ALTER TABLE participant DROP COLUMN disqualified")

    op.execute("ALTER TABLE contest DROP COLUMN revision")

    with op.batch_alter_table('official_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_official_place_participant_id'))

    op.drop_table('official_place')
    with op.batch_alter_table('attempt_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_event_session_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_event_attempt_id'))

    op.drop_table('attempt_event')
    with op.batch_alter_table('unit_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_move_participant_id'))

    op.drop_table('unit_move')
    with op.batch_alter_table('sanction', schema=None) as batch_op:
        batch_op.drop_index('uq_sanction_one_in_force', sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))

    op.drop_table('sanction')
    with op.batch_alter_table('pin_reset', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pin_reset_participant_id'))

    op.drop_table('pin_reset')
    op.drop_table('unit_headcount')
    with op.batch_alter_table('question_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_event_question_id'))

    op.drop_table('question_event')
    op.drop_table('official_result')
    with op.batch_alter_table('site_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_site_file_contest_id'))

    op.drop_table('site_file')
    op.drop_table('rule_set_draft')
    op.drop_table('prize_list')
    with op.batch_alter_table('import_job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_job_contest_id'))

    op.drop_table('import_job')
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_contest_id'))

    op.drop_table('announcement')
