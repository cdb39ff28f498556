"""What became of an alert, as its quality is counted from it."""

from datetime import timedelta
from typing import NamedTuple

from metrics.types import Money


class AlertLife(NamedTuple):
    """One alert that fired."""

    rule_id: str
    mrr: Money
    """At stake."""
    held: bool
    """It waited for the digest."""
    taken_after: timedelta | None
    """How long it took until somebody took it; None: nobody did."""
    outcome: str | None
    """saved, lost or not_a_risk as whoever closed it says; None: it was not closed."""
    useful: int
    useless: int
    """Of how many people the last word was that it was useful, or not."""
