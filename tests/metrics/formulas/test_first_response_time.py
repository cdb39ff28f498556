"""First response time is a median, with the 90th percentile beside it."""

from fractions import Fraction

import pytest

from metrics.facts import ServiceTotals
from metrics.formulas.first_response_time import METRIC, first_response_time
from metrics.types import Unit


def answered(*minutes: int) -> ServiceTotals:
    return ServiceTotals(known=True, response_minutes=minutes, opened=len(minutes) + 1)


@pytest.mark.parametrize(
    ("minutes", "median", "percentile_90"),
    [
        ((7,), 7, 7),
        ((10, 20), 15, 20),
        ((1, 2), Fraction(3, 2), 2),
        ((10, 20, 40, 600), 30, 600),
        (tuple(range(1, 11)), Fraction(11, 2), 9),
        (tuple(range(1, 12)), 6, 10),
        ((0, 0, 0), 0, 0),
    ],
)
def test_the_middle_and_what_nine_in_ten_did_not_exceed(
    minutes: tuple[int, ...], median: int | Fraction, percentile_90: int
) -> None:
    figure = first_response_time(answered(*minutes))
    assert figure.value == median
    assert figure.inputs == {"responses": len(minutes), "percentile_90": percentile_90}


def test_one_forgotten_ticket_does_not_move_it() -> None:
    assert first_response_time(answered(10, 20, 30)).value == first_response_time(answered(10, 20, 30_000)).value


def test_without_a_response_there_is_no_answer() -> None:
    assert first_response_time(ServiceTotals(known=True, opened=3)).value is None
    assert first_response_time(ServiceTotals()).value is None


def test_it_is_told_in_minutes_of_the_companys_hours() -> None:
    assert METRIC.unit is Unit.MINUTES
    assert METRIC.in_business_hours
    assert "business hours" in METRIC.definition
