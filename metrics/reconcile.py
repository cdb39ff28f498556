"""One period's churn under several definitions: what well-known billing and analytics tools would say, and why.

The tools' definitions are those that they publish. All are applied to the same period and the same book; a tool that
looks at the last 30 days by itself is asked about the period instead, so that only definitions differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from metrics.arithmetic import ratio
from metrics.facts import BookDay, ChurnFacts, Reconciliation
from metrics.types import Money, Value, msg


class Basis(StrEnum):
    """By which rules a definition counts who is a customer; see metrics.facts.Reconciliation."""

    OURS = "ours"
    SERVICE = "service"
    NOTICE = "notice"
    PAID_UP = "paid_up"


BASES: Mapping[Basis, str] = {
    Basis.SERVICE: msg("Customers until their subscription ends, paid or not: {lost} of {opening} lost."),
    Basis.NOTICE: msg("Customers until the day of notice: {lost} of {opening} lost."),
    Basis.PAID_UP: msg("Customers unless unpaid for over 30 days: {lost} of {opening} lost."),
}
"""msgids: how many are lost by a basis that is not ours."""


def facts_by(basis: Basis, found: Reconciliation) -> ChurnFacts:
    """The facts that a definition of this basis is about; where nobody's notice is known, it is the end that counts."""
    match basis:
        case Basis.OURS:
            return found.ours
        case Basis.SERVICE:
            return found.by_service
        case Basis.NOTICE:
            return found.by_notice or found.by_service
        case Basis.PAID_UP:
            return found.paid_up


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to say how much was lost."""

    id: str
    who: str
    """Whose definition it is."""
    says: str
    """A msgid: what it counts."""
    differs: str
    """A msgid: what explains the difference from ours; may use the placeholders that `counts` gives. "": nothing."""
    rate: Callable[[ChurnFacts], Fraction | None]
    counts: Callable[[ChurnFacts], Mapping[str, Value]]
    basis: Basis = Basis.SERVICE
    if_notices: bool = False
    """Only told where somebody's notice is known."""


def told(definitions: Iterable[Definition], found: Reconciliation) -> list[Definition]:
    """Those that there is something to tell of."""
    return [one for one in definitions if found.by_notice is not None or not one.if_notices]


def lost_customers(facts: ChurnFacts) -> Mapping[str, Value]:
    """What a basis tells of customers."""
    return {"lost": facts.customers_lost, "opening": facts.customers_opening}


def lost_mrr(facts: ChurnFacts) -> Mapping[str, Value]:
    """What a basis tells of MRR, reactivation counted against what was lost."""
    lost = facts.churn + facts.contraction - facts.expansion - facts.reactivation
    return {"lost": Money(lost, facts.currency), "opening": Money(facts.opening, facts.currency)}


def _logo(facts: ChurnFacts) -> Fraction | None:
    return ratio(facts.customers_lost, facts.customers_opening)


def _more(facts: ChurnFacts) -> Mapping[str, Value]:
    return {"more": facts.churns - facts.customers_lost}


def _none(_: ChurnFacts) -> Mapping[str, Value]:
    return {}


def _added_up(shares: Iterable[Fraction]) -> Fraction | None:
    """The days' shares together; None where no day has one."""
    found = list(shares)
    return sum(found, Fraction(0)) if found else None


def _daily_logo(facts: ChurnFacts) -> Fraction | None:
    return _added_up(Fraction(day.churned, day.customers) for day in facts.days if day.customers)


def _daily_net(facts: ChurnFacts) -> Fraction | None:
    return _added_up(Fraction(day.lost, day.mrr) for day in facts.days if day.mrr)


def _mornings(facts: ChurnFacts, stood: Callable[[BookDay], int]) -> tuple[int, int]:
    """The least and the most that any morning began with."""
    mornings = [stood(day) for day in facts.days]
    return min(mornings, default=0), max(mornings, default=0)


