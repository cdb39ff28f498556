"""Scales run straight between their corners and stay outside of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.scales import blend, scale, share

FALLING = scale((2, 1000), (5, 800), (10, 0))


@pytest.mark.parametrize(("value", "permille"), [(-9, 1000), (2, 1000), (3, 933), (5, 800), (9, 160), (10, 0), (11, 0)])
def test_a_share_lies_on_the_line_between_corners(value, permille):
    assert share(value, FALLING) == permille


@given(st.integers(-20, 30))
def test_a_scale_falls_where_its_corners_do(value):
    assert share(value, FALLING) >= share(value + 1, FALLING)


def test_a_blend_is_the_mean_by_weight_rounded_down():
    assert blend([(1, 1000), (2, 500)]) == 666
