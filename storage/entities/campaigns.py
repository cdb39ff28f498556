"""campaigns: what mailings did on a day, for an account or for all."""

from storage.entity import Entity, Field
from storage.kinds import day, reference, text, whole
from storage.models.campaign import Campaign

ENTITY = Entity(
    "campaigns",
    Campaign,
    (
        Field("campaign_id", text(255), column="key", required=True, key=True),
        Field("day", day(), required=True, key=True),
        Field("account_id", reference("accounts"), key=True, refers="accounts"),
        Field("name", text(255)),
        Field("kind", text(50)),
        Field("sent", whole()),
        Field("opened", whole()),
        Field("clicked", whole()),
    ),
    touches="account_id",
    dated="day",
)
