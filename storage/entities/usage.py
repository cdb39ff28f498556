"""usage: what was done in the product, by account, day, user and feature."""

from storage.entity import Entity, Field, Follow
from storage.kinds import day, measured, reference, text, whole
from storage.models.usage import Usage
from storage.product_use import follow as forget_sums
from storage.usage_days import COUNTED, follow

ENTITY = Entity(
    "usage",
    Usage,
    (
        Field("account_id", reference("accounts"), required=True, key=True, refers="accounts"),
        Field("day", day(), required=True, key=True),
        Field("user_id", text(255), column="user_key", key=True, default=""),
        Field("feature", text(255), key=True, default=""),
        Field("sessions", whole()),
        Field("events", whole()),
        Field("minutes", measured()),
    ),
    follow=(Follow(("day", "feature", *COUNTED), follow), Follow(("day",), forget_sums)),
    touches="account_id",
)
