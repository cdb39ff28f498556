"""MRR churn: the MRR of cancellations alone, as a share of opening MRR."""

from metrics import terms
from metrics.arithmetic import ratio
from metrics.bands import grade_churn
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def mrr_churn(facts: RevenueFacts) -> Figure:
    """Churn over opening MRR. None where the book was empty at opening.

    >>> from datetime import date
    >>> facts = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=10_000, churn=400)
    >>> mrr_churn(facts).value
    Fraction(1, 25)
    """
    inputs = {"churn": facts.churn, "opening": facts.opening}
    return Figure(ratio(facts.churn, facts.opening), inputs)


METRIC = Metric(
    id="mrr_churn",
    title=msg("MRR churn"),
    definition=msg("Churned MRR as a share of MRR at opening: cancellations only, without contraction."),
    formula=msg("{churn} ÷ {opening}"),
    terms={"churn": terms.CHURN, "opening": terms.OPENING},
    unit=Unit.RATIO,
    better=Better.DOWN,
    source=msg("Common practice among subscription businesses."),
    facts=RevenueFacts,
    measure=mrr_churn,
    grade=grade_churn,
)
