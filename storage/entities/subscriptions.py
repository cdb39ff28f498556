"""subscriptions: what the customers pay, a row for each stretch of unchanged price, plan and quantity."""

from metrics.types import EndReason, Interval
from storage.entity import Entity, Field, Follow
from storage.kinds import amount, choice, currency, day, day_until, reference, text, whole
from storage.ledger import follow
from storage.models.subscription import Subscription

ENTITY = Entity(
    "subscriptions",
    Subscription,
    (
        Field("subscription_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("product", text(255), required=True),
        Field("plan", text(255), required=True),
        Field("quantity", whole(), default=1),
        Field("amount", amount(), required=True, beside="currency"),
        Field("currency", currency(), required=True),
        Field("interval", choice(*Interval), required=True),
        Field("interval_count", whole(at_least=1), default=1),
        Field("started_on", day(), required=True, key=True),
        Field("ended_on", day(), beside="started_on"),
        Field("end_reason", choice(*EndReason)),
        Field("end_detail", text(1000)),
        Field("cancelled_on", day_until(), beside="ended_on"),
    ),
    follow=(Follow(("subscription_id", "account_id"), follow),),
    touches="account_id",
)
