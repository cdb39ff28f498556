"""Lead conversion: the share of leads that became customers."""

from metrics import terms_pipeline as terms
from metrics.arithmetic import ratio
from metrics.facts import PipelineTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def lead_conversion(facts: PipelineTotals) -> Figure:
    """Leads converted over leads. None where none was created.

    >>> lead_conversion(PipelineTotals(leads=120, mql=50, sql=20, converted=6)).value
    Fraction(1, 20)
    """
    return Figure(ratio(facts.converted, facts.leads), {"converted": facts.converted, "leads": facts.leads})


METRIC = Metric(
    id="lead_conversion",
    title=msg("Lead conversion"),
    definition=msg("Of the leads created in the period, the share that has become a customer by now."),
    formula=msg("{converted} ÷ {leads}"),
    terms={"converted": terms.CONVERTED, "leads": terms.LEADS},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: leads are followed from the period in which they were created, so that a young cohort still "
        "rises."
    ),
    facts=PipelineTotals,
    measure=lead_conversion,
)
