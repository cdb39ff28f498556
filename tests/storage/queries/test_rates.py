"""Exchange rates as they were known on a day."""

from datetime import date
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from storage.queries.rates import rates_on
from storage.session import Session
from tests.storage.queries.rows import add


def test_the_last_rate_on_or_before_the_day_counts_exactly(db: Session) -> None:
    for day, rate in ((1, "1.05"), (10, "1.0837"), (20, "1.2")):
        add(db, "fx_rate", currency="EUR", day=date(2026, 10, day), rate=rate)
    add(db, "fx_rate", currency="GBP", day=date(2026, 10, 15), rate="1.3")
    rates = rates_on(db, date(2026, 10, 14), home="USD")
    assert (rates.home, rates.day, rates.rates) == ("USD", date(2026, 10, 14), {"EUR": Fraction("1.0837")})
    assert rates.to_home(10_000, "EUR") == 10_837
    with pytest.raises(MissingRate, match="GBP"):
        rates.to_home(1, "GBP")
    assert rates_on(db, date(2026, 10, 20), home="EUR").rates == {"GBP": Fraction("1.3")}
