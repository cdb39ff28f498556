"""What holds for every factor, whoever adds one."""

from dataclasses import replace
from datetime import timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.account_facts import AccountFacts
from metrics.factors import all_factors
from metrics.judging import Factor
from metrics.types import Sentence
from tests.examples import examples
from tests.metrics.accounts import HEALTHY, UNKNOWN
from tests.metrics.strategies import (
    account_facts,
    contact_facts,
    contraction_facts,
    money_facts,
    opinion_facts,
    service_facts,
    usage_facts,
    voice_facts,
)

FACTORS = all_factors()

every_factor = pytest.mark.parametrize("factor", FACTORS.values(), ids=FACTORS.keys())


def test_ids_and_points_are_the_frozen_ones():
    assert {factor.id: factor.points for factor in FACTORS.values()} == {
        "use": 30,
        "adoption": 15,
        "relationship": 15,
        "sentiment": 15,
        "service": 10,
        "money": 15,
        "opinion": 10,
    }


@every_factor
def test_every_factor_explains_itself(factor: Factor):
    assert factor.title
    assert factor.explanation.endswith(".")


@every_factor
def test_an_account_of_which_nothing_is_known_has_no_reading(factor: Factor):
    assert factor.read(UNKNOWN) is None


@every_factor
def test_a_healthy_account_has_nearly_all_points(factor: Factor):
    reading = factor.read(HEALTHY)
    assert reading is not None
    assert reading.permille >= 900


def complete(sentence: Sentence) -> bool:
    """Whether every placeholder of both wordings has a value to be shown."""
    texts = [sentence.text] + ([sentence.many] if sentence.many else [])
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}
    return names <= {name for name, value in sentence.values.items() if value is not None}


@settings(max_examples=examples(150))
@given(account_facts)
def test_a_share_is_within_its_bounds_and_its_fact_can_be_shown(facts: AccountFacts):
    for factor in FACTORS.values():
        reading = factor.read(facts)
        if reading is not None:
            assert isinstance(reading.permille, int)
            assert 0 <= reading.permille <= 1000
            assert complete(reading.fact)


HIGHER_IS_WORSE = (
    ("relationship", "contacts", "points_left_90"),
    ("relationship", "contacts", "champions_left_90"),
    ("service", "service", "opened_28"),
    ("service", "service", "open_now"),
    ("service", "service", "escalated_open"),
    ("service", "service", "escalated_90"),
    ("money", "money", "failed_open"),
    ("money", "money", "overdue_days"),
    ("money", "contraction", "lost_90"),
)
LOWER_IS_WORSE = (
    ("use", "usage", "active_days_28"),
    ("use", "usage", "sessions_28"),
    ("use", "usage", "last_on"),
    ("adoption", "usage", "features_14"),
    ("adoption", "usage", "users_28"),
    ("relationship", "contacts", "points"),
    ("relationship", "contacts", "champions"),
    ("relationship", "contacts", "points_active_28"),
    ("sentiment", "voice", "promoters"),
    ("sentiment", "voice", "ratings_sum"),
    ("service", "service", "opened_before"),
    ("opinion", "opinion", "score"),
)


def signals(direction: tuple[tuple[str, str, str], ...]) -> Any:
    return pytest.mark.parametrize(
        ("factor_id", "part", "signal"), direction, ids=[".".join(names) for names in direction]
    )


def account_with(data: st.DataObject, part: str) -> AccountFacts:
    """The healthy account with a random part, and seats that may not be known."""
    seats = data.draw(st.none() | st.integers(0, 30))
    return replace(HEALTHY, seats_purchased=seats, **{part: data.draw(PARTS[part])})


def step(facts: AccountFacts, part: str, signal: str, by: Any) -> AccountFacts:
    """The same account with one signal a little higher."""
    values = getattr(facts, part)
    assume(getattr(values, signal) is not None)
    return replace(facts, **{part: values._replace(**{signal: getattr(values, signal) + by})})


def shares(factor_id: str, lower: AccountFacts, higher: AccountFacts) -> tuple[int, int]:
    at_lower, at_higher = FACTORS[factor_id].read(lower), FACTORS[factor_id].read(higher)
    assume(at_lower is not None and at_higher is not None)
    assert at_lower is not None
    assert at_higher is not None
    return at_lower.permille, at_higher.permille


by_a_little = st.integers(1, 40)
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "usage": usage_facts(),
    "contacts": contact_facts,
    "voice": voice_facts(),
    "service": service_facts,
    "money": money_facts,
    "opinion": opinion_facts,
    "contraction": contraction_facts,
}


@signals(HIGHER_IS_WORSE)
@settings(max_examples=examples(60))
@given(data=st.data(), by=by_a_little)
def test_more_trouble_never_raises_the_share(factor_id, part, signal, data, by):
    facts = account_with(data, part)
    lower, higher = shares(factor_id, facts, step(facts, part, signal, by))
    assert lower >= higher


@signals(LOWER_IS_WORSE)
@settings(max_examples=examples(60))
@given(data=st.data(), by=by_a_little)
def test_less_of_what_is_good_never_raises_the_share(factor_id, part, signal, data, by):
    facts = account_with(data, part)
    if signal == "users_28":
        # Without a single name, nobody is known to use the product rather than known not to.
        assume(facts.usage is not None and facts.usage.users_28 > 0)
    delta: Any = timedelta(days=by) if signal == "last_on" else by
    lower, higher = shares(factor_id, facts, step(facts, part, signal, delta))
    assert lower <= higher


@settings(max_examples=examples(60))
@given(st.data(), by_a_little)
def test_a_detractor_in_place_of_a_passive_never_raises_the_share(data, by):
    facts = account_with(data, "voice")
    worse = step(facts, "voice", "detractors", by)
    share_worse, share_before = shares("sentiment", worse, facts)
    assert share_worse <= share_before


@settings(max_examples=examples(60))
@given(voice_facts())
def test_one_more_answer_of_the_lowest_kind_never_raises_the_share(voice):
    facts = replace(HEALTHY, voice=voice)
    detractor = voice._replace(nps_answers=voice.nps_answers + 1, detractors=voice.detractors + 1)
    lowest = voice._replace(ratings=voice.ratings + 1, ratings_sum=voice.ratings_sum + 1)
    for worse in (detractor, lowest):
        share_worse, share_before = shares("sentiment", replace(facts, voice=worse), facts)
        assert share_worse <= share_before
