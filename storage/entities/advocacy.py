"""advocacy: what customers did for us in public."""

from storage.entity import Entity, Field
from storage.kinds import choice, day, reference, text
from storage.models.advocacy import Advocacy

ENTITY = Entity(
    "advocacy",
    Advocacy,
    (
        Field("advocacy_id", text(255), column="key", required=True, key=True),
        Field("account_id", reference("accounts"), required=True, refers="accounts"),
        Field("kind", choice("referral", "review", "case_study", "reference", "talk"), required=True),
        Field("day", day(), required=True),
        Field("note", text(10000)),
    ),
)
