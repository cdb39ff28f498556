"""Portfolio growth counts every amount in one part only."""

from metrics.facts import PortfolioFacts
from metrics.formulas.portfolio_growth import portfolio_growth
from metrics.types import Cause
from tests.metrics.books import EMPTY, OCTOBER, october

BOOK = october(by_cause={Cause.UPGRADE: 2_500, Cause.PRICE: 1_500, Cause.SEATS: 2_000, Cause.DOWNGRADE: 1_000})


def test_it_is_what_the_books_own_customers_added_less_what_they_took_away():
    assert portfolio_growth(PortfolioFacts(OCTOBER)).value == 6_000 + 2_000 - 3_000 - 5_000


def test_each_part_is_shown():
    assert portfolio_growth(PortfolioFacts(BOOK, renewal_uplift=600)).inputs == {
        "expansions": 6_000 - 2_500 - 600,
        "upgrades": 2_500,
        "renewals": 600,
        "reactivation": 2_000,
        "contractions": 3_000 - 1_000,
        "downgrades": 1_000,
        "churn": 5_000,
    }


def test_the_parts_add_up_whatever_renewals_brought():
    for uplift in (0, 600, 1_500):
        parts = dict(portfolio_growth(PortfolioFacts(BOOK, renewal_uplift=uplift)).inputs)
        lost = parts.pop("contractions") + parts.pop("downgrades") + parts.pop("churn")
        assert sum(parts.values()) - lost == 0


def test_new_customers_and_unchanged_renewals_are_not_added():
    facts = PortfolioFacts(october(new=90_000), renewed_unchanged=50_000)
    assert portfolio_growth(facts).value == portfolio_growth(PortfolioFacts(OCTOBER)).value


def test_a_book_in_which_nothing_moved_did_not_grow():
    assert portfolio_growth(PortfolioFacts(EMPTY)).value == 0
