"""The score weighs what is known, by the company's policy, and can say what changed it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.account_facts import AccountFacts
from metrics.factors import all_factors
from metrics.health import band_of, explain_change, score
from metrics.judging import Factor
from metrics.types import Band, FactorScore, HealthPoint, HealthPolicy, HealthScore, Reading, Sentence
from tests.examples import examples
from tests.metrics.accounts import HEALTHY, TODAY, UNKNOWN, account
from tests.metrics.strategies import account_facts

POLICY = HealthPolicy()
FACT = Sentence("As it is")


def factors(**shares: int | None) -> dict[str, Factor]:
    """Factors of 10 points each that always read the same share, or nothing."""
    return {name: Factor(name, name, 10, "", partial(reading, permille)) for name, permille in shares.items()}


def reading(permille: int | None, _facts: AccountFacts) -> Reading | None:
    return None if permille is None else Reading(permille, FACT)


def scored(policy: HealthPolicy = POLICY, facts: AccountFacts = HEALTHY, **shares: int | None) -> HealthScore:
    return score(facts, factors(**shares), policy)


@pytest.mark.parametrize(
    ("shares", "value"),
    [
        ({"a": 1000, "b": 500}, 75),
        ({"a": 725}, 73),
        ({"a": 724}, 72),
        ({"a": 0, "b": 0}, 1),
        ({"a": 1000, "b": 1000}, 100),
        ({"a": 800, "b": None}, 80),
    ],
)
def test_a_score_is_the_weighed_mean_from_1_to_100(shares, value):
    assert scored(**shares).score == value


def test_a_factor_without_data_is_left_out_and_lowers_the_coverage():
    health = scored(a=800, b=None, c=400)
    assert (health.score, health.coverage) == (60, Fraction(2, 3))
    assert [(part.factor_id, part.reading is None) for part in health.factors] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]


def test_an_optional_factor_without_data_is_no_part_of_the_whole():
    optional = factors(a=800, b=None, c=400)
    optional["b"] = replace(optional["b"], optional=True)
    health = score(HEALTHY, optional, POLICY)
    assert (health.score, health.coverage) == (60, Fraction(1))
    assert [part.factor_id for part in health.factors] == ["a", "b", "c"]
    optional["b"] = replace(optional["b"], read=partial(reading, 0))
    assert (score(HEALTHY, optional, POLICY).score, score(HEALTHY, optional, POLICY).coverage) == (40, Fraction(1))


def test_without_any_data_there_is_no_score():
    assert scored(a=None) == HealthScore(None, None, Fraction(0), (FactorScore("a", 10, None),))
    assert score(UNKNOWN, all_factors(), POLICY).score is None
    assert scored() == HealthScore(None, None, Fraction(0), ())


def test_the_company_and_the_segment_may_weigh_differently():
    company = HealthPolicy(points={"a": 30})
    assert scored(company, a=1000, b=0).score == 75
    segment = HealthPolicy(points={"a": 30}, points_by_segment={"ENTERPRISE": {"a": 0}, "SMB": {"b": 30}})
    assert scored(segment, a=1000, b=0).score == 50
    assert scored(segment, UNKNOWN, a=1000, b=0).score == 75
    assert scored(segment, account(segment="mid"), a=1000, b=0).score == 75


def test_a_factor_of_no_points_is_no_part_of_the_score():
    health = scored(HealthPolicy(points={"b": 0}), a=500, b=None)
    assert (health.coverage, [part.factor_id for part in health.factors]) == (Fraction(1), ["a"])


@pytest.mark.parametrize(
    ("value", "band"),
    [(100, Band.GOOD), (70, Band.GOOD), (69, Band.AVERAGE), (40, Band.AVERAGE), (39, Band.POOR), (1, Band.POOR)],
)
def test_bands_begin_where_the_policy_says(value, band):
    assert band_of(value, POLICY) is band
    assert band_of(value, HealthPolicy(good_from=101, average_from=1)) is Band.AVERAGE


@settings(max_examples=examples(150))
@given(account_facts)
def test_any_account_scores_between_1_and_100_or_not_at_all(facts):
    health = score(facts, all_factors(), POLICY)
    assert (health.score is None) is (health.coverage == 0) is (health.band is None)
    assert health.score is None or 1 <= health.score <= 100
    assert 0 <= health.coverage <= 1


def test_all_well_is_close_to_100_and_all_bad_close_to_1():
    assert (score(HEALTHY, all_factors(), POLICY).score or 0) >= 97
    bad = account(
        usage={"active_days_28": 0, "sessions_28": 0, "features_14": 0, "users_28": 0},
        contacts={"points": 0, "champions": 0, "points_active_28": 0, "points_left_90": 3, "champions_left_90": 1},
        voice={"promoters": 0, "detractors": 4, "ratings_sum": 2},
        service={"opened_28": 20, "escalated_open": 2, "escalated_90": 4},
        money={"failed_open": 2, "overdue_days": 60},
        opinion={"score": 1},
    )
    assert (score(bad, all_factors(), POLICY).score or 100) <= 3


# --- What changed it -----------------------------------------------------------------------------------------------


def point(**shares: int) -> HealthPoint:
    return HealthPoint(TODAY - timedelta(days=30), 50, Band.AVERAGE, 1000, shares)


def test_the_largest_move_comes_first_and_what_stood_still_is_left_out():
    assert explain_change(point(a=800, b=500, c=500), scored(a=500, b=500, c=600)) == (("a", -10), ("c", 3))


def test_a_score_explains_itself_as_well_as_a_snapshot():
    assert explain_change(scored(a=800, b=500), scored(a=500, b=500)) == (("a", -15),)


def test_a_factor_that_gained_or_lost_its_data_answers_for_it_alone():
    assert explain_change(point(a=1000), scored(a=1000, b=0)) == (("b", -50),)
    assert explain_change(scored(a=1000, b=None), scored(a=1000, b=500)) == (("b", -25),)
    assert explain_change(point(a=800, b=200), scored(a=800, b=None)) == (("b", 30),)
    assert explain_change(point(a=800, b=200, c=800), scored(a=600, b=None, c=800)) == (("b", 20), ("a", -10))


def test_where_nothing_is_left_of_what_was_known_both_are_told():
    assert explain_change(point(a=800), scored(a=None, b=600)) == (("a", -80), ("b", 60))


def test_a_factor_that_is_no_more_is_ignored():
    assert explain_change(point(a=1000, gone=0), scored(a=900)) == (("a", -10),)


def test_without_a_score_on_a_side_nothing_can_be_explained():
    assert explain_change(point(), scored(a=900)) == ()
    assert explain_change(point(gone=5), scored(a=900)) == ()
    assert explain_change(point(a=900), scored(a=None)) == ()


known = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 1000), min_size=1)


@given(known, known)
def test_the_moves_add_up_to_the_change_of_the_score(before, now):
    def floorless(shares: Mapping[str, int]) -> int:
        return (sum(shares.values()) + 5 * len(shares)) // (10 * len(shares))

    unknown = dict.fromkeys("abcdef")
    moves = explain_change(scored(**(unknown | before)), scored(**(unknown | now)))
    assert sum(delta for _, delta in moves) == floorless(now) - floorless(before)
    assert list(moves) == sorted(moves, key=lambda move: (-abs(move[1]), move[0]))
    assert all(delta for _, delta in moves)
