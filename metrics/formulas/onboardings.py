"""Onboardings: how many accounts completed their onboarding in the period."""

from metrics import terms_product as terms
from metrics.facts import OnboardingTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def onboardings(facts: OnboardingTotals) -> Figure:
    """Accounts activated in the period, of those whose start is known. None where nothing is known of onboardings.

    >>> onboardings(OnboardingTotals(days=(12, 30, 41), known=True)).value
    3
    """
    completed = len(facts.days)
    return Figure(completed if facts.known else None, {"completed": completed})


METRIC = Metric(
    id="onboardings",
    title=msg("Onboardings completed"),
    definition=msg("Accounts that reached their activation in the period and whose onboarding has a known start."),
    formula=msg("{completed}"),
    terms={"completed": terms.ONBOARDINGS},
    unit=Unit.COUNT,
    better=Better.UP,
    source=msg("Our own choice: an onboarding ends with the activation, not with a date in a plan."),
    facts=OnboardingTotals,
    measure=onboardings,
)
