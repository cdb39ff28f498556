"""The monthly roll-up of the ledger. The ledger is emptied: whoever opens the store next builds both anew."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

SUMS = ['day', 'currency', 'kind', 'cause', 'before', 'after', 'account_id']


def upgrade() -> None:
    op.create_table('mrr_rollup',
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('rate', sa.String(length=100), nullable=False),
    sa.Column('months', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', storage.columns.Day(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('months IN (1, 12)', name=op.f('ck_mrr_rollup_months')),
    sa.PrimaryKeyConstraint('currency', 'rate', 'months', 'month', 'measure', name=op.f('pk_mrr_rollup')),
    sqlite_with_rowid=False
    )
    op.execute('DELETE FROM mrr_movement')
    op.execute("UPDATE setting SET value = '-1' WHERE name = 'churn_grace_days'")
    op.add_column('mrr_movement', sa.Column('mixed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index('ix_mrr_movement_sums', table_name='mrr_movement')
    op.create_index('ix_mrr_movement_sums', 'mrr_movement', [*SUMS, 'mixed'])


def downgrade() -> None:
    op.drop_index('ix_mrr_movement_sums', table_name='mrr_movement')
    op.create_index('ix_mrr_movement_sums', 'mrr_movement', SUMS)
    op.drop_column('mrr_movement', 'mixed')
    op.drop_table('mrr_rollup')
