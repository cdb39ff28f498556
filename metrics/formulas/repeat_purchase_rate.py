"""Repeat purchase rate: the share of paying accounts that paid more than once in a year."""

from metrics import terms_value as terms
from metrics.arithmetic import ratio
from metrics.facts import ValueFacts
from metrics.types import Better, Figure, Metric, Unit, msg


def repeat_purchase_rate(facts: ValueFacts) -> Figure:
    """Accounts with two or more paid invoices over those with one or more. None where nobody paid any.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1))
    >>> repeat_purchase_rate(ValueFacts(october, payers=40, repeat_payers=30)).value
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
    facts=ValueFacts,
    measure=repeat_purchase_rate,
)
