"""One period's churn under several definitions: what well-known billing and analytics tools would say, and why.

The tools' definitions are those that they publish. All are applied to the same period and the same book; a tool that
looks at the last 30 days by itself is asked about the period instead, so that only definitions differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from metrics.arithmetic import ratio
from metrics.facts import ChurnFacts
from metrics.types import msg


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to say how much was lost."""

    id: str
    who: str
    """Whose definition it is."""
    says: str
    """A msgid: what it counts."""
    differs: str
    """A msgid: what explains the difference from ours; may use the placeholders that `counts` gives."""
    rate: Callable[[ChurnFacts], Fraction | None]
    counts: Callable[[ChurnFacts], Mapping[str, int]]


def _ours(facts: ChurnFacts) -> Fraction | None:
    return ratio(facts.revenue.customers_lost, facts.revenue.customers_opening)


def _none(_: ChurnFacts) -> Mapping[str, int]:
    return {}


LOGO: tuple[Definition, ...] = (
    Definition(
        "latido",
        "Latido",
        msg("Customers at opening that are none at closing ÷ customers at opening."),
        "",
        _ours,
        _none,
    ),
    Definition(
        "chartmogul",
        "ChartMogul",
        msg("Every churn in the period ÷ customers at opening."),
        msg("It also counts {more} churns of accounts that came after opening, or came back."),
        lambda facts: ratio(facts.churns, facts.revenue.customers_opening),
        lambda facts: {"more": facts.churns - facts.revenue.customers_lost},
    ),
    Definition(
        "stripe",
        "Stripe",
        msg("Every churn in the period ÷ (customers at opening + those who came)."),
        msg("It also counts {more} churns of accounts that came after opening, and divides by {arrivals} more."),
        lambda facts: ratio(facts.churns, facts.revenue.customers_opening + facts.arrivals),
        lambda facts: {"more": facts.churns - facts.revenue.customers_lost, "arrivals": facts.arrivals},
    ),
    Definition(
        "profitwell",
        "Paddle (ProfitWell)",
        msg("As ours; accounts that came and left within the period are left out of everything."),
        msg("The same: {between} accounts came and left within the period, and neither counts them as lost."),
        _ours,
        lambda facts: {"between": facts.came_and_left},
    ),
    Definition(
        "subscriptions",
        msg("Tools that count subscriptions"),
        msg("Subscriptions that ended ÷ subscriptions at opening."),
        msg("The unit is the subscription: {ended} of {subscriptions} ended, also of customers that stayed."),
        lambda facts: ratio(facts.subscriptions_ended, facts.subscriptions),
        lambda facts: {"ended": facts.subscriptions_ended, "subscriptions": facts.subscriptions},
    ),
    Definition(
        "unpaid",
        msg("Tools that end unpaid customers"),
        msg("As ours, but a customer whose payment is past due counts as lost."),
        msg("It also counts {more} customers that still have a subscription but have not paid."),
        lambda facts: ratio(facts.revenue.customers_lost + facts.past_due, facts.revenue.customers_opening),
        lambda facts: {"more": facts.past_due},
    ),
)
"""For the share of customers lost; ours first."""


def _net(facts: ChurnFacts, *, reactivation: bool, between: bool = True) -> Fraction | None:
    revenue = facts.revenue
    lost = revenue.churn + revenue.contraction - revenue.expansion
    if reactivation:
        lost -= revenue.reactivation
    return ratio(lost if between else lost - facts.came_and_left_mrr, revenue.opening)


NET: tuple[Definition, ...] = (
    Definition(
        "latido",
        "Latido",
        msg("(Churn + contraction − expansion − reactivation) ÷ MRR at opening."),
        "",
        lambda facts: _net(facts, reactivation=True),
        _none,
    ),
    Definition(
        "chartmogul",
        "ChartMogul",
        msg("The same."),
        "",
        lambda facts: _net(facts, reactivation=True),
        _none,
    ),
    Definition(
        "without_reactivation",
        msg("Tools that call a return new business"),
        msg("(Churn + contraction − expansion) ÷ MRR at opening."),
        msg("Customers who came back make up for nothing."),
        lambda facts: _net(facts, reactivation=False),
        _none,
    ),
    Definition(
        "profitwell",
        "Paddle (ProfitWell)",
        msg("As ours, without the accounts that came and left within the period."),
        msg("It leaves {between} accounts out of new and of churn."),
        lambda facts: _net(facts, reactivation=True, between=False),
        lambda facts: {"between": facts.came_and_left},
    ),
)
"""For net MRR churn; ours first."""
