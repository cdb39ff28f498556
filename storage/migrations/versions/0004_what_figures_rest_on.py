"""Days of notice, public holidays, opinions on accounts, and use of the product that is counted ahead."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.columns
from storage.countries import country_code

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('country_code', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=True))
    _understand_countries()
    op.add_column('subscription', sa.Column('cancelled_on', sa.Date(), nullable=True))
    # Besides grace days, the ledger now has other rules.
    op.execute("UPDATE setting SET name = 'ledger_rules' WHERE name = 'churn_grace_days'")
    op.create_table('holiday',
    sa.Column('country', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.PrimaryKeyConstraint('country', 'day', name=op.f('pk_holiday')),
    sqlite_with_rowid=False
    )
    op.create_table('opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('author_name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
    sa.Column('given_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_opinion_score')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_opinion_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion'))
    )
    op.create_index('ix_opinion_by_account', 'opinion', ['account_id', 'given_at'])
    op.create_table('product_use',
    sa.Column('book', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.Column('sums', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('book', 'day', name=op.f('pk_product_use')),
    sqlite_with_rowid=False
    )


def _understand_countries() -> None:
    account = sa.table('account', sa.column('country', sa.String), sa.column('country_code', sa.String))
    for country in op.get_bind().execute(sa.select(account.c.country).distinct()).scalars().all():
        if country and (code := country_code(country)):
            op.execute(sa.update(account).where(account.c.country == country).values(country_code=code))


def downgrade() -> None:
    op.drop_table('product_use')
    op.drop_index('ix_opinion_by_account', table_name='opinion')
    op.drop_table('opinion')
    op.drop_table('holiday')
    # No ledger was built with -1 grace days: the one that is there is built anew by the rules of before.
    op.execute("UPDATE setting SET name = 'churn_grace_days', value = '-1' WHERE name = 'ledger_rules'")
    op.drop_column('subscription', 'cancelled_on')
    op.drop_column('account', 'country_code')
