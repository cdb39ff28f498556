"""Portfolio growth: what a book of accounts gained less what it lost, without new customers."""

from metrics import terms, terms_value
from metrics.facts import PortfolioFacts
from metrics.types import Better, Cause, Figure, Metric, Unit, msg


def portfolio_growth(facts: PortfolioFacts) -> Figure:
    """Expansion and reactivation less contraction and churn, by its parts, in minor units; 0 where nothing moved.

    Each amount is in one part only: a higher price on the renewal day is renewal uplift and no other expansion.

    >>> from datetime import date
    >>> from metrics.types import RevenueFacts
    >>> moved = {"expansion": 900, "contraction": 200, "churn": 300, "by_cause": {Cause.UPGRADE: 500}}
    >>> october = RevenueFacts("EUR", date(2026, 10, 1), date(2026, 11, 1), opening=10_000, **moved)
    >>> figure = portfolio_growth(PortfolioFacts(october, renewal_uplift=100))
    >>> figure.value, figure.inputs["expansions"]
    (400, 300)
    """
    revenue = facts.revenue
    upgrades, downgrades = revenue.by_cause.get(Cause.UPGRADE, 0), revenue.by_cause.get(Cause.DOWNGRADE, 0)
    inputs = {
        "expansions": revenue.expansion - upgrades - facts.renewal_uplift,
        "upgrades": upgrades,
        "renewals": facts.renewal_uplift,
        "reactivation": revenue.reactivation,
        "contractions": revenue.contraction - downgrades,
        "downgrades": downgrades,
        "churn": revenue.churn,
    }
    return Figure(revenue.expansion + revenue.reactivation - revenue.contraction - revenue.churn, inputs)


METRIC = Metric(
    id="portfolio_growth",
    title=msg("Portfolio growth"),
    definition=msg(
        "By how much a book of accounts grew by its own customers: expansion, upgrades, higher prices at renewal and "
        "customers won back, less contraction, downgrades and churn. MRR that was renewed unchanged is not added."
    ),
    formula=msg("{expansions} + {upgrades} + {renewals} + {reactivation} − {contractions} − {downgrades} − {churn}"),
    terms={
        "expansions": terms_value.EXPANSIONS,
        "upgrades": terms_value.UPGRADES,
        "renewals": terms_value.RENEWALS,
        "reactivation": terms.REACTIVATION,
        "contractions": terms_value.CONTRACTIONS,
        "downgrades": terms_value.DOWNGRADES,
        "churn": terms.CHURN,
    },
    unit=Unit.MONEY,
    better=Better.UP,
    source=msg("Absolute portfolio growth as customer success teams report it; an amount counts in one part only."),
    facts=PortfolioFacts,
    measure=portfolio_growth,
)
