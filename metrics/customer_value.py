"""What a customer is worth and costs: the parts that the figures about value have in common."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from metrics.arithmetic import ratio
from metrics.facts import ValueFacts
from metrics.types import RevenueFacts

LONGEST_LIFETIME: Final = 60
"""Months that customers are taken to stay where nobody left in a year: nothing tells how much longer."""


def mean_customers(revenue: RevenueFacts) -> Fraction:
    """The mean of customers at opening and at closing."""
    return Fraction(revenue.customers_opening + revenue.customers_closing, 2)


def lifetime(churn: Sequence[tuple[int, int]]) -> Fraction:
    """How many months a customer stays: 1 ÷ the mean of the months' churn, LONGEST_LIFETIME where nobody left.

    `churn` has customers at opening and customers lost of each month; a month without customers says nothing.

    >>> lifetime([(100, 2), (98, 0)]), lifetime([(100, 0)])
    (Fraction(100, 1), Fraction(60, 1))
    """
    months = [Fraction(lost, opening) for opening, lost in churn if opening]
    lost = sum(months, Fraction(0))
    return len(months) / lost if lost else Fraction(LONGEST_LIFETIME)


def lifetime_value(facts: ValueFacts) -> Fraction | None:
    """ARPA × gross margin × lifetime, in minor units. None where there are no customers at closing."""
    arpa = ratio(facts.revenue.closing, facts.revenue.customers_closing)
    return None if arpa is None else arpa * facts.gross_margin * lifetime(facts.churn)


def cost_per_customer(facts: ValueFacts) -> Fraction | None:
    """Costs of the period over its mean customers, in minor units. None where either is unknown or nobody is there."""
    return None if facts.costs is None else ratio(facts.costs, mean_customers(facts.revenue))
