"""Tickets per account: how many tickets a customer opens on average."""

from metrics import terms_service as terms
from metrics.arithmetic import ratio
from metrics.facts import ServiceTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def tickets_per_account(facts: ServiceTotals) -> Figure:
    """Tickets opened over the mean number of customers. None where nobody's tickets are known, or without customers.

    >>> from fractions import Fraction
    >>> tickets_per_account(ServiceTotals(known=True, opened=80, customers=Fraction(101, 2))).value
    Fraction(160, 101)
    """
    value = ratio(facts.opened, facts.customers) if facts.known else None
    return Figure(value, {"opened": facts.opened, "customers": facts.customers})


METRIC = Metric(
    id="tickets_per_account",
    title=msg("Tickets per account"),
    definition=msg("Tickets opened in the period, divided by the mean of customers at opening and at closing."),
    formula=msg("{opened} ÷ {customers}"),
    terms={"opened": terms.OPENED, "customers": terms.CUSTOMERS},
    unit=Unit.MEAN,
    better=Better.DOWN,
    source=msg(
        "Common practice; the mean of opening and closing is fairer where the number of customers changes fast."
    ),
    facts=ServiceTotals,
    measure=tickets_per_account,
)
