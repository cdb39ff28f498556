"""The setting for what health factors weigh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.health_points import Points, points_of
from metrics.factors import all_factors

WEIGHTS = st.dictionaries(st.sampled_from(sorted(all_factors())), st.integers(0, 1000), max_size=6)
SEGMENTS = st.dictionaries(st.sampled_from(("smb", "Mid Market", "Öl & Gas")), WEIGHTS.filter(bool), max_size=3)


def test_a_company_and_its_segments_have_their_points():
    found = points_of("use=30 money=15; enterprise: relationship=30 use=20 ; mid market: use=0")
    assert found == Points(
        {"use": 30, "money": 15}, {"enterprise": {"relationship": 30, "use": 20}, "mid market": {"use": 0}}
    )


@given(WEIGHTS, SEGMENTS)
def test_what_is_written_is_read_again(company, segments):
    points = Points(company, segments)
    assert points_of(str(points)) == points
    assert points_of(points) is points


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("usage=30", "'usage=30'"),
        ("use", "'use'"),
        ("use=many", "'use=many'"),
        ("use=-1", "'use=-1'"),
        ("use=1001", "'use=1001'"),
        (": use=1", "': use=1' names no segment"),
    ],
)
def test_what_says_nothing_is_named(text, named):
    with pytest.raises(ValueError, match=named):
        points_of(text)
