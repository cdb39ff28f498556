"""CLV: what a customer brings over the whole time that it is expected to stay."""

from fractions import Fraction

from metrics import terms, terms_value
from metrics.customer_value import lifetime, lifetime_value
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def customer_lifetime_value(facts: ValueFacts) -> Figure:
    """ARPA × gross margin × lifetime, in exact minor units. None where there are no customers.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=100_000, customers_closing=10)
    >>> customer_lifetime_value(ValueFacts(october, churn=((50, 1),), gross_margin=Fraction(4, 5))).value
    Fraction(400000, 1)
    """
    inputs: dict[str, int | Fraction] = {
        "closing": facts.revenue.closing,
        "customers_closing": facts.revenue.customers_closing,
        "gross_margin": facts.gross_margin,
        "lifetime": lifetime(facts.churn),
    }
    return Figure(lifetime_value(facts), inputs)


METRIC = Metric(
    id="clv",
    title=msg("CLV"),
    definition=msg(
        "Customer lifetime value: the gross profit that an average customer brings until it leaves. The expected "
        "lifetime is 1 ÷ the mean monthly logo churn of the last twelve full months; where nobody left in all of them, "
        "it is capped at 60 months."
    ),
    formula=msg("{closing} ÷ {customers_closing} × {gross_margin} × {lifetime}"),
    terms={
        "closing": terms.CLOSING,
        "customers_closing": terms.CUSTOMERS_CLOSING,
        "gross_margin": terms_value.GROSS_MARGIN,
        "lifetime": terms_value.LIFETIME,
    },
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg(
        "Common practice; the cap of 60 months is our own choice: a year without losses is no proof of eternity."
    ),
    facts=ValueFacts,
    measure=customer_lifetime_value,
)
