"""leads: who may become a customer."""

from storage.entity import Entity, Field
from storage.kinds import day, reference, text
from storage.models.lead import Lead

ENTITY = Entity(
    "leads",
    Lead,
    (
        Field("lead_id", text(255), column="key", required=True, key=True),
        Field("created_on", day(), required=True),
        Field("source", text(255)),
        Field("content", text(255)),
        Field("mql_on", day()),
        Field("sql_on", day()),
        Field("converted_on", day()),
        Field("account_id", reference("accounts"), refers="accounts"),
    ),
)
