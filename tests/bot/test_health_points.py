"""The setting for what health factors weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.by_segment import BySegment
from bot.health_points import points_of
from metrics.factors import all_factors

WEIGHTS = st.dictionaries(st.sampled_from(sorted(all_factors())), st.integers(0, 1000), max_size=6)


def test_a_company_and_its_segments_have_their_points():
    found = points_of("use=30 money=15; enterprise: relationship=30 use=20 ; mid market: use=0")
    assert found == BySegment(
        {"use": 30, "money": 15}, {"enterprise": {"relationship": 30, "use": 20}, "mid market": {"use": 0}}
    )


@given(WEIGHTS)
def test_what_is_written_is_read_again(company):
    assert points_of(str(BySegment(company))) == BySegment(company)


@pytest.mark.parametrize("text", ["usage=30", "use", "use=many", "use=-1", "use=1001"])
def test_what_says_nothing_is_named(text):
    with pytest.raises(ValueError, match=f"expected factor=points with one of .*, not '{text}'"):
        points_of(text)
