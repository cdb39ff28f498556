"""A score that is clearly lower than a month ago."""

from dataclasses import replace

import pytest

from metrics.feeds import Stop
from metrics.judging import Severity
from metrics.rules.score_fall import RULE
from metrics.types import Band
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("before", "now", "band", "severity"),
    [
        (80, 71, Band.GOOD, None),
        (70, 80, Band.GOOD, None),
        (80, 70, Band.GOOD, Severity.NOTICE),
        (80, 65, Band.AVERAGE, Severity.WARNING),
        (50, 35, Band.POOR, Severity.URGENT),
        (44, 34, Band.POOR, Severity.NOTICE),
        (80, 55, Band.AVERAGE, Severity.URGENT),
        (None, 10, Band.POOR, None),
        (90, None, None, None),
    ],
)
def test_the_points_lost_in_a_month_decide(before, now, band, severity):
    found = check(risk(now, before, band))
    assert (found and found.severity) is severity


def test_it_says_from_where_to_where():
    found = check(risk(50, 80, Band.AVERAGE))
    assert found is not None
    assert (found.since, found.why.values) == (days_ago(30), {"before": 80, "now": 50})


@pytest.mark.parametrize(
    ("entity", "noticed", "found"), [("tickets", 29, False), ("tickets", 30, True), ("campaigns", 3, True)]
)
def test_scores_made_of_different_factors_are_not_compared(entity, noticed, found):
    facts = risk(50, 80, Band.AVERAGE)
    stopped = {entity: Stop(days_ago(noticed + 4), days_ago(noticed))}
    assert bool(check(replace(facts, account=replace(facts.account, stopped=stopped)))) is found
