"""Renewals that are near while the account is not well."""

from datetime import timedelta

import pytest

from metrics.judging import Severity
from metrics.rules.renewal_near import RULE
from metrics.types import Band
from tests.metrics.accounts import TODAY, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("days", "band", "severity"),
    [
        (61, Band.POOR, None),
        (60, Band.POOR, Severity.WARNING),
        (30, Band.POOR, Severity.URGENT),
        (0, Band.POOR, Severity.URGENT),
        (-1, Band.POOR, None),
        (60, Band.AVERAGE, Severity.NOTICE),
        (30, Band.AVERAGE, Severity.WARNING),
        (5, Band.GOOD, None),
        (5, None, None),
    ],
)
def test_nearness_and_health_decide(days, band, severity):
    found = check(risk(50, None, band, renewal_on=TODAY + timedelta(days=days)))
    assert (found and found.severity) is severity


def test_without_a_date_nothing_is_near():
    assert check(risk(10, None, Band.POOR, renewal_on=None)) is None


@pytest.mark.parametrize("band", [Band.POOR, Band.AVERAGE])
def test_it_says_when_and_in_which_health(band):
    renewal_on = TODAY + timedelta(days=20)
    found = check(risk(35, None, band, renewal_on=renewal_on))
    assert found is not None
    assert f"with {band.value} health" in found.why.text
    assert found.why.values == {"count": 20, "day": renewal_on, "score": 35}
    assert found.since == TODAY - timedelta(days=40)
