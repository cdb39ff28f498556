"""Repeat purchase rate: the share of paying accounts that paid more than once in a year."""

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.facts import PayerFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def repeat_purchase_rate(facts: PayerFacts) -> Figure:
    """Accounts with two or more paid invoices over those with one or more. None where nobody paid any.

    >>> repeat_purchase_rate(PayerFacts(payers=40, repeat_payers=30)).value
    Fraction(3, 4)
    """
    inputs = {"repeat_payers": facts.repeat_payers, "payers": facts.payers}
    return Figure(ratio(facts.repeat_payers, facts.payers), inputs)


METRIC = Metric(
    id="repeat_purchase_rate",
    title=msg("Repeat purchase rate"),
    definition=msg(
        "Of the accounts that paid an invoice in the 365 days that end with the period, the share that paid at least "
        "two."
    ),
    formula=msg("{repeat_payers} ÷ {payers}"),
    terms={"repeat_payers": terms.REPEAT_PAYERS, "payers": terms.PAYERS},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice in retail; the window of 365 days is our own choice."),
    facts=PayerFacts,
    measure=repeat_purchase_rate,
)
