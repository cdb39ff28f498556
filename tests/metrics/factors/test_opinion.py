"""Opinion: as much of its points as the score says, until it expires."""

from datetime import date

import pytest

from metrics.factors.opinion import FACTOR, opinion
from metrics.types import Reading, Sentence, Value
from tests.metrics.accounts import account


@pytest.mark.parametrize(("score", "permille"), [(1, 0), (2, 250), (3, 500), (4, 750), (5, 1000)])
def test_each_step_is_a_quarter_of_the_points(score: int, permille: int) -> None:
    reading = opinion(account(opinion={"score": score}))
    assert reading is not None
    assert reading.permille == permille


def test_the_fact_says_whose_it_is_and_the_last_day_on_which_it_counts() -> None:
    facts = account(opinion={"score": 4, "author": "Ana", "expires_on": date(2027, 2, 13)})
    values: dict[str, Value] = {"score": 4, "best": 5, "author": "Ana", "day": date(2027, 2, 12)}
    assert opinion(facts) == Reading(750, Sentence("{score} of {best} by {author}, until {day}", values))


def test_without_an_opinion_nothing_is_missing() -> None:
    assert opinion(account(opinion=None)) is None
    assert FACTOR.optional
