"""contacts: the people at the customers."""

from storage.entity import Entity, Field, Follow
from storage.kinds import boolean, choice, day, email, reference, text
from storage.models.contact import Contact
from storage.slack_ids import follow

ENTITY = Entity(
    "contacts",
    Contact,
    (
        Field("contact_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("name", text(255), required=True),
        Field("email", email()),
        Field("role", choice("champion", "decision_maker", "admin", "user", "billing")),
        Field("is_poc", boolean()),
        Field("slack_user_id", text(32), column="given_user_id"),
        Field("language", text(35)),
        Field("started_on", day()),
        Field("left_on", day(), beside="started_on"),
        Field("activated_on", day()),
        Field("bounced_on", day()),
    ),
    follow=(Follow(("account_id",), follow),),
    touches="account_id",
)
