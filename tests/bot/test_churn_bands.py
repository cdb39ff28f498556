"""Acceptable churn, as whoever runs the bot writes it."""

from fractions import Fraction

import pytest

from bot.churn_bands import Bands, bands_of
from metrics.types import ChurnBand, ChurnBands


def band(low: str, high: str) -> ChurnBand:
    return ChurnBand(Fraction(low) / 100, Fraction(high) / 100)


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("3-5", ChurnBands(band("3", "5"))),
        (" 2.5 – 4% ", ChurnBands(band("2.5", "4"))),
        ("enterprise: 0-1", ChurnBands(None, {"enterprise": band("0", "1")})),
        (
            "3-5; Key accounts: 0-0.5; smb: 4%-7%",
            ChurnBands(band("3", "5"), {"Key accounts": band("0", "0.5"), "smb": band("4", "7")}),
        ),
    ],
)
def test_bands_are_read_for_the_company_and_for_segments(text: str, decided: ChurnBands) -> None:
    found = bands_of(text)
    assert found.decided == decided
    assert str(found) == text.strip()
    assert bands_of(found) is found


@pytest.mark.parametrize("text", ["", "5", "5-3", "-1-3", "3-500", "smb 3-5", "smb: low", "3-5;"])
def test_what_is_no_band_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected percent a month, low-high, such as 3-5; enterprise: 0-1"):
        bands_of(text)


def test_a_colon_needs_a_segment() -> None:
    with pytest.raises(ValueError, match="': 3-5' names no segment"):
        bands_of("3-5; : 3-5")


def test_nothing_decided_is_an_empty_text() -> None:
    assert (str(Bands()), Bands().decided) == ("", ChurnBands())
