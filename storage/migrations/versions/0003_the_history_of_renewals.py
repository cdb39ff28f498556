"""The history of renewal days: it begins with each account's next one."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    renewal = op.create_table('renewal',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('due_on', storage.columns.Day(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_renewal_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'due_on', name=op.f('pk_renewal')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_renewal_due', 'renewal', ['due_on', 'account_id'])
    account = sa.table('account', sa.column('id', sa.Integer), sa.column('renewal_on', sa.Date))
    known = sa.select(account.c.id, account.c.renewal_on).where(account.c.renewal_on.is_not(None))
    rows = [{'account_id': id_, 'due_on': due_on} for id_, due_on in op.get_bind().execute(known)]
    op.bulk_insert(renewal, rows)


def downgrade() -> None:
    op.drop_index('ix_renewal_due', table_name='renewal')
    op.drop_table('renewal')
