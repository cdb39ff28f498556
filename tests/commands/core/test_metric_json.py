"""What programs read is exact, and has one shape."""

from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from commands.core.metric_json import Behind, Filters, as_json, decimal, exact
from commands.core.metric_values import By, Group, Measured
from metrics.formulas import all_metrics
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import DataCoverage, Figure, Unit
from storage.queries.totals import Scope

DAY = date(2026, 10, 31)
SCOPE = Scope(month_of(DAY), home_only("JPY", DAY), ZoneInfo("Asia/Tokyo"))
BEHIND = Behind(DataCoverage(3, 2, DAY, None), {"subscriptions": None})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(0), "0.000000000000"),
        (Fraction(10**18), f"{10**18}.000000000000"),
        (Fraction(5, 10**13), "0.000000000000"),
        (Fraction(15, 10**13), "0.000000000002"),
        (Fraction(-4, 10**13), "0.000000000000"),
        (Fraction(2 * 10**12 - 1, 10**12), "1.999999999999"),
    ],
)
def test_a_fraction_has_twelve_digits_a_half_to_the_even_one(value: Fraction, text: str) -> None:
    assert decimal(value) == text


def test_money_is_whole_minor_units_and_a_mean_of_it_the_nearest() -> None:
    assert exact(1234, Unit.MONEY, "JPY") == {"minor": 1234, "currency": "JPY"}
    assert exact(Fraction(25, 10), Unit.MONEY, "JPY") == {"minor": 2, "currency": "JPY"}
    assert exact(Fraction(-35, 10), Unit.MONEY, "JPY") == {"minor": -4, "currency": "JPY"}


def test_counts_are_numbers_and_no_answer_is_null() -> None:
    assert exact(7, Unit.COUNT, "JPY") == 7
    assert [exact(None, unit, "JPY") for unit in Unit] == [None] * len(Unit)


def test_a_figure_without_an_answer_says_on_what_that_rests() -> None:
    measured = Measured(all_metrics()["nrr"], Figure(None, {"retained": 0, "opening": 0}))
    assert as_json(measured, Group(None, SCOPE, ()), None, Filters(segment="smb"), BEHIND) == {
        "metric": "nrr",
        "period": {"start": "2026-10-01", "end": "2026-11-01"},
        "filters": {"segment": "smb", "csm": None, "plan": None, "account": None},
        "value": None,
        "unit": "ratio",
        "inputs": {"retained": {"minor": 0, "currency": "JPY"}, "opening": {"minor": 0, "currency": "JPY"}},
        "as_of": "2026-10-31",
        "coverage": {
            "customers": 3,
            "with_usage": 2,
            "usage_until": "2026-10-31",
            "imported_on": {"subscriptions": None},
            "stopped": {},
        },
    }


def test_a_part_of_a_book_is_named_even_if_it_has_no_name() -> None:
    measured = Measured(all_metrics()["customers"], Figure(1, {}))
    told = as_json(measured, Group(None, SCOPE, ()), By.SEGMENT, Filters(), BEHIND)
    assert told["group"] == {"by": "segment", "name": None}
