"""MRR: what the book pays a month at the end of the period."""

from metrics import terms
from metrics.types import Better, Figure, Metric, RevenueFacts, Unit, msg


def closing_mrr(facts: RevenueFacts) -> Figure:
    """The MRR at the end of the last day: the opening MRR and all that moved it since.

    >>> from datetime import date
    >>> facts = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=10_000, new=2_000, churn=500)
    >>> closing_mrr(facts).value
    11500
    """
    inputs = {
        "opening": facts.opening,
        "new": facts.new,
        "expansion": facts.expansion,
        "reactivation": facts.reactivation,
        "contraction": facts.contraction,
        "churn": facts.churn,
    }
    return Figure(facts.closing, inputs)


METRIC = Metric(
    id="mrr",
    title=msg("MRR"),
    definition=msg(
        "The monthly recurring revenue at the end of the last day of the period, without trials, free plans, "
        "one-off amounts and tax."
    ),
    formula=msg("{opening} + {new} + {expansion} + {reactivation} − {contraction} − {churn}"),
    terms={
        "opening": terms.OPENING,
        "new": terms.NEW,
        "expansion": terms.EXPANSION,
        "reactivation": terms.REACTIVATION,
        "contraction": terms.CONTRACTION,
        "churn": terms.CHURN,
    },
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Our own choice: the movements always add up to the change of MRR, to the cent."),
    facts=RevenueFacts,
    measure=closing_mrr,
)
