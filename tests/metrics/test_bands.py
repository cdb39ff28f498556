"""Churn is judged by the size of the accounts."""

from fractions import Fraction

import pytest

from metrics.bands import BANDS, LARGE, SMALL_AND_MEDIUM, churn_band, grade_churn
from metrics.types import Grade


@pytest.mark.parametrize(
    ("percent", "segment", "grade"),
    [
        ("-1", "smb", Grade.GREAT),
        ("0", "enterprise", Grade.GREAT),
        ("2.9", "smb", Grade.GREAT),
        ("3", "smb", Grade.ACCEPTABLE),
        ("5", None, Grade.ACCEPTABLE),
        ("5.01", "mid", Grade.BAD),
        ("0.9", "enterprise", Grade.ACCEPTABLE),
        ("1", "Large", Grade.BAD),
        ("4", "Whatever we call it", Grade.ACCEPTABLE),
    ],
)
def test_a_month_is_great_acceptable_or_bad(percent, segment, grade):
    assert grade_churn(Fraction(percent) / 100, segment) is grade


def test_names_of_segments_are_the_same_in_any_case():
    assert churn_band(" ENTERPRISE ") == LARGE
    assert churn_band(None) == churn_band("unheard of") == SMALL_AND_MEDIUM
    assert all(name == name.casefold() for name in BANDS)
