"""Renewal rate: the customers that renewed, of those whose renewal was due."""

from metrics import terms_renewals as terms
from metrics.arithmetic import ratio
from metrics.facts import RenewalFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def renewal_rate(facts: RenewalFacts) -> Figure:
    """Renewed over due. None where no renewal was due.

    >>> renewal_rate(RenewalFacts("EUR", due=20, renewed=18)).value
    Fraction(9, 10)
    """
    return Figure(ratio(facts.renewed, facts.due), {"renewed": facts.renewed, "due": facts.due})


METRIC = Metric(
    id="renewal_rate",
    title=msg("Renewal rate"),
    definition=msg(
        "The share of customers whose renewal was due in the period that still paid at the end of the day it was due."
    ),
    formula=msg("{renewed} ÷ {due}"),
    terms={"renewed": terms.RENEWED, "due": terms.DUE},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg(
        "Our own choice: what counts is whether a customer still pays, not what it signed; whoever had left before the "
        "renewal was due is churn and no renewal."
    ),
    facts=RenewalFacts,
    measure=renewal_rate,
)