def _customers_of_mornings(facts: ChurnFacts) -> Mapping[str, Value]:
    least, most = _mornings(facts, lambda day: day.customers)
    return {"churns": facts.churns, "least": least, "most": most}


def _mrr_of_mornings(facts: ChurnFacts) -> Mapping[str, Value]:
    least, most = _mornings(facts, lambda day: day.mrr)
    return {"least": Money(least, facts.currency), "most": Money(most, facts.currency)}


LOGO: tuple[Definition, ...] = (
    Definition(
        "latido",
        "Latido",
        msg("Customers at opening that are none at closing ÷ customers at opening."),
        "",
        _logo,
        _none,
        Basis.OURS,
    ),
    Definition(
        "chartmogul",
        "ChartMogul",
        msg("Every churn in the period ÷ customers at opening."),
        msg("It also counts {more} churns of accounts that came after opening, or came back."),
        lambda facts: ratio(facts.churns, facts.customers_opening),
        _more,
    ),
    Definition(
        "chartmogul_daily",
        msg("ChartMogul, daily formula (B2C)"),
        msg("For each day the churns ÷ that morning's customers, and all days added up."),
        msg("All {churns} churns count, each as a share of {least} to {most} customers, not of those at opening."),
        _daily_logo,
        _customers_of_mornings,
    ),
    Definition(
        "stripe",
        "Stripe",
        msg("Every churn in the period ÷ (customers at opening + those who came)."),
        msg("It also counts {more} churns of accounts that came after opening, and divides by {arrivals} more."),
        lambda facts: ratio(facts.churns, facts.customers_opening + facts.arrivals),
        lambda facts: {**_more(facts), "arrivals": facts.arrivals},
        Basis.NOTICE,
    ),
    Definition(
        "profitwell",
        "Paddle (ProfitWell)",
        msg("As ours; accounts that came and left within the period are left out of everything."),
        "",
        _logo,
        _none,
    ),
    Definition(
        "notice",
        msg("Tools that count the day of notice"),
        msg("As ours, but who gave notice is lost that day and not when the subscription ends."),
        "",
        _logo,
        _none,
        Basis.NOTICE,
        if_notices=True,
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
        msg("As ours, but a customer with an invoice unpaid for over 30 days counts as lost until it is paid."),
        "",
        _logo,
        _none,
        Basis.PAID_UP,
    ),
)
"""For the share of customers lost; ours first."""


def _net(facts: ChurnFacts, *, reactivation: bool, between: bool = True) -> Fraction | None:
    lost = facts.churn + facts.contraction - facts.expansion
    if reactivation:
        lost -= facts.reactivation
    return ratio(lost if between else lost - facts.came_and_left_mrr, facts.opening)


def _net_of_all(facts: ChurnFacts) -> Fraction | None:
    return _net(facts, reactivation=True)


NET: tuple[Definition, ...] = (
    Definition(
        "latido",
        "Latido",
        msg("(Churn + contraction − expansion − reactivation) ÷ MRR at opening."),
        "",
        _net_of_all,
        _none,
        Basis.OURS,
    ),
    Definition("chartmogul", "ChartMogul", msg("The same."), "", _net_of_all, _none),
    Definition(
        "chartmogul_daily",
        msg("ChartMogul, daily formula (B2C)"),
        msg("For each day 1 − (MRR that evening − new MRR) ÷ MRR that morning, and all days added up."),
        msg("Each day's loss is a share of {least} to {most}, the MRR of that morning, not of the MRR at opening."),
        _daily_net,
        _mrr_of_mornings,
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
    Definition(
        "notice",
        msg("Tools that count the day of notice"),
        msg("As ours, but the MRR of who gave notice is lost that day and not when the subscription ends."),
        "",
        _net_of_all,
        _none,
        Basis.NOTICE,
        if_notices=True,
    ),
)
"""For net MRR churn; ours first."""
