"""ARPU: what a customer paid in the period, on average."""

from metrics import terms, terms_value
from metrics.arithmetic import ratio
from metrics.customer_value import mean_customers
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def average_revenue_paid(facts: ValueFacts) -> Figure:
    """Revenue paid over mean customers, in exact minor units. None where no invoices are known, or no customers.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), customers_opening=9, customers_closing=11)
    >>> average_revenue_paid(ValueFacts(october, paid=500_00)).value
    Fraction(5000, 1)
    """
    revenue = facts.revenue
    inputs = {
        "paid": facts.paid or 0,
        "customers_opening": revenue.customers_opening,
        "customers_closing": revenue.customers_closing,
    }
    return Figure(None if facts.paid is None else ratio(facts.paid, mean_customers(revenue)), inputs)


METRIC = Metric(
    id="arpu",
    title=msg("ARPU"),
    definition=msg(
        "What was really paid in the period for each customer, one-off charges included: paid invoices by the day they "
        "were paid, over the mean of customers at opening and at closing."
    ),
    formula=msg("{paid} ÷ (({customers_opening} + {customers_closing}) ÷ 2)"),
    terms={
        "paid": terms_value.PAID,
        "customers_opening": terms.CUSTOMERS_OPENING,
        "customers_closing": terms.CUSTOMERS_CLOSING,
    },
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg(
        "Common practice; our own choice is to count revenue as it is paid, because ARPA tells what is agreed already."
    ),
    facts=ValueFacts,
    measure=average_revenue_paid,
)
