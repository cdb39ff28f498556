"""Product use is frequency, trend and recency."""

from fractions import Fraction

import pytest

from metrics.factors.use import product_use
from metrics.types import Reading, Sentence, plural
from tests.metrics.accounts import account, days_ago


def reading(**usage: object) -> Reading:
    found = product_use(account(usage=usage))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("usage", "permille"),
    [
        ({}, 1000),
        ({"active_days_28": 4}, 500),
        ({"sessions_28": 100}, 550),
        ({"active_days_28": 4, "sessions_28": 100}, 275),
        ({"sessions_28": 400}, 1000),
        ({"last_on": days_ago(14)}, 600),
        ({"last_on": days_ago(40), "active_days_28": 0, "sessions_28": 0}, 0),
        ({"sessions_28": 0, "sessions_before": 0, "active_days_28": 10}, 426),
        ({"sessions_before": 0, "active_days_before": 0}, 1000),
    ],
)
def test_each_signal_takes_its_part(usage, permille):
    assert reading(**usage).permille == permille


@pytest.mark.parametrize(
    ("usage", "fact"),
    [
        ({}, Sentence("Used on {days} of 28 days, as much as before", {"days": 20})),
        (
            {"active_days_28": 18, "sessions_28": 176},
            Sentence("Used on {days} of 28 days, {change} less than before", {"days": 18, "change": Fraction(12, 100)}),
        ),
        (
            {"sessions_28": 300},
            Sentence("Used on {days} of 28 days, {change} more than before", {"days": 20, "change": Fraction(1, 2)}),
        ),
        ({"sessions_before": 0}, Sentence("Used on {days} of 28 days, not at all in the 28 before", {"days": 20})),
        (
            {"last_on": days_ago(40), "active_days_28": 0},
            plural("Not used for {count} day", "Not used for {count} days", 40),
        ),
    ],
)
def test_the_fact_says_what_was_seen(usage, fact):
    assert reading(**usage).fact == fact
