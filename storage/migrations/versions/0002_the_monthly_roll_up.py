"""The monthly roll-up of the ledger, and indexes that answer by themselves. The ledger is emptied: whoever opens the store next builds both anew."""

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
    sa.Column('book', sa.String(length=400), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('rate', sa.String(length=100), nullable=False),
    sa.Column('months', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('month', storage.columns.Day(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('months IN (1, 12)', name=op.f('ck_mrr_rollup_months')),
    sa.PrimaryKeyConstraint('book', 'currency', 'rate', 'months', 'month', 'measure', name=op.f('pk_mrr_rollup')),
    sqlite_with_rowid=False
    )
    op.execute('DELETE FROM mrr_movement')
    op.execute("UPDATE setting SET value = '-1' WHERE name = 'churn_grace_days'")
    op.add_column('mrr_movement', sa.Column('mixed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index('ix_mrr_movement_sums', table_name='mrr_movement')
    op.create_index('ix_mrr_movement_sums', 'mrr_movement', [*SUMS, 'mixed'])
    op.drop_index('ix_invoice_account_id', table_name='invoice')
    op.create_index('ix_invoice_by_account', 'invoice', ['account_id', 'due_on', 'status', 'paid_on', 'failed_on'])
    op.drop_index('ix_ticket_account_id', table_name='ticket')
    op.create_index('ix_ticket_by_account', 'ticket', ['account_id', 'opened_at', 'resolved_at', 'escalated'])
    op.drop_index('ix_contact_account_id', table_name='contact')
    op.create_index('ix_contact_by_account', 'contact', ['account_id', 'is_poc', 'role', 'started_on', 'left_on'])
    op.drop_index('ix_survey_response_account_id', table_name='survey_response')
    op.create_index('ix_survey_response_by_account', 'survey_response', ['account_id', 'responded_at'])
    op.create_index('ix_invoice_paid', 'invoice', ['paid_on', 'status', 'currency', 'amount', 'account_id'])
    op.create_index('ix_survey_response_answers', 'survey_response', ['responded_at', 'kind', 'contact_id', 'score', 'account_id'])
    op.create_index('ix_ticket_opened', 'ticket', ['opened_at', 'first_response_at', 'escalated', 'priority', 'account_id'])
    op.create_index('ix_ticket_resolved', 'ticket', ['resolved_at', 'customer_contacts', 'account_id'])
    op.create_index('ix_campaign_sent', 'campaign', ['day', 'account_id', 'sent', 'opened', 'clicked'])


def downgrade() -> None:
    op.drop_index('ix_campaign_sent', table_name='campaign')
    op.drop_index('ix_ticket_resolved', table_name='ticket')
    op.drop_index('ix_ticket_opened', table_name='ticket')
    op.drop_index('ix_invoice_paid', table_name='invoice')
    op.drop_index('ix_survey_response_answers', table_name='survey_response')
    op.drop_index('ix_invoice_by_account', table_name='invoice')
    op.create_index('ix_invoice_account_id', 'invoice', ['account_id'])
    op.drop_index('ix_ticket_by_account', table_name='ticket')
    op.create_index('ix_ticket_account_id', 'ticket', ['account_id'])
    op.drop_index('ix_contact_by_account', table_name='contact')
    op.create_index('ix_contact_account_id', 'contact', ['account_id'])
    op.drop_index('ix_survey_response_by_account', table_name='survey_response')
    op.create_index('ix_survey_response_account_id', 'survey_response', ['account_id'])
    op.drop_index('ix_mrr_movement_sums', table_name='mrr_movement')
    op.create_index('ix_mrr_movement_sums', 'mrr_movement', SUMS)
    op.drop_column('mrr_movement', 'mixed')
    op.drop_table('mrr_rollup')
