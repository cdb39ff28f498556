"""Adoption is breadth of features and share of people, of what is known."""

import pytest

from metrics.factors.adoption import adoption
from tests.metrics.accounts import account

NAMELESS = {"users_28": 0, "users_before": 0}


@pytest.mark.parametrize(
    ("usage", "seats", "permille"),
    [
        ({}, 20, 1000),
        ({"features_14": 3}, 20, 800),
        ({"users_28": 10}, 20, 850),
        ({"features_tracked": 0}, 20, 1000),
        (NAMELESS, 20, 1000),
        ({**NAMELESS, "active_days_28": 0, "features_14": 0}, 20, 0),
        ({**NAMELESS, "active_days_28": 0, "features_14": 0}, None, 0),
        ({"features_tracked": 0, "users_28": 9}, None, 400),
        ({"features_tracked": 0, "users_before": 0}, 0, 1000),
    ],
)
def test_what_is_known_makes_the_mean(usage, seats, permille):
    reading = adoption(account(usage=usage, seats_purchased=seats))
    assert reading is not None
    assert reading.permille == permille


def test_use_without_names_and_features_says_nothing():
    assert adoption(account(usage={**NAMELESS, "features_tracked": 0})) is None


@pytest.mark.parametrize(
    ("usage", "seats", "text"),
    [
        ({}, 20, "{used} of {tracked} features used in 14 days, {users} of {seats} seats in 28 days"),
        (NAMELESS, 20, "{used} of {tracked} features used in 14 days"),
        ({"features_tracked": 0}, 20, "{users} of {seats} seats used in 28 days"),
        ({"features_tracked": 0}, None, "{count} person uses it, {before} in the 28 days before"),
    ],
)
def test_the_fact_says_what_is_known(usage, seats, text):
    reading = adoption(account(usage=usage, seats_purchased=seats))
    assert reading is not None
    assert reading.fact.text == text
