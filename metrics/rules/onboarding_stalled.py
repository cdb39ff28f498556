"""Onboarding stalled: the account began its onboarding and has not got to the activation for too long."""

from metrics.account_facts import AccountFacts
from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import msg, plural

ONBOARDING = "onboarding"
"""The lifecycle stage in which an onboarding is still expected to finish."""


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Not activated after the usual days is a warning, after several times as many urgent.

    None where the account is activated, where nobody noted when it began, and where its stage says that it is past it.
    """
    account = facts.account
    if account.onboarding_started_on is None or _is_over(account):
        return None
    days = (account.as_of - account.onboarding_started_on).days
    if days < dials["days"]:
        return None
    why = plural(
        "Onboarding began {count} day ago, on {day}, and is not finished; {usual} days is usual",
        "Onboarding began {count} days ago, on {day}, and is not finished; {usual} days is usual",
        days,
        day=account.onboarding_started_on,
        usual=dials["days"],
    )
    severity = Severity.URGENT if days >= dials["urgent_times"] * dials["days"] else Severity.WARNING
    return Finding(severity, why, account.onboarding_started_on)


def _is_over(account: AccountFacts) -> bool:
    """Whether the account is activated on the day of its facts, or its stage says that it is past onboarding."""
    if account.activated_on is not None and account.activated_on <= account.as_of:
        return True
    return account.lifecycle_stage is not None and account.lifecycle_stage.casefold() != ONBOARDING


RULE = Rule(
    id="onboarding_stalled",
    title=msg("Onboarding has stalled"),
    advice=msg("Ask what holds them up and set one date for the next step, with somebody on your side who owns it."),
    check=check,
    dials={
        "days": Dial(msg("An onboarding is stalled after"), 30, DialUnit.DAYS, 1, 730),
        "urgent_times": Dial(msg("Urgent after so many times as long"), 2, DialUnit.TIMES, 1, 10),
    },
)
