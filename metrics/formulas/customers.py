"""Customers: accounts with MRR at the end of the period."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def customers(facts: RevenueFacts) -> Figure:
    """How many accounts have MRR at closing."""
    inputs = {
        "customers_opening": facts.customers_opening,
        "won": facts.customers_won,
        "lost": facts.customers_lost,
    }
    return Figure(facts.customers_closing, inputs)


METRIC = Metric(
    id="customers",
    title=msg("Customers"),
    definition=msg("Accounts with an MRR over zero at the end of the last day of the period."),
    formula=msg("{customers_opening} + {won} − {lost}"),
    terms={"customers_opening": terms.CUSTOMERS_OPENING, "won": terms.CUSTOMERS_WON, "lost": terms.CUSTOMERS_LOST},
    unit=Unit.COUNT,
    better=Better.UP,
    source=msg("Our own choice: an account is a customer on every day on which it has MRR."),
    facts=RevenueFacts,
    measure=customers,
)
