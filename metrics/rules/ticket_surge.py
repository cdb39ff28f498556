"""Ticket surge: the account needs help far more often than it usually does."""

from datetime import timedelta

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural

WINDOW_DAYS = 28
WINDOWS_BEFORE = 3
HISTORY_DAYS = WINDOW_DAYS * (1 + WINDOWS_BEFORE)


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Tickets of 28 days against a usual 28 days: several times as many are a notice, still more a warning.

    None without tickets, for few of them (they are no surge, whatever is usual), and where there is nothing to compare
    with: an account younger than 112 days, or one without a ticket in the 84 days before.
    """
    account = facts.account
    tickets = account.service
    if tickets is None or tickets.opened_28 < dials["least_tickets"] or tickets.opened_before == 0:
        return None
    if account.created_on is not None and (account.as_of - account.created_on).days < HISTORY_DAYS:
        return None
    in_all = WINDOWS_BEFORE * tickets.opened_28
    if in_all <= dials["notice_times"] * tickets.opened_before:
        return None
    why = plural(
        "{count} ticket in 28 days, {before} in the 84 days before",
        "{count} tickets in 28 days, {before} in the 84 days before",
        tickets.opened_28,
        before=tickets.opened_before,
    )
    warning = in_all > dials["warning_times"] * tickets.opened_before
    since = account.as_of - timedelta(days=WINDOW_DAYS - 1)
    return Finding(Severity.WARNING if warning else Severity.NOTICE, why, since)


RULE = Rule(
    id="ticket_surge",
    title=msg("More tickets than usual"),
    advice=msg("Read the latest tickets, look for one cause behind them and offer a working session on it."),
    check=check,
    dials={
        "least_tickets": Dial(msg("Least tickets in 28 days"), 5, DialUnit.COUNT, 1, 10000),
        "notice_times": Dial(msg("More than so many times the usual"), 2, DialUnit.TIMES, 1, 100),
        "warning_times": Dial(msg("A warning above so many times the usual"), 3, DialUnit.TIMES, 1, 100),
    },
    feeds=("tickets",),
)
