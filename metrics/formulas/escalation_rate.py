"""Escalation rate: the share of tickets that were escalated."""

from metrics import terms_service as terms
from metrics.arithmetic import ratio
from metrics.facts import ServiceTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def escalation_rate(facts: ServiceTotals) -> Figure:
    """Tickets escalated over tickets opened. None where none was opened.

    >>> escalation_rate(ServiceTotals(known=True, opened=80, escalated=4)).value
    Fraction(1, 20)
    """
    return Figure(ratio(facts.escalated, facts.opened), {"escalated": facts.escalated, "opened": facts.opened})


METRIC = Metric(
    id="escalation_rate",
    title=msg("Escalation rate"),
    definition=msg("Tickets opened in the period that were escalated, as a share of the tickets opened in the period."),
    formula=msg("{escalated} ÷ {opened}"),
    terms={"escalated": terms.ESCALATED, "opened": terms.OPENED},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice; a ticket that is escalated later counts in the period in which it was opened."),
    facts=ServiceTotals,
    measure=escalation_rate,
)
