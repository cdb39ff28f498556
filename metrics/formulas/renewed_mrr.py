"""Renewed MRR: what of the MRR due for renewal is still paid."""

from metrics import terms_renewals as terms
from metrics.facts import RenewalFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def renewed_mrr(facts: RenewalFacts) -> Figure:
    """Minor units: what was due, without what was lost or reduced that day. None where no renewal was due.

    >>> renewed_mrr(RenewalFacts("EUR", due=2, renewed=1, due_mrr=30_000, renewed_mrr=20_000)).value
    20000
    """
    inputs = {"due": facts.due_mrr, "not_renewed": facts.due_mrr - facts.renewed_mrr}
    return Figure(facts.renewed_mrr if facts.due else None, inputs)


METRIC = Metric(
    id="renewed_mrr",
    title=msg("Renewed MRR"),
    definition=msg(
        "The MRR that customers paid on the day before their renewal was due and still paid at the end of that day, "
        "growth left out."
    ),
    formula=msg("{due} − {not_renewed}"),
    terms={"due": terms.DUE_MRR, "not_renewed": terms.NOT_RENEWED},
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Our own choice: a higher price at renewal is shown as uplift and does not hide what was lost."),
    facts=RenewalFacts,
    measure=renewed_mrr,
)
