"""Activation rate: of the users that started in the period, the share that got to the activation."""

from metrics import terms_product as terms
from metrics.arithmetic import ratio
from metrics.facts import OnboardingTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def activation_rate(facts: OnboardingTotals) -> Figure:
    """Users activated over users that started. None where nobody started.

    >>> activation_rate(OnboardingTotals(users_started=8, users_activated=6)).value
    Fraction(3, 4)
    """
    inputs = {"users_activated": facts.users_activated, "users_started": facts.users_started}
    return Figure(ratio(facts.users_activated, facts.users_started), inputs)


METRIC = Metric(
    id="activation_rate",
    title=msg("Activation rate"),
    definition=msg("Of the users that started in the period, the share that reached the activation event by its end."),
    formula=msg("{users_activated} ÷ {users_started}"),
    terms={"users_activated": terms.USERS_ACTIVATED, "users_started": terms.USERS_STARTED},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice; our own choice is to look at those who started, not at everybody who is there."),
    facts=OnboardingTotals,
    measure=activation_rate,
)
