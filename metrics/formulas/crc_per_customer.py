"""CRC per customer: what keeping one customer cost in the period, on average."""

from metrics import terms, terms_value
from metrics.customer_value import cost_per_customer
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def retention_cost_per_customer(facts: ValueFacts) -> Figure:
    """Costs over mean customers, in exact minor units. None where no costs are known, or no customers.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), customers_opening=9, customers_closing=11)
    >>> retention_cost_per_customer(ValueFacts(october, costs=12_000)).value
    Fraction(1200, 1)
    """
    inputs = {
        "costs": facts.costs or 0,
        "customers_opening": facts.revenue.customers_opening,
        "customers_closing": facts.revenue.customers_closing,
    }
    return Figure(cost_per_customer(facts), inputs)


METRIC = Metric(
    id="crc_per_customer",
    title=msg("CRC per customer"),
    definition=msg(
        "What the company spent in the period on keeping one customer: its retention costs over the mean of customers "
        "at opening and at closing."
    ),
    formula=msg("{costs} ÷ (({customers_opening} + {customers_closing}) ÷ 2)"),
    terms={
        "costs": terms_value.COSTS,
        "customers_opening": terms.CUSTOMERS_OPENING,
        "customers_closing": terms.CUSTOMERS_CLOSING,
    },
    unit=Unit.MONEY,
    better=Better.DOWN,
    source=msg("Common practice in customer success; the mean of the two ends keeps growth from flattering it."),
    facts=ValueFacts,
    measure=retention_cost_per_customer,
)
