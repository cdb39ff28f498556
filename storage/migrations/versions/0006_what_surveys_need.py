"""Surveys from asking to closing the loop: waves, who was asked and who not, answers of our own; alerts by subject."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import storage.columns

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('channel_member',
    sa.Column('channel_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.PrimaryKeyConstraint('channel_id', 'user_id', name=op.f('pk_channel_member')),
    sqlite_with_rowid=False
    )
    op.create_table('kept_facts',
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('start', storage.columns.Day(), nullable=False),
    sa.Column('until', storage.columns.Day(), nullable=False),
    sa.Column('asked', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('rests_on', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('mark', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('kind', 'start', 'until', 'asked', name=op.f('pk_kept_facts'))
    )
    op.create_table('respondent',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('team_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('zone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=320), nullable=True),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_respondent'))
    )
    op.create_table('saved_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_list')),
    sa.UniqueConstraint('name', name=op.f('uq_saved_list_name'))
    )
    op.create_table('survey_trigger',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('dials', sa.JSON(), nullable=False),
    sa.Column('segment', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('changed_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('looked_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('seen', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_trigger'))
    )
    op.create_table('survey_wording',
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('question', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'language', name=op.f('pk_survey_wording'))
    )
    op.create_table('verbatim_route',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
    sa.Column('lowest', sa.Integer(), nullable=True),
    sa.Column('highest', sa.Integer(), nullable=True),
    sa.Column('segment', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.CheckConstraint('length(channel_id) > 0', name=op.f('ck_verbatim_route_channel_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verbatim_route'))
    )
    op.create_table('survey_wave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('occurrence', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('series', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('thread', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('one_in', sa.Integer(), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('started_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('start_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ends_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('card_outbox_id', sa.Integer(), nullable=True),
    sa.Column('card_shown', sa.JSON(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("place IN ('direct', 'channel', 'thread')", name=op.f('ck_survey_wave_place')),
    sa.CheckConstraint("state IN ('waiting', 'running', 'over', 'withdrawn')", name=op.f('ck_survey_wave_state')),
    sa.CheckConstraint('one_in >= 1', name=op.f('ck_survey_wave_one_in')),
    sa.ForeignKeyConstraint(['card_outbox_id'], ['outbox.id'], name=op.f('fk_survey_wave_card_outbox_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_wave')),
    sa.UniqueConstraint('occurrence', name=op.f('uq_survey_wave_occurrence'))
    )
    with op.batch_alter_table('survey_wave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_wave_card_outbox_id'), ['card_outbox_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_wave_series'), ['series'], unique=False)

    op.create_table('anonymous_answer',
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('mark', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('choice', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=True),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(length=10000), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('segment', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
    sa.Column('void_reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True),
    sa.ForeignKeyConstraint(['wave_id'], ['survey_wave.id'], name=op.f('fk_anonymous_answer_wave_id')),
    sa.PrimaryKeyConstraint('wave_id', 'mark', name=op.f('pk_anonymous_answer')),
    sqlite_with_rowid=False
    )
    op.create_table('saved_contact',
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_saved_contact_contact_id')),
    sa.ForeignKeyConstraint(['list_id'], ['saved_list.id'], name=op.f('fk_saved_contact_list_id')),
    sa.PrimaryKeyConstraint('list_id', 'contact_id', name=op.f('pk_saved_contact'))
    )
    op.create_table('survey_ask',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('occasion', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
    sa.Column('destination', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=True),
    sa.Column('reminder_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('remind_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint("(state = 'skipped') = (token IS NULL)", name=op.f('ck_survey_ask_token')),
    sa.CheckConstraint("state IN ('skipped', 'queued', 'sent', 'answered', 'declined', 'expired', 'withdrawn', 'failed')", name=op.f('ck_survey_ask_state')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_survey_ask_account_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_survey_ask_contact_id')),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox.id'], name=op.f('fk_survey_ask_outbox_id')),
    sa.ForeignKeyConstraint(['reminder_id'], ['outbox.id'], name=op.f('fk_survey_ask_reminder_id')),
    sa.ForeignKeyConstraint(['wave_id'], ['survey_wave.id'], name=op.f('fk_survey_ask_wave_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_ask')),
    sa.UniqueConstraint('occasion', name=op.f('uq_survey_ask_occasion')),
    sa.UniqueConstraint('token', name=op.f('uq_survey_ask_token'))
    )
    with op.batch_alter_table('survey_ask', schema=None) as batch_op:
        batch_op.create_index('ix_survey_ask_account', ['account_id', 'kind', 'asked_at'], unique=False)
        batch_op.create_index('ix_survey_ask_asked', ['asked_at', 'state', 'account_id'], unique=False)
        batch_op.create_index('ix_survey_ask_contact', ['contact_id', 'kind', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_ask_outbox_id'), ['outbox_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_ask_reminder_id'), ['reminder_id'], unique=False)
        batch_op.create_index('ix_survey_ask_state', ['state', 'expires_at'], unique=False)
        batch_op.create_index('ix_survey_ask_wave', ['wave_id', 'state'], unique=False)

    op.create_table('survey_optout',
    sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('said_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_survey_optout_contact_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_survey_optout'))
    )
    with op.batch_alter_table('survey_optout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_optout_contact_id'), ['contact_id'], unique=False)

    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=50), server_default='', nullable=False))
        batch_op.drop_index('uq_alert_held', sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.create_index('uq_alert_held', ['account_id', 'rule_id', 'subject'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.create_index('ix_alert_news', ['state', 'changed_at'], unique=False, sqlite_where=sa.text('cleared_at IS NULL AND held IS 0'), postgresql_where=sa.text('cleared_at IS NULL AND held IS false'))

    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('given_user_id', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
    op.execute("UPDATE contact SET given_user_id = slack_user_id WHERE slack_user_id IS NOT NULL")

    op.drop_index('ix_campaign_account_id', table_name='campaign')
    op.create_index('ix_campaign_by_account', 'campaign', ['account_id', 'day', 'sent', 'opened'])

    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index('ix_invoice_failed', ['failed_on', 'status', 'paid_on', 'account_id'], unique=False, sqlite_where=sa.text('failed_on IS NOT NULL'), postgresql_where=sa.text('failed_on IS NOT NULL'))
        batch_op.create_index('ix_invoice_failing', ['due_on', 'failed_on', 'account_id'], unique=False, sqlite_where=sa.text("status = 'failed'"), postgresql_where=sa.text("status = 'failed'"))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('to_customer', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index('ix_outbox_state')
        batch_op.create_index('ix_outbox_due', ['state', 'to_customer', 'due_at'], unique=False)
        batch_op.create_index('ix_outbox_due_new', ['state', 'to_customer', 'due_at'], unique=False, sqlite_where=sa.text('edits IS NULL'), postgresql_where=sa.text('edits IS NULL'))
        batch_op.create_index('ix_outbox_due_edits', ['state', 'to_customer', 'due_at'], unique=False, sqlite_where=sa.text('edits IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL'))
        batch_op.create_index('ix_outbox_expires', ['state', 'expires_at'], unique=False, sqlite_where=sa.text('expires_at IS NOT NULL'), postgresql_where=sa.text('expires_at IS NOT NULL'))
        batch_op.create_index('ix_outbox_hanging', ['state', 'edits', 'thread_of'], unique=False, sqlite_where=sa.text('edits IS NOT NULL OR thread_of IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL OR thread_of IS NOT NULL'))

    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('choice', sqlmodel.sql.sqltypes.AutoString(length=50), nullable=True))
        batch_op.add_column(sa.Column('ask_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('responder', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
        batch_op.add_column(sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True))
        batch_op.add_column(sa.Column('voided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('voided_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
        batch_op.add_column(sa.Column('void_reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True))
        batch_op.alter_column('score',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.drop_constraint(batch_op.f('ck_survey_response_score'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_survey_response_score'), "(score IS NULL) <> (choice IS NULL)")
        batch_op.drop_index(batch_op.f('ix_survey_response_answers'))
        batch_op.create_index('ix_survey_response_answers', ['responded_at', 'kind', 'contact_id', 'score', 'account_id', 'voided_at'], unique=False)
        batch_op.create_index('ix_survey_response_ask', ['ask_id'], unique=False, sqlite_where=sa.text('ask_id IS NOT NULL'), postgresql_where=sa.text('ask_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_survey_response_ask_id'), 'survey_ask', ['ask_id'], ['id'])



def downgrade() -> None:
    op.execute("DELETE FROM survey_response WHERE score IS NULL OR kind NOT IN ('nps', 'csat', 'ces')")
    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_survey_response_score'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_survey_response_score'),
            "(kind = 'nps' AND score BETWEEN 0 AND 10) OR (kind IN ('csat', 'ces') AND score BETWEEN 1 AND 5)",
        )
        batch_op.drop_constraint(batch_op.f('fk_survey_response_ask_id'), type_='foreignkey')
        batch_op.drop_index('ix_survey_response_ask', sqlite_where=sa.text('ask_id IS NOT NULL'), postgresql_where=sa.text('ask_id IS NOT NULL'))
        batch_op.drop_index('ix_survey_response_answers')
        batch_op.create_index(batch_op.f('ix_survey_response_answers'), ['responded_at', 'kind', 'contact_id', 'score', 'account_id'], unique=False)
        batch_op.alter_column('score',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('void_reason')
        batch_op.drop_column('voided_by')
        batch_op.drop_column('voided_at')
        batch_op.drop_column('language')
        batch_op.drop_column('responder')
        batch_op.drop_column('ask_id')
        batch_op.drop_column('choice')

    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index('ix_invoice_failing', sqlite_where=sa.text("status = 'failed'"), postgresql_where=sa.text("status = 'failed'"))
        batch_op.drop_index('ix_invoice_failed', sqlite_where=sa.text('failed_on IS NOT NULL'), postgresql_where=sa.text('failed_on IS NOT NULL'))

    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_hanging', sqlite_where=sa.text('edits IS NOT NULL OR thread_of IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL OR thread_of IS NOT NULL'))
        batch_op.drop_index('ix_outbox_expires', sqlite_where=sa.text('expires_at IS NOT NULL'), postgresql_where=sa.text('expires_at IS NOT NULL'))
        batch_op.drop_index('ix_outbox_due_edits', sqlite_where=sa.text('edits IS NOT NULL'), postgresql_where=sa.text('edits IS NOT NULL'))
        batch_op.drop_index('ix_outbox_due_new', sqlite_where=sa.text('edits IS NULL'), postgresql_where=sa.text('edits IS NULL'))
        batch_op.drop_index('ix_outbox_due')
        batch_op.create_index('ix_outbox_state', ['state', 'due_at'], unique=False)
        batch_op.drop_column('to_customer')

    op.execute("UPDATE contact SET slack_user_id = given_user_id WHERE slack_user_id IS NOT NULL")
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_column('given_user_id')

    op.drop_index('ix_campaign_by_account', table_name='campaign')
    op.create_index('ix_campaign_account_id', 'campaign', ['account_id'])

    op.execute("DELETE FROM alert_place WHERE alert_id IN (SELECT id FROM alert WHERE subject <> '')")
    op.execute("DELETE FROM alert_event WHERE alert_id IN (SELECT id FROM alert WHERE subject <> '')")
    op.execute("UPDATE playbook_run SET alert_id = NULL WHERE alert_id IN (SELECT id FROM alert WHERE subject <> '')")
    op.execute("DELETE FROM alert WHERE subject <> ''")
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index('ix_alert_news', sqlite_where=sa.text('cleared_at IS NULL AND held IS 0'), postgresql_where=sa.text('cleared_at IS NULL AND held IS false'))
        batch_op.drop_index('uq_alert_held', sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.create_index(batch_op.f('uq_alert_held'), ['account_id', 'rule_id'], unique=True, sqlite_where=sa.text('cleared_at IS NULL'), postgresql_where=sa.text('cleared_at IS NULL'))
        batch_op.drop_column('subject')

    with op.batch_alter_table('survey_optout', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_optout_contact_id'))

    op.drop_table('survey_optout')
    with op.batch_alter_table('survey_ask', schema=None) as batch_op:
        batch_op.drop_index('ix_survey_ask_wave')
        batch_op.drop_index('ix_survey_ask_state')
        batch_op.drop_index(batch_op.f('ix_survey_ask_reminder_id'))
        batch_op.drop_index(batch_op.f('ix_survey_ask_outbox_id'))
        batch_op.drop_index('ix_survey_ask_contact')
        batch_op.drop_index('ix_survey_ask_asked')
        batch_op.drop_index('ix_survey_ask_account')

    op.drop_table('survey_ask')
    op.drop_table('saved_contact')
    op.drop_table('anonymous_answer')
    with op.batch_alter_table('survey_wave', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_wave_series'))
        batch_op.drop_index(batch_op.f('ix_survey_wave_card_outbox_id'))

    op.drop_table('survey_wave')
    op.drop_table('verbatim_route')
    op.drop_table('survey_wording')
    op.drop_table('survey_trigger')
    op.drop_table('saved_list')
    op.drop_table('respondent')
    op.drop_table('kept_facts')
    op.drop_table('channel_member')
