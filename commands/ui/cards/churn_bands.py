"""What churn is acceptable, in words: the bands that a grade is given by."""

from collections.abc import Iterator

from metrics.bands import LARGE, SMALL_AND_MEDIUM, churn_band
from metrics.types import ChurnBand, ChurnBands, Definitions, Sentence


def normal(band: ChurnBand) -> Sentence:
    """What is normal for such a business."""
    if band.low > 0:
        return Sentence("normal: {low} to {high} a month", {"low": band.low, "high": band.high})
    if band.high_is_bad:
        return Sentence("normal: under {high} a month", {"high": band.high})
    return Sentence("normal: up to {high} a month", {"high": band.high})


def own_band(segment: str | None, definitions: Definitions) -> Sentence | None:
    """What is normal where the company has decided so; None where the usual band is in force."""
    band = churn_band(segment, definitions)
    return None if band == churn_band(segment, Definitions()) else normal(band)


def bands_in_force(decided: ChurnBands) -> Iterator[Sentence]:
    """The bands one after another: the company's, that of large accounts, those of segments."""
    company = decided.company or SMALL_AND_MEDIUM
    yield Sentence("Acceptable churn: {range} (LATIDO_CHURN_BANDS).", {"range": _range(company)})
    yield Sentence("Acceptable churn of large accounts: {range}.", {"range": _range(LARGE)})
    for name, band in decided.segments.items():
        yield Sentence("Acceptable churn in {segment}: {range}.", {"segment": name, "range": _range(band)})


def _range(band: ChurnBand) -> Sentence:
    if band.low > 0:
        return Sentence("{low} to {high} a month", {"low": band.low, "high": band.high})
    if band.high_is_bad:
        return Sentence("under {high} a month", {"high": band.high})
    return Sentence("up to {high} a month", {"high": band.high})
