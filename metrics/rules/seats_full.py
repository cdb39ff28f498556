"""Seats full: nearly all the seats that an account pays for are in use."""

from datetime import timedelta

from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import Sentence, msg

WINDOW_DAYS = 28

FULL_PERCENT = 90
LEAST_SEATS = 3
"""Fewer seats are always full or half empty: that says nothing."""


def check(facts: RiskFacts) -> Finding | None:
    """A notice from 90 % of the seats on, a warning once more people use it than there are seats.

    None where nobody is named in the usage data, where the seats are not known, and for fewer than three of them.
    """
    account = facts.account
    usage, seats = account.usage, account.seats_purchased
    if usage is None or seats is None or seats < LEAST_SEATS or not _is_full(usage.users_28, seats):
        return None
    windows = 2 if _is_full(usage.users_before, seats) else 1
    why = Sentence(
        "{users} people used it in 28 days, {seats} seats are paid for", {"users": usage.users_28, "seats": seats}
    )
    severity = Severity.WARNING if usage.users_28 > seats else Severity.NOTICE
    return Finding(severity, why, account.as_of - timedelta(days=windows * WINDOW_DAYS - 1))


def _is_full(users: int, seats: int) -> bool:
    return 100 * users >= FULL_PERCENT * seats


RULE = Rule(
    id="seats_full",
    title=msg("Seats nearly full"),
    advice=msg("Offer more seats, or a plan with room to grow, before somebody is turned away."),
    check=check,
    signal=Signal.EXPANSION,
)
