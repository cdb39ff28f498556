"""Escalation: a ticket was escalated and is still open."""

from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural

URGENT_DAYS = 7
URGENT_TICKETS = 2


def check(facts: RiskFacts) -> Finding | None:
    """A warning for an escalated ticket that is open; urgent once it is 7 days old or when there are two.

    None without tickets, or when no escalation is open.
    """
    tickets = facts.account.service
    if tickets is None or tickets.escalated_open == 0:
        return None
    since = tickets.oldest_escalated_on
    open_days = 0 if since is None else (facts.account.as_of - since).days
    urgent = open_days >= URGENT_DAYS or tickets.escalated_open >= URGENT_TICKETS
    why = plural(
        "{count} escalated ticket is open; escalated in 90 days: {recent}",
        "{count} escalated tickets are open; escalated in 90 days: {recent}",
        tickets.escalated_open,
        recent=tickets.escalated_90,
    )
    return Finding(Severity.URGENT if urgent else Severity.WARNING, why, since)


RULE = Rule(
    id="escalation",
    title=msg("An escalation is open"),
    advice=msg("Agree on an owner and a date with support, and tell the customer both yourself."),
    check=check,
)
