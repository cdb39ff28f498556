"""Payment failed: an invoice could not be collected and is not paid yet."""

from metrics.account_facts import AccountFacts, MoneyFacts
from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A warning for a failed payment that is open; urgent once it is old or there are several.

    Most subscriptions are cut off two or three weeks after the failure.

    None without invoices, or when nothing is open.
    """
    money = facts.account.money
    if money is None or money.failed_open == 0:
        return None
    open_days = 0 if money.failed_on is None else (facts.account.as_of - money.failed_on).days
    urgent = open_days >= dials["urgent_days"] or money.failed_open >= dials["urgent_failures"]
    return Finding(Severity.URGENT if urgent else Severity.WARNING, _why(money), money.failed_on)


def _why(money: MoneyFacts) -> Sentence:
    if money.failed_amount is None or money.failed_on is None:
        return plural(
            "{count} failed payment is open; invoices in a year: {invoices}",
            "{count} failed payments are open; invoices in a year: {invoices}",
            money.failed_open,
            invoices=money.invoices_365,
        )
    return plural(
        "{count} payment of {amount} failed on {day} and is still open; invoices in a year: {invoices}",
        "{count} payments failed and are still open, {amount} since {day}; invoices in a year: {invoices}",
        money.failed_open,
        day=money.failed_on,
        amount=money.failed_amount,
        invoices=money.invoices_365,
    )


def recovered(facts: AccountFacts) -> Sentence | None:
    """When what had failed was paid; None while something is open, or where nothing was paid in 14 days."""
    money = facts.money
    if money is None or money.failed_open or money.recovered_on is None:
        return None
    return Sentence("paid on {day}", {"day": money.recovered_on})


RULE = Rule(
    id="payment_failed",
    title=msg("A payment failed"),
    advice=msg("Ask the billing contact for another way to pay before access is cut off."),
    check=check,
    recovered=recovered,
    dials={
        "urgent_days": Dial(msg("Urgent once it has been open for"), 14, DialUnit.DAYS, 0, 365),
        "urgent_failures": Dial(msg("Urgent from so many failed payments on"), 2, DialUnit.COUNT, 1, 100),
    },
    feeds=("invoices",),
)
