"""CLV : CRC: what a customer brings for each unit of money that a year of keeping it costs."""

from fractions import Fraction

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.customer_value import cost_per_customer, lifetime_value
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def value_to_cost(facts: ValueFacts) -> Figure:
    """CLV over CRC per customer and year. None where either has no answer, or nothing was spent.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> dates = (date(2026, 10, 1), date(2026, 11, 1))
    >>> october = RevenueFacts("EUR", *dates, opening=100_000, customers_opening=10, customers_closing=10)
    >>> value_to_cost(ValueFacts(october, churn=((50, 1),), costs=10_000)).value  # 500 000 over 12 × 1 000
    Fraction(125, 3)
    """
    value, cost = lifetime_value(facts), cost_per_customer(facts)
    inputs = {"clv": value or 0, "crc_per_customer": cost or 0, "months": facts.months}
    return Figure(_over_a_year(value, cost, facts.months), inputs)


def _over_a_year(value: Fraction | None, cost: Fraction | None, months: Fraction) -> Fraction | None:
    if value is None or cost is None or not months:
        return None
    return ratio(value, cost * 12 / months)


METRIC = Metric(
    id="clv_to_crc",
    title=msg("CLV : CRC"),
    definition=msg(
        "How often what a customer brings in its lifetime covers what a year of keeping it costs, if every month costs "
        "what those of the period did."
    ),
    formula=msg("{clv} ÷ ({crc_per_customer} × 12 ÷ {months})"),
    terms={
        "clv": terms.VALUE_OF_A_CUSTOMER,
        "crc_per_customer": terms.COST_OF_A_CUSTOMER,
        "months": terms.MONTHS,
    },
    unit=Unit.MEAN,
    better=Better.UP,
    source=msg("Our own choice: both sides are those of one customer, so that the size of the company cancels out."),
    facts=ValueFacts,
    measure=value_to_cost,
)
