"""accounts: the customers."""

from storage.countries import country_code
from storage.entity import Derived, Entity, Field, Follow
from storage.folding import fold
from storage.kinds import amount, choice, currency, day, email, text, whole
from storage.models.account import Account
from storage.renewals import follow
from storage.rollup import follow_accounts

ENTITY = Entity(
    "accounts",
    Account,
    (
        Field("account_id", text(255), column="key", required=True, key=True),
        Field("name", text(255), required=True),
        Field("domain", text(255)),
        Field("segment", text(100)),
        Field("csm_email", email()),
        Field("currency", currency()),
        Field("created_on", day()),
        Field("lifecycle_stage", choice("onboarding", "adoption", "value", "renewal", "churned")),
        Field("industry", text(100)),
        Field("country", text(100)),
        Field("language", text(35)),
        Field("seats_purchased", whole()),
        Field("potential_mrr", amount(), beside="currency"),
        Field("renewal_on", day()),
        Field("onboarding_started_on", day()),
        Field("activated_on", day()),
        Field("slack_channel_id", text(32)),
    ),
    derived=(
        Derived("folded_name", "name", lambda name: fold(name)[:255]),
        Derived("country_code", "country", country_code),
    ),
    follow=(
        Follow(("account_id", "renewal_on"), follow),
        Follow(("account_id", "segment", "csm_email"), follow_accounts),
    ),
    touches="account_id",
)
