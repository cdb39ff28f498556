"""Days to recover a payment: how long it took to collect those that had failed, of the middle one."""

from fractions import Fraction
from statistics import median_high, median_low

from metrics import terms_payments as terms
from metrics.facts import PaymentFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def payment_recovery_days(facts: PaymentFacts) -> Figure:
    """The median of days; of an even count the exact mean of the two in the middle. None where none was collected.

    >>> payment_recovery_days(PaymentFacts(days=(1, 4, 9, 30))).value
    Fraction(13, 2)
    """
    days = sorted(facts.days)
    if not days:
        return Figure(None, {"collected": 0, "shortest": 0, "longest": 0})
    median = Fraction(median_low(days) + median_high(days), 2)
    return Figure(median, {"collected": len(days), "shortest": days[0], "longest": days[-1]})


METRIC = Metric(
    id="payment_recovery_days",
    title=msg("Days to recover a payment"),
    definition=msg(
        "Days from the first failure to the payment, of the invoices that were paid in the period after they had "
        "failed, whenever that was: half of them took less, half of them more."
    ),
    formula=msg("median over {collected}, between {shortest} and {longest}"),
    terms={"collected": terms.COLLECTED, "shortest": terms.SHORTEST, "longest": terms.LONGEST},
    unit=Unit.DAYS,
    better=Better.DOWN,
    source=msg("Common practice in dunning; the median, because one debt that drags on says nothing of the others."),
    facts=PaymentFacts,
    measure=payment_recovery_days,
)
