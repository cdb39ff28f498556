"""Whatever the day and the seed, the figures are those of a business that could be."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import Engine

from bot.playground.company.files import SEED
from metrics.factors import all_factors
from metrics.formulas import all_metrics
from metrics.health import score
from metrics.periods import Period, month_of
from metrics.types import Band, RevenueFacts
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.revenue import monthly_revenue
from storage.session import reading
from tests.bot.playground.company.conftest import COMPANY, Import
from tests.bot.playground.company.days import CLOCKS_FORWARD, LAST_OF_YEAR, LEAP_DAY, ORDINARY

pytestmark = pytest.mark.slow

COMPANIES = [(ORDINARY, SEED), (LEAP_DAY, SEED), (LAST_OF_YEAR, 1), (CLOCKS_FORWARD, 2)]


@pytest.fixture(params=COMPANIES, ids=str)
def company(request: pytest.FixtureRequest, imported: Import) -> tuple[date, Engine]:
    """The company's day, and the store with its rows."""
    day, seed = request.param
    return day, imported(day, seed).engine


@pytest.fixture
def today(company: tuple[date, Engine]) -> date:
    return company[0]


@pytest.fixture
def store(company: tuple[date, Engine]) -> Engine:
    return company[1]


def two_years(engine: Engine, today: date) -> list[RevenueFacts]:
    """The last 24 full months, oldest first."""
    months: list[Period] = [month_of(today).previous()]
    while len(months) < 24:
        months.append(months[-1].previous())
    with reading(engine) as db:
        rates = rates_on(db, today, home="USD")
        return list(monthly_revenue(db, list(reversed(months)), rates=rates))


def figure(metric: str, facts: RevenueFacts) -> float:
    value = all_metrics()[metric].measure(facts).value
    assert value is not None
    return float(value)


def test_it_grew_to_some_sixty_customers(store: Engine, today: date) -> None:
    months = two_years(store, today)
    assert 12 <= figure("customers", months[0]) <= 30
    assert 52 <= figure("customers", months[-1]) <= 68


def test_it_loses_a_few_customers_a_month_with_one_bad_spell(store: Engine, today: date) -> None:
    churn = [figure("logo_churn", month) for month in two_years(store, today)[-18:]]
    assert 0.01 < sum(churn) / len(churn) < 0.03
    assert sum(rate > 0.05 for rate in churn) <= 2
    assert 0.03 < max(churn) < 0.10


def test_revenue_grew_with_a_dip(store: Engine, today: date) -> None:
    closing = [month.closing for month in two_years(store, today)]
    assert closing[-1] > 2 * closing[0]
    assert closing[-1] > closing[-13]
    assert any(after < before for before, after in pairwise(closing))
    assert all(after > before * 0.85 for before, after in pairwise(closing))


def test_most_are_well_some_are_not_and_a_few_are_in_trouble(store: Engine, today: date) -> None:
    with reading(store) as db:
        rates = rates_on(db, today, home="USD")
        facts = list(account_facts(db, as_of=today, zone=COMPANY.zone, rates=rates))
    bands = Counter(score(one, all_factors(), COMPANY.health).band for one in facts)
    assert bands[Band.GOOD] > len(facts) / 2
    assert bands[Band.AVERAGE] >= 5
    assert 2 <= bands[Band.POOR] <= 9
    assert None not in bands
