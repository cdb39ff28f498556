"""Service: escalations, and whether the account needs help more than it usually does."""

from metrics.account_facts import AccountFacts, ServiceFacts
from metrics.judging import Factor
from metrics.scales import FULL, scale, share
from metrics.types import Reading, Sentence, msg, plural

ESCALATED_OPEN = scale((0, 1000), (1, 400), (2, 150), (3, 0))
"""By escalated tickets that are still open."""

ESCALATED = scale((0, 1000), (1, 850), (3, 500), (6, 200))
"""By tickets escalated in 90 days, open or not."""

SURGE = scale((1000, 1000), (1500, 850), (2000, 600), (3000, 200), (4000, 0))
"""By tickets in 28 days, in thousandths of a usual 28 days."""

OPEN = scale((2, 1000), (5, 800), (10, 500), (20, 200))
"""By tickets open now."""

WINDOWS_BEFORE = 3
"""How many windows of 28 days the tickets before are from."""

EASE = 2
"""Tickets added to both sides of the comparison, so that one ticket after none is no surge."""


def service(facts: AccountFacts) -> Reading | None:
    """Open escalations × recent escalations × surge × open tickets, each from its scale; None without ticket data."""
    tickets = facts.service
    if tickets is None:
        return None
    usual = tickets.opened_before + WINDOWS_BEFORE * EASE
    surge = FULL * WINDOWS_BEFORE * (tickets.opened_28 + EASE) // usual
    escalations = share(tickets.escalated_open, ESCALATED_OPEN) * share(tickets.escalated_90, ESCALATED) // FULL
    load = share(surge, SURGE) * share(tickets.open_now, OPEN) // FULL
    return Reading(escalations * load // FULL, _fact, (tickets,))


def _fact(tickets: ServiceFacts) -> Sentence:
    if tickets.escalated_open and tickets.oldest_escalated_on is not None:
        return plural(
            "{count} escalated ticket is open, since {day}",
            "{count} escalated tickets are open, the oldest since {day}",
            tickets.escalated_open,
            day=tickets.oldest_escalated_on,
        )
    if tickets.escalated_90:
        return plural(
            "{count} ticket escalated in 90 days, {open} open now",
            "{count} tickets escalated in 90 days, {open} open now",
            tickets.escalated_90,
            open=tickets.open_now,
        )
    return plural(
        "{count} ticket in 28 days, {before} in the 84 days before, {open} open now",
        "{count} tickets in 28 days, {before} in the 84 days before, {open} open now",
        tickets.opened_28,
        before=tickets.opened_before,
        open=tickets.open_now,
    )


FACTOR = Factor(
    id="service",
    title=msg("Service"),
    points=10,
    explanation=msg(
        "Starts with all points. An open escalation leaves 40%, two leave 15%; one ticket escalated in 90 days "
        "leaves 85%; twice the usual number of tickets leaves 60%; 10 open tickets leave half. What applies is "
        "multiplied."
    ),
    read=service,
    feed="tickets",
)
