"""Escalation: a ticket was escalated and is still open."""

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A warning for an escalated ticket that is open; urgent once it is old or when there are several.

    None without tickets, or when no escalation is open.
    """
    tickets = facts.account.service
    if tickets is None or tickets.escalated_open == 0:
        return None
    since = tickets.oldest_escalated_on
    open_days = 0 if since is None else (facts.account.as_of - since).days
    urgent = open_days >= dials["urgent_days"] or tickets.escalated_open >= dials["urgent_tickets"]
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
    dials={
        "urgent_days": Dial(msg("Urgent once it has been open for"), 7, DialUnit.DAYS, 0, 365),
        "urgent_tickets": Dial(msg("Urgent from so many open escalations on"), 2, DialUnit.COUNT, 1, 100),
    },
    feeds=("tickets",),
)
