"""Caps by the Slack user or channel that a question went to, whoever the data said it was then.

Who voided an anonymous answer, and when.
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_survey_ask_destination', 'survey_ask', ['destination', 'kind', 'asked_at'], unique=False)
    # No batches: on SQLite they would make the table anew, with an order of arrival.
    op.add_column('anonymous_answer', sa.Column('voided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column('anonymous_answer', sa.Column('voided_by', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column('anonymous_answer', 'voided_by')
    op.drop_column('anonymous_answer', 'voided_at')
    op.drop_index('ix_survey_ask_destination', 'survey_ask')
