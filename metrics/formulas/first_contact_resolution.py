"""First-contact resolution: the share of tickets that took the customer one contact."""

from metrics import terms_service as terms
from metrics.arithmetic import ratio
from metrics.facts import ServiceTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def first_contact_resolution(facts: ServiceTotals) -> Figure:
    """Tickets resolved with one contact over tickets resolved. None where nothing was resolved.

    >>> first_contact_resolution(ServiceTotals(known=True, resolved=40, resolved_at_first=28, contacts=60)).value
    Fraction(7, 10)
    """
    inputs = {"resolved_at_first": facts.resolved_at_first, "resolved": facts.resolved}
    return Figure(ratio(facts.resolved_at_first, facts.resolved), inputs)


METRIC = Metric(
    id="first_contact_resolution",
    title=msg("First-contact resolution"),
    definition=msg(
        "Tickets resolved in the period for which the customer had to get in touch once, as a share of the tickets "
        "resolved in the period whose number of contacts is known."
    ),
    formula=msg("{resolved_at_first} ÷ {resolved}"),
    terms={"resolved_at_first": terms.RESOLVED_AT_FIRST, "resolved": terms.RESOLVED},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice; a ticket belongs to the period in which it was resolved."),
    facts=ServiceTotals,
    measure=first_contact_resolution,
)
