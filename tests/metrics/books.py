"""Revenue facts for examples: one October in which everything happened, and a book in which nothing did."""

from dataclasses import replace
from datetime import date
from typing import Any

from metrics.types import Cause, RevenueFacts

START, END = date(2026, 10, 1), date(2026, 11, 1)

EMPTY = RevenueFacts("EUR", START, END)

OCTOBER = RevenueFacts(
    currency="EUR",
    start=START,
    end=END,
    opening=100_000,
    new=8_000,
    reactivation=2_000,
    expansion=6_000,
    contraction=3_000,
    churn=5_000,
    by_cause={
        Cause.CROSS_SELL: 1_500,
        Cause.SEATS: 4_500,
        Cause.DOWNGRADE: 3_000,
        Cause.VOLUNTARY: 4_000,
        Cause.PAYMENT_FAILURE: 1_000,
    },
    retained=98_000,
    kept=92_000,
    customers_opening=100,
    customers_closing=104,
    customers_lost=4,
    customers_won=8,
    lost_by_cause={Cause.VOLUNTARY: 3, Cause.PAYMENT_FAILURE: 1},
)
"""Closing MRR is 108 000 minor units."""


def october(**changes: Any) -> RevenueFacts:
    """That October with other values."""
    return replace(OCTOBER, **changes)
