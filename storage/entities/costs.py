"""costs: what keeping customers cost."""

from storage.entity import Entity, Field
from storage.kinds import amount, currency, day, reference, text
from storage.models.cost import Cost

ENTITY = Entity(
    "costs",
    Cost,
    (
        Field("cost_id", text(255), column="key", required=True, key=True),
        Field("day", day(), required=True),
        Field("category", text(100), required=True),
        Field("amount", amount(negative=True), required=True, beside="currency"),
        Field("currency", currency(), required=True),
        Field("account_id", reference("accounts"), refers="accounts"),
    ),
)
