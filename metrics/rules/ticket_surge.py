"""Ticket surge: the account needs help far more often than it usually does."""

from datetime import timedelta

from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural

WINDOW_DAYS = 28
WINDOWS_BEFORE = 3
HISTORY_DAYS = WINDOW_DAYS * (1 + WINDOWS_BEFORE)

MIN_TICKETS = 5
"""Fewer tickets in 28 days are no surge, whatever is usual."""

NOTICE_TIMES = 2
WARNING_TIMES = 3


def check(facts: RiskFacts) -> Finding | None:
    """Tickets of 28 days against a usual 28 days: more than twice as many a notice, more than three times a warning.

    None without tickets, for few of them, and where there is nothing to compare with: an account younger than 112 days,
    or one without a ticket in the 84 days before.
    """
    account = facts.account
    tickets = account.service
    if tickets is None or tickets.opened_28 < MIN_TICKETS or tickets.opened_before == 0:
        return None
    if account.created_on is not None and (account.as_of - account.created_on).days < HISTORY_DAYS:
        return None
    in_all = WINDOWS_BEFORE * tickets.opened_28
    if in_all <= NOTICE_TIMES * tickets.opened_before:
        return None
    why = plural(
        "{count} ticket in 28 days, {before} in the 84 days before",
        "{count} tickets in 28 days, {before} in the 84 days before",
        tickets.opened_28,
        before=tickets.opened_before,
    )
    warning = in_all > WARNING_TIMES * tickets.opened_before
    since = account.as_of - timedelta(days=WINDOW_DAYS - 1)
    return Finding(Severity.WARNING if warning else Severity.NOTICE, why, since)


RULE = Rule(
    id="ticket_surge",
    title=msg("More tickets than usual"),
    advice=msg("Read the latest tickets, look for one cause behind them and offer a working session on it."),
    check=check,
)
