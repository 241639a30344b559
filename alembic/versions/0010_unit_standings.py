"""unit totals beside the standings, and boards that stand still before a week closes."""

from typing import Any

import sqlalchemy as sa

import cchc_app.data.types
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision; the totals are counted from the standings there are."""
    for name in ('unit_total', 'frozen_unit_total'):
        _unit_totals(name)
    _frozen_standing()
    op.create_index('ix_standing_person', 'standing', ['participant_id'], unique=False)
    op.add_column('period', sa.Column('freeze_minutes', sa.Integer(), server_default='0', nullable=False))
    op.add_column('period', sa.Column('freeze_note', sa.String(), server_default='', nullable=False))
    op.add_column('period', sa.Column('frozen_at', cchc_app.data.types.UtcMillis(), nullable=True))
    op.execute(
        "INSERT INTO unit_total (contest_id, period_number, unit_id, participants, attempts, papers, points, correct, "
        "total, time_used_ms) SELECT contest_id, period_number, unit_id, count(*), sum(attempts), count(*), "
        "sum(points), sum(correct), sum(total), sum(time_used_ms) FROM standing "
        "GROUP BY contest_id, period_number, unit_id"
    )
    # On the overall board (number 0) a person has as many counted papers as weeks.
    op.execute(
        "UPDATE unit_total SET papers = (SELECT count(*) FROM standing WHERE standing.contest_id = "
        "unit_total.contest_id AND standing.unit_id = unit_total.unit_id AND standing.period_number <> 0) "
        "WHERE period_number = 0"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE period DROP COLUMN frozen_at")
    op.execute("ALTER TABLE period DROP COLUMN freeze_note")
    op.execute("ALTER TABLE period DROP COLUMN freeze_minutes")
    op.drop_index('ix_standing_person', table_name='standing')
    for name in ('frozen_standing', 'frozen_unit_total', 'unit_total'):
        op.drop_table(name)


def _id(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(table: str, column: str) -> sa.ForeignKeyConstraint:
    other = column.removesuffix('_id')
    return sa.ForeignKeyConstraint([column], [f'{other}.id'], name=op.f(f'fk_{table}_{column}_{other}'))


def _unit_totals(name: str) -> None:
    op.create_table(
        name,
        _id('contest_id'),
        sa.Column('period_number', sa.Integer(), autoincrement=False, nullable=False),
        _id('unit_id'),
        *(_number(figure) for figure in ('participants', 'attempts', 'papers', 'points', 'correct', 'total')),
        sa.Column('time_used_ms', sa.BigInteger(), nullable=False),
        _refers(name, 'contest_id'),
        _refers(name, 'unit_id'),
        sa.PrimaryKeyConstraint('contest_id', 'period_number', 'unit_id', name=op.f(f'pk_{name}')),
    )


def _frozen_standing() -> None:
    name = 'frozen_standing'
    op.create_table(
        name,
        _id('contest_id'),
        sa.Column('period_number', sa.Integer(), autoincrement=False, nullable=False),
        _id('participant_id'),
        _id('unit_id'),
        _id('attempt_id'),
        *(_number(figure) for figure in ('attempts', 'points', 'correct', 'total', 'time_used_ms')),
        sa.Column('finished_at', cchc_app.data.types.UtcMillis(), nullable=False),
        sa.Column('rank_key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
        *(_refers(name, column) for column in ('contest_id', 'participant_id', 'unit_id', 'attempt_id')),
        sa.PrimaryKeyConstraint('contest_id', 'period_number', 'participant_id', name=op.f(f'pk_{name}')),
    )
    op.create_index('ix_frozen_standing_board', name, ['contest_id', 'period_number', 'rank_key'])
    op.create_index('ix_frozen_standing_unit', name, ['contest_id', 'period_number', 'unit_id', 'rank_key'])
    op.create_index('ix_frozen_standing_person', name, ['participant_id'])
