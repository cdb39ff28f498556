"""/latido payments [period] [segment|csm]: payments that fail, the MRR at stake, what was recovered."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.payment_lists import failing_accounts, open_failures, recovered, recovered_accounts

TOPIC = Topic(
    command="payments",
    title=msg("Payments"),
    headline="involuntary_mrr_churn",
    rows=(("payment_recovery_rate", "payment_recovery_days"), ("mrr_churn",), ("arpu", "repeat_purchase_rate")),
    picture=Picture(metrics=("involuntary_mrr_churn", "mrr_churn")),
    nothing=msg(
        "No subscriptions and no invoices yet. Import them with "
        "`latido import subscriptions.csv invoices.csv accounts.csv`, or a folder with them."
    ),
    accounts=(
        Accounts("failing", msg("Accounts with failing payments"), failing_accounts),
        Accounts("recovered", msg("Accounts that paid after all"), recovered_accounts),
    ),
    breakdowns=(open_failures, recovered),
    entities=("subscriptions", "invoices"),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="payments",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Payments that fail: what is open, the MRR at stake, and what was recovered"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "this month", "last month", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
