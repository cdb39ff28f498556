"""Seats full: nearly all the seats that an account pays for are in use."""

from datetime import timedelta

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import Sentence, msg

WINDOW_DAYS = 28


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A notice once nearly all seats are in use, a warning once more people use it than there are seats.

    None where nobody is named in the usage data, where the seats are not known, and for few of them: those are always
    full or half empty, which says nothing.
    """
    account = facts.account
    usage, seats = account.usage, account.seats_purchased
    if usage is None or seats is None or seats < dials["least_seats"]:
        return None
    most = dials["full_percent"] * seats
    if 100 * usage.users_28 < most:
        return None
    windows = 2 if 100 * usage.users_before >= most else 1
    why = Sentence(
        "{users} people used it in 28 days, {seats} seats are paid for", {"users": usage.users_28, "seats": seats}
    )
    severity = Severity.WARNING if usage.users_28 > seats else Severity.NOTICE
    return Finding(severity, why, account.as_of - timedelta(days=windows * WINDOW_DAYS - 1))


RULE = Rule(
    id="seats_full",
    title=msg("Seats nearly full"),
    advice=msg("Offer more seats, or a plan with room to grow, before somebody is turned away."),
    check=check,
    dials={
        "full_percent": Dial(msg("Nearly full from so many of the seats on"), 90, DialUnit.PERCENT, 1, 100),
        "least_seats": Dial(msg("Least seats paid for"), 3, DialUnit.COUNT, 1, 10000),
    },
    signal=Signal.EXPANSION,
    feeds=("usage",),
)
