"""What the bot says unasked: outbox, schedules and runs, alerts with their life, playbooks, signs from Slack."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.columns

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alert_route',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('rule_id', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=True),
    sa.Column('severity', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
    sa.Column('segment', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('csm_email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.Column('destination', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('lead', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.CheckConstraint("severity IN ('urgent', 'warning', 'notice')", name=op.f('ck_alert_route_severity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_route'))
    )
    op.create_table('destination',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('broken_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('told_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('next_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_destination'))
    )
    op.create_table('job_run',
    sa.Column('job', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('slot', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('heartbeat_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('lease_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.CheckConstraint("state IN ('running', 'done', 'failed', 'dropped')", name=op.f('ck_job_run_state')),
    sa.PrimaryKeyConstraint('job', 'subject', 'slot', name=op.f('pk_job_run'))
    )
    with op.batch_alter_table('job_run', schema=None) as batch_op:
        batch_op.create_index('ix_job_run_state', ['state', 'lease_until'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('occurrence', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('destination', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('mark', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=255), nullable=True),
    sa.Column('file_bytes', sa.LargeBinary(), nullable=True),
    sa.Column('thread_of', sa.Integer(), nullable=True),
    sa.Column('edits', sa.Integer(), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('looks', sa.Integer(), nullable=False),
    sa.Column('attempted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('lease_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('owner_user', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('error', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
    sa.Column('channel_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('ts', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('file_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed', 'unknown')", name=op.f('ck_outbox_state')),
    sa.CheckConstraint('length(destination) > 0', name=op.f('ck_outbox_destination')),
    sa.ForeignKeyConstraint(['edits'], ['outbox.id'], name=op.f('fk_outbox_edits')),
    sa.ForeignKeyConstraint(['thread_of'], ['outbox.id'], name=op.f('fk_outbox_thread_of')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('mark', name=op.f('uq_outbox_mark')),
    sa.UniqueConstraint('purpose', 'occurrence', 'destination', name=op.f('uq_outbox_purpose_occurrence_destination'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_destination', ['destination', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_edits'), ['edits'], unique=False)
        batch_op.create_index('ix_outbox_state', ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_thread_of'), ['thread_of'], unique=False)

    op.create_table('person',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('preferences', sa.JSON(), nullable=False),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_email'), ['email'], unique=False)

    op.create_table('unknown_email',
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('email', name=op.f('pk_unknown_email'))
    )
    op.create_table('playbook',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('rule_ids', sa.JSON(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('edited_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('edited_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_playbook'))
    )
    op.create_table('schedule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('job', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('destination', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('book', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('rule', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('paused', sa.Boolean(), nullable=False),
    sa.Column('next_slot', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('next_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint('length(destination) > 0', name=op.f('ck_schedule_destination')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule'))
    )
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.create_index('ix_schedule_next', ['paused', 'next_at'], unique=False)

    op.create_table('alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('severity', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('worst', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('why', sa.JSON(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('mrr', sa.BigInteger(), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(length=3), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('taken_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('taken_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('snoozed_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
    sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('silent_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('cleared_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('escalated_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.CheckConstraint("outcome IN ('saved', 'lost', 'not_a_risk')", name=op.f('ck_alert_outcome')),
    sa.CheckConstraint("severity IN ('urgent', 'warning', 'notice')", name=op.f('ck_alert_severity')),
    sa.CheckConstraint("state IN ('open', 'taken', 'snoozed', 'recovered', 'closed')", name=op.f('ck_alert_state')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_alert_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index('ix_alert_by_account', ['account_id', 'opened_at'], unique=False)
        batch_op.create_index('ix_alert_state', ['state', 'due_on'], unique=False)
        batch_op.create_index('uq_alert_held', ['account_id', 'rule_id'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))

    op.create_table('touched_account',
    sa.Column('account_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('touched_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_touched_account'))
    )
    op.create_table('alert_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_event_alert_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_event'))
    )
    with op.batch_alter_table('alert_event', schema=None) as batch_op:
        batch_op.create_index('ix_alert_event_by_alert', ['alert_id', 'id'], unique=False)

    op.create_table('alert_place',
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_place_alert_id')),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox.id'], name=op.f('fk_alert_place_outbox_id')),
    sa.PrimaryKeyConstraint('alert_id', 'outbox_id', name=op.f('pk_alert_place')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('alert_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_place_outbox_id'), ['outbox_id'], unique=False)

    op.create_table('contact_sign',
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('told_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('deactivated', 'left_channel')", name=op.f('ck_contact_sign_kind')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_contact_sign_contact_id')),
    sa.PrimaryKeyConstraint('contact_id', 'kind', name=op.f('pk_contact_sign')),
    sqlite_with_rowid=False
    )
    op.create_table('playbook_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('playbook_id', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=150), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=True),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=2000), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=True),
    sa.Column('presses', sa.JSON(), nullable=False),
    sa.CheckConstraint("outcome IN ('saved', 'lost', 'not_a_risk')", name=op.f('ck_playbook_run_outcome')),
    sa.CheckConstraint("state IN ('running', 'done', 'stopped')", name=op.f('ck_playbook_run_state')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_playbook_run_account_id')),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_playbook_run_alert_id')),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox.id'], name=op.f('fk_playbook_run_outbox_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_playbook_run'))
    )
    with op.batch_alter_table('playbook_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_playbook_run_alert_id'), ['alert_id'], unique=False)
        batch_op.create_index('ix_playbook_run_by_account', ['account_id', 'started_at'], unique=False)

    op.create_table('playbook_step',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('done_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['run_id'], ['playbook_run.id'], name=op.f('fk_playbook_step_run_id')),
    sa.PrimaryKeyConstraint('run_id', 'position', name=op.f('pk_playbook_step')),
    sqlite_with_rowid=False
    )
    op.add_column('contact', sa.Column('bounced_on', sa.Date(), nullable=True))
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index('ix_contact_bounced', ['account_id'], unique=False, sqlite_where=sa.text('bounced_on IS NOT NULL'), postgresql_where=sa.text('bounced_on IS NOT NULL'))
        batch_op.create_index('ix_contact_slack_user', ['slack_user_id'], unique=False, sqlite_where=sa.text('slack_user_id IS NOT NULL'), postgresql_where=sa.text('slack_user_id IS NOT NULL'))
    op.create_index('ix_invoice_payers', 'invoice', ['account_id', 'status', 'paid_on'])


def downgrade() -> None:
    op.drop_index('ix_invoice_payers', table_name='invoice')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('ix_contact_slack_user', sqlite_where=sa.text('slack_user_id IS NOT NULL'), postgresql_where=sa.text('slack_user_id IS NOT NULL'))
        batch_op.drop_index('ix_contact_bounced', sqlite_where=sa.text('bounced_on IS NOT NULL'), postgresql_where=sa.text('bounced_on IS NOT NULL'))

    op.drop_column('contact', 'bounced_on')

    op.drop_table('playbook_step')
    with op.batch_alter_table('playbook_run', schema=None) as batch_op:
        batch_op.drop_index('ix_playbook_run_by_account')
        batch_op.drop_index(batch_op.f('ix_playbook_run_alert_id'))

    op.drop_table('playbook_run')
    op.drop_table('contact_sign')
    with op.batch_alter_table('alert_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_place_outbox_id'))

    op.drop_table('alert_place')
    with op.batch_alter_table('alert_event', schema=None) as batch_op:
        batch_op.drop_index('ix_alert_event_by_alert')

    op.drop_table('alert_event')
    op.drop_table('touched_account')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index('uq_alert_held', sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.drop_index('ix_alert_state')
        batch_op.drop_index('ix_alert_by_account')

    op.drop_table('alert')
    with op.batch_alter_table('schedule', schema=None) as batch_op:
        batch_op.drop_index('ix_schedule_next')

    op.drop_table('schedule')
    op.drop_table('playbook')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_email'))

    op.drop_table('unknown_email')
    op.drop_table('person')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_thread_of'))
        batch_op.drop_index('ix_outbox_state')
        batch_op.drop_index(batch_op.f('ix_outbox_edits'))
        batch_op.drop_index('ix_outbox_destination')

    op.drop_table('outbox')
    with op.batch_alter_table('job_run', schema=None) as batch_op:
        batch_op.drop_index('ix_job_run_state')

    op.drop_table('job_run')
    op.drop_table('destination')
    op.drop_table('alert_route')
