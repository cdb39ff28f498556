"""Contacts per resolution: how often customers have to get in touch until a ticket is resolved."""

from metrics import terms_service as terms
from metrics.arithmetic import ratio
from metrics.facts import ServiceTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def contacts_per_resolution(facts: ServiceTotals) -> Figure:
    """The customers' contacts over the tickets resolved. None where nothing was resolved.

    >>> contacts_per_resolution(ServiceTotals(known=True, resolved=40, resolved_at_first=28, contacts=60)).value
    Fraction(3, 2)
    """
    inputs = {"contacts": facts.contacts, "resolved": facts.resolved}
    return Figure(ratio(facts.contacts, facts.resolved), inputs)


METRIC = Metric(
    id="contacts_per_resolution",
    title=msg("Contacts per resolution"),
    definition=msg(
        "How often customers had to get in touch, on average, until a ticket was resolved: over the tickets resolved "
        "in the period whose number of contacts is known."
    ),
    formula=msg("{contacts} ÷ {resolved}"),
    terms={"contacts": terms.CONTACTS, "resolved": terms.RESOLVED},
    unit=Unit.MEAN,
    better=Better.DOWN,
    source=msg("Common practice; a ticket belongs to the period in which it was resolved."),
    facts=ServiceTotals,
    measure=contacts_per_resolution,
)
