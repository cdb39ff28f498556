"""Churn is judged by the size of the accounts, or as the company has decided."""

from fractions import Fraction

import pytest

from metrics.bands import LARGE, LARGE_SEGMENTS, SMALL_AND_MEDIUM, churn_band, grade_churn
from metrics.types import ChurnBand, ChurnBands, Definitions, Grade

USUAL = Definitions()
WIDER = ChurnBand(Fraction(4, 100), Fraction(7, 100))
STRICT = ChurnBand(Fraction(0), Fraction(1, 200))
DECIDED = Definitions(churn_bands=ChurnBands(WIDER, {" Enterprise": STRICT, "SMB": SMALL_AND_MEDIUM}))


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
    assert grade_churn(Fraction(percent) / 100, segment, USUAL) is grade


@pytest.mark.parametrize(
    ("percent", "segment", "grade"),
    [
        ("3.9", None, Grade.GREAT),
        ("7", "mid", Grade.ACCEPTABLE),
        ("7.01", None, Grade.BAD),
        ("0.5", "ENTERPRISE", Grade.ACCEPTABLE),
        ("0.6", "enterprise", Grade.BAD),
        ("5.5", "smb", Grade.BAD),
    ],
)
def test_what_the_company_has_decided_comes_first(percent, segment, grade):
    assert grade_churn(Fraction(percent) / 100, segment, DECIDED) is grade


def test_names_of_segments_are_the_same_in_any_case():
    assert churn_band(" ENTERPRISE ", USUAL) == LARGE
    assert churn_band(None, USUAL) == churn_band("unheard of", USUAL) == SMALL_AND_MEDIUM
    assert all(name == name.casefold() for name in LARGE_SEGMENTS)


def test_large_accounts_keep_their_band_until_they_are_named():
    assert churn_band("strategic", DECIDED) == LARGE
    assert churn_band("enterprise", DECIDED) == STRICT
