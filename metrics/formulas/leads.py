"""Leads: how many were created in the period."""

from metrics import terms_pipeline as terms
from metrics.facts import PipelineTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def leads(facts: PipelineTotals) -> Figure:
    """How many leads were created.

    >>> leads(PipelineTotals(leads=120, mql=50, sql=20, converted=6)).value
    120
    """
    return Figure(facts.leads, {"leads": facts.leads})


METRIC = Metric(
    id="leads",
    title=msg("Leads"),
    definition=msg("Leads created in the period. A lead has no account, and so no segment or CSM, until it converts."),
    formula=msg("{leads}"),
    terms={"leads": terms.LEADS},
    unit=Unit.COUNT,
    better=Better.UP,
    source=msg("Common practice."),
    facts=PipelineTotals,
    measure=leads,
)
