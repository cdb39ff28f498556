"""The first tables."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.columns

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('folded_name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('domain', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
    sa.Column('segment', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('csm_email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=True),
    sa.Column('created_on', sa.Date(), nullable=True),
    sa.Column('lifecycle_stage', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('industry', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('country', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=35), nullable=True),
    sa.Column('seats_purchased', sa.Integer(), nullable=True),
    sa.Column('potential_mrr', sa.BigInteger(), nullable=True),
    sa.Column('renewal_on', sa.Date(), nullable=True),
    sa.Column('onboarding_started_on', sa.Date(), nullable=True),
    sa.Column('activated_on', sa.Date(), nullable=True),
    sa.Column('slack_channel_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.CheckConstraint("lifecycle_stage IN ('onboarding', 'adoption', 'value', 'renewal', 'churned')", name=op.f('ck_account_lifecycle_stage')),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_account_currency')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_account_key')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_account_name')),
    sa.CheckConstraint('potential_mrr >= 0', name=op.f('ck_account_potential_mrr')),
    sa.CheckConstraint('seats_purchased >= 0', name=op.f('ck_account_seats_purchased')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('key', name=op.f('uq_account_key'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_csm_email'), ['csm_email'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_domain'), ['domain'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_folded_name'), ['folded_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_segment'), ['segment'], unique=False)

    op.create_table('data_load',
    sa.Column('entity', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('loaded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint('length(entity) > 0', name=op.f('ck_data_load_entity')),
    sa.PrimaryKeyConstraint('entity', name=op.f('pk_data_load'))
    )
    op.create_table('fx_rate',
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('rate', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_fx_rate_currency')),
    sa.PrimaryKeyConstraint('currency', 'day', name=op.f('pk_fx_rate'))
    )
    op.create_table('processed_event',
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('processed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_processed_event'))
    )
    with op.batch_alter_table('processed_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_processed_event_processed_at'), ['processed_at'], unique=False)

    op.create_table('setting',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('target',
    sa.Column('csm_email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('metric', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('period', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('target', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.CheckConstraint('length(csm_email) > 0', name=op.f('ck_target_csm_email')),
    sa.PrimaryKeyConstraint('csm_email', 'metric', 'period', name=op.f('pk_target'))
    )
    op.create_table('advocacy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=10000), nullable=True),
    sa.CheckConstraint("kind IN ('referral', 'review', 'case_study', 'reference', 'talk')", name=op.f('ck_advocacy_kind')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_advocacy_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_advocacy_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advocacy')),
    sa.UniqueConstraint('key', name=op.f('uq_advocacy_key'))
    )
    with op.batch_alter_table('advocacy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advocacy_account_id'), ['account_id'], unique=False)

    op.create_table('campaign',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=True),
    sa.Column('sent', sa.Integer(), nullable=True),
    sa.Column('opened', sa.Integer(), nullable=True),
    sa.Column('clicked', sa.Integer(), nullable=True),
    sa.CheckConstraint('clicked >= 0', name=op.f('ck_campaign_clicked')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_campaign_key')),
    sa.CheckConstraint('opened >= 0', name=op.f('ck_campaign_opened')),
    sa.CheckConstraint('sent >= 0', name=op.f('ck_campaign_sent')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_campaign_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('key', 'day', 'account_id', name=op.f('uq_campaign_key_day_account_id'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_account_id'), ['account_id'], unique=False)
        batch_op.create_index('uq_campaign_key_day_all', ['key', 'day'], unique=True, sqlite_where=sa.text('account_id IS NULL'), postgresql_where=sa.text('account_id IS NULL'))

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('is_poc', sa.Boolean(), nullable=True),
    sa.Column('slack_user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=35), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('activated_on', sa.Date(), nullable=True),
    sa.CheckConstraint("role IN ('champion', 'decision_maker', 'admin', 'user', 'billing')", name=op.f('ck_contact_role')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_contact_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_contact_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sa.UniqueConstraint('key', name=op.f('uq_contact_key'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_account_id'), ['account_id'], unique=False)

    op.create_table('cost',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('category', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_cost_currency')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_cost_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_cost_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cost')),
    sa.UniqueConstraint('key', name=op.f('uq_cost_key'))
    )
    with op.batch_alter_table('cost', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cost_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cost_day'), ['day'], unique=False)

    op.create_table('health_snapshot',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('band', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
    sa.Column('coverage_permille', sa.Integer(), nullable=False),
    sa.Column('permille', sa.JSON(), nullable=False),
    sa.CheckConstraint("band IN ('good', 'average', 'poor')", name=op.f('ck_health_snapshot_band')),
    sa.CheckConstraint('coverage_permille BETWEEN 0 AND 1000', name=op.f('ck_health_snapshot_coverage_permille')),
    sa.CheckConstraint('score BETWEEN 1 AND 100', name=op.f('ck_health_snapshot_score')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_health_snapshot_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'day', name=op.f('pk_health_snapshot')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('health_snapshot', schema=None) as batch_op:
        batch_op.create_index('ix_health_snapshot_day', ['day', 'account_id', 'score', 'band'], unique=False)

    op.create_table('invoice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=True),
    sa.Column('failed_on', sa.Date(), nullable=True),
    sa.CheckConstraint("status IN ('open', 'paid', 'failed', 'void', 'refunded')", name=op.f('ck_invoice_status')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_invoice_attempts')),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_invoice_currency')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_invoice_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_invoice_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('key', name=op.f('uq_invoice_key'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invoice_account_id'), ['account_id'], unique=False)

    op.create_table('lead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
    sa.Column('content', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
    sa.Column('mql_on', sa.Date(), nullable=True),
    sa.Column('sql_on', sa.Date(), nullable=True),
    sa.Column('converted_on', sa.Date(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_lead_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_lead_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead')),
    sa.UniqueConstraint('key', name=op.f('uq_lead_key'))
    )
    with op.batch_alter_table('lead', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lead_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lead_created_on'), ['created_on'], unique=False)

    op.create_table('mrr_movement',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('before', sa.BigInteger(), nullable=False),
    sa.Column('after', sa.BigInteger(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
    sa.Column('cause', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
    sa.CheckConstraint("kind IN ('new', 'reactivation', 'expansion', 'contraction', 'churn')", name=op.f('ck_mrr_movement_kind')),
    sa.CheckConstraint('after >= 0', name=op.f('ck_mrr_movement_after')),
    sa.CheckConstraint('before <> after', name=op.f('ck_mrr_movement_moves')),
    sa.CheckConstraint('before >= 0', name=op.f('ck_mrr_movement_before')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_mrr_movement_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'day', 'currency', name=op.f('pk_mrr_movement')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('mrr_movement', schema=None) as batch_op:
        batch_op.create_index('ix_mrr_movement_sums', ['day', 'currency', 'kind', 'cause', 'before', 'after', 'account_id'], unique=False)

    op.create_table('subscription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('product', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('plan', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('interval', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('interval_count', sa.Integer(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('end_detail', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
    sa.CheckConstraint("end_reason IN ('voluntary', 'payment_failure', 'other')", name=op.f('ck_subscription_end_reason')),
    sa.CheckConstraint("interval IN ('day', 'week', 'month', 'quarter', 'year')", name=op.f('ck_subscription_interval')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_subscription_amount')),
    sa.CheckConstraint('ended_on >= started_on', name=op.f('ck_subscription_ended_on')),
    sa.CheckConstraint('interval_count >= 1', name=op.f('ck_subscription_interval_count')),
    sa.CheckConstraint('length(currency) = 3', name=op.f('ck_subscription_currency')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_subscription_key')),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_subscription_quantity')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_subscription_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('key', 'started_on', name=op.f('uq_subscription_key_started_on'))
    )
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_subscription_account_id'), ['account_id'], unique=False)

    op.create_table('ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('first_response_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('resolved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('customer_contacts', sa.Integer(), nullable=True),
    sa.Column('escalated', sa.Boolean(), nullable=True),
    sa.Column('priority', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=True),
    sa.Column('csm_email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.CheckConstraint('customer_contacts >= 0', name=op.f('ck_ticket_customer_contacts')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_ticket_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ticket_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('key', name=op.f('uq_ticket_key'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_account_id'), ['account_id'], unique=False)

    op.create_table('usage',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.Column('user_key', sa.String(length=255), nullable=False),
    sa.Column('feature', sa.String(length=255), nullable=False),
    sa.Column('sessions', sa.Integer(), nullable=True),
    sa.Column('events', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Float(), nullable=True),
    sa.CheckConstraint('events >= 0', name=op.f('ck_usage_events')),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_usage_minutes')),
    sa.CheckConstraint('sessions >= 0', name=op.f('ck_usage_sessions')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_usage_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'day', 'user_key', 'feature', name=op.f('pk_usage')),
    sqlite_with_rowid=False
    )
    op.create_table('usage_day',
    sa.Column('day', storage.columns.Day(), nullable=False),
    sa.Column('feature', sa.String(length=255), nullable=False),
    sa.PrimaryKeyConstraint('day', 'feature', name=op.f('pk_usage_day')),
    sqlite_with_rowid=False
    )
    op.create_table('survey_response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(length=10000), nullable=True),
    sa.Column('responded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("(kind = 'nps' AND score BETWEEN 0 AND 10) OR (kind IN ('csat', 'ces') AND score BETWEEN 1 AND 5)", name=op.f('ck_survey_response_score')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_survey_response_key')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_survey_response_account_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_survey_response_contact_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_response')),
    sa.UniqueConstraint('key', name=op.f('uq_survey_response_key'))
    )
    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_response_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_response_contact_id'), ['contact_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_response_contact_id'))
        batch_op.drop_index(batch_op.f('ix_survey_response_account_id'))

    op.drop_table('survey_response')
    op.drop_table('usage_day')
    op.drop_table('usage')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_account_id'))

    op.drop_table('ticket')
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_subscription_account_id'))

    op.drop_table('subscription')
    with op.batch_alter_table('mrr_movement', schema=None) as batch_op:
        batch_op.drop_index('ix_mrr_movement_sums')

    op.drop_table('mrr_movement')
    with op.batch_alter_table('lead', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lead_created_on'))
        batch_op.drop_index(batch_op.f('ix_lead_account_id'))

    op.drop_table('lead')
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invoice_account_id'))

    op.drop_table('invoice')
    with op.batch_alter_table('health_snapshot', schema=None) as batch_op:
        batch_op.drop_index('ix_health_snapshot_day')

    op.drop_table('health_snapshot')
    with op.batch_alter_table('cost', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cost_day'))
        batch_op.drop_index(batch_op.f('ix_cost_account_id'))

    op.drop_table('cost')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_account_id'))

    op.drop_table('contact')
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_index('uq_campaign_key_day_all', sqlite_where=sa.text('account_id IS NULL'), postgresql_where=sa.text('account_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_campaign_account_id'))

    op.drop_table('campaign')
    with op.batch_alter_table('advocacy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advocacy_account_id'))

    op.drop_table('advocacy')
    op.drop_table('target')
    op.drop_table('setting')
    with op.batch_alter_table('processed_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_processed_event_processed_at'))

    op.drop_table('processed_event')
    op.drop_table('fx_rate')
    op.drop_table('data_load')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_segment'))
        batch_op.drop_index(batch_op.f('ix_account_folded_name'))
        batch_op.drop_index(batch_op.f('ix_account_domain'))
        batch_op.drop_index(batch_op.f('ix_account_csm_email'))

    op.drop_table('account')
