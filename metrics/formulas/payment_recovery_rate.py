"""Payment recovery rate: how many of the payments that failed were collected after all."""

from metrics import terms_payments as terms
from metrics.arithmetic import ratio
from metrics.facts import PaymentFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def payment_recovery_rate(facts: PaymentFacts) -> Figure:
    """Those collected by the end of the period over all that failed in it. None where none failed.

    >>> payment_recovery_rate(PaymentFacts(failed=12, recovered=9)).value
    Fraction(3, 4)
    """
    inputs = {"recovered": facts.recovered, "failed": facts.failed}
    return Figure(ratio(facts.recovered, facts.failed), inputs)


METRIC = Metric(
    id="payment_recovery_rate",
    title=msg("Payment recovery rate"),
    definition=msg(
        "Of the invoices whose payment failed in the period, the share that was paid by its end. An invoice that was "
        "voided is not counted; one that failed in the last days may still be paid."
    ),
    formula=msg("{recovered} ÷ {failed}"),
    terms={"recovered": terms.RECOVERED, "failed": terms.FAILED},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice in dunning; invoices, not amounts, so that one large invoice does not decide it."),
    facts=PaymentFacts,
    measure=payment_recovery_rate,
)
