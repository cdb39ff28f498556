"""Relationship is people there, a champion, people seen, and what departures take."""

import pytest

from metrics.factors.relationship import relationship
from metrics.types import Reading
from tests.metrics.accounts import account, days_ago


def reading(**contacts: object) -> Reading:
    found = relationship(account(contacts=contacts))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("contacts", "permille"),
    [
        ({}, 1000),
        ({"points": 1}, 840),
        ({"champions": 0}, 790),
        ({"points_active_28": 0}, 700),
        ({"points_active_28": None}, 1000),
        ({"points_left_90": 1}, 800),
        ({"champions_left_90": 1}, 600),
        ({"points": 0, "champions": 0, "points_active_28": 0}, 90),
    ],
)
def test_each_signal_takes_its_part(contacts, permille):
    assert reading(**contacts).permille == permille


@pytest.mark.parametrize(
    ("contacts", "text"),
    [
        ({}, "{count} point of contact, a champion is there"),
        ({"champions": 0}, "{count} point of contact, no champion"),
        ({"points_active_28": 0}, "{count} point of contact, not seen for 28 days"),
        ({"points": 0}, "No point of contact"),
        (
            {"last_left_on": days_ago(9), "last_left_name": "Ana"},
            "{name} left on {day}, {count} point of contact remains",
        ),
    ],
)
def test_the_fact_says_what_matters_most(contacts, text):
    assert reading(**contacts).fact.text == text
