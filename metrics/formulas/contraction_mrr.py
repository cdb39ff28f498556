"""Contraction MRR: what customers pay less than before."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def contraction_mrr(facts: RevenueFacts) -> Figure:
    """The sum of all falls of customers that stayed ones, as a positive amount."""
    return Figure(facts.contraction, {"contraction": facts.contraction})


METRIC = Metric(
    id="contraction_mrr",
    title=msg("Contraction MRR"),
    definition=msg("The MRR that customers took away while they stayed customers, as a positive amount."),
    formula=msg("{contraction}"),
    terms={"contraction": terms.CONTRACTION},
    unit=Unit.MONEY,
    better=Better.DOWN,
    source=msg(
        "Our own choice: what happens to an account on one day is netted into one movement, so that a quarter"
        " is exactly the sum of its months."
    ),
    facts=RevenueFacts,
    measure=contraction_mrr,
)
