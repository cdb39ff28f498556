"""Time to onboard: the days from the start of an onboarding to the activation, of the middle one."""

from fractions import Fraction
from statistics import median_high, median_low

from metrics import terms_product as terms
from metrics.facts import OnboardingTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def time_to_onboard(facts: OnboardingTotals) -> Figure:
    """The median of days; of an even count the exact mean of the two in the middle. None where nobody got there.

    >>> time_to_onboard(OnboardingTotals(days=(3, 8, 13, 90))).value
    Fraction(21, 2)
    """
    days = sorted(facts.days)
    if not days:
        return Figure(None, {"completed": 0, "shortest": 0, "longest": 0})
    median = Fraction(median_low(days) + median_high(days), 2)
    return Figure(median, {"completed": len(days), "shortest": days[0], "longest": days[-1]})


METRIC = Metric(
    id="time_to_onboard",
    title=msg("Time to onboard"),
    definition=msg(
        "Days from the start of the onboarding to the activation, of the accounts that were activated in the period:"
        " half of them took less, half of them more."
    ),
    formula=msg("median over {completed}, between {shortest} and {longest}"),
    terms={"completed": terms.ONBOARDINGS, "shortest": terms.SHORTEST, "longest": terms.LONGEST},
    unit=Unit.DAYS,
    better=Better.DOWN,
    source=msg("Common practice; the median, because one onboarding that drags on says nothing of the others."),
    facts=OnboardingTotals,
    measure=time_to_onboard,
)
