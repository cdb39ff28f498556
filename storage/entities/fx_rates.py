"""fx_rates: what a unit of a currency is worth in the company's currency."""

from storage.entity import Entity, Field
from storage.kinds import currency, day, decimal
from storage.models.fx_rate import FxRate

ENTITY = Entity(
    "fx_rates",
    FxRate,
    (
        Field("currency", currency(), required=True, key=True),
        Field("day", day(), required=True, key=True),
        Field("rate", decimal(positive=True), required=True),
    ),
)
