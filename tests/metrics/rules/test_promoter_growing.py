"""A promoter whose account uses the product more than it used to."""

from fractions import Fraction

import pytest

from metrics.judging import Finding, Severity, Signal
from metrics.rules.promoter_growing import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


def growing(now: int = 240, voice: dict[str, int] | None = None, **usage: object) -> Finding | None:
    """Usually 200 sessions in 28 days."""
    used = {"sessions_28": now, "sessions_before": 200, "sessions_90": now + 440, **usage}
    return check(risk(usage=used, voice=voice or {}))


@pytest.mark.parametrize(("now", "severity"), [(239, None), (240, Severity.NOTICE), (2_000, Severity.NOTICE)])
def test_a_fifth_more_than_usual_is_growth(now, severity):
    found = growing(now)
    assert (found and found.severity) is severity


def test_it_says_what_grew_and_by_how_much():
    found = growing(260)
    assert found is not None
    assert found.since == days_ago(27)
    assert found.why.values == {"count": 4, "now": 260, "growth": Fraction(3, 10)}


def test_coming_back_from_a_quiet_month_is_no_growth():
    assert growing(240, sessions_before=100, sessions_90=240 + 700) is None


def test_a_detractor_beside_the_promoter_comes_first():
    assert growing(voice={"detractors": 1}) is None
    assert growing(voice={"promoters": 0}) is None


def test_young_and_quiet_accounts_have_nothing_to_compare_with():
    assert growing(first_on=days_ago(88)) is None
    assert growing(first_on=days_ago(89)) is not None
    assert growing(40, sessions_before=19, sessions_90=40 + 40) is None


def test_nothing_is_said_without_answers_or_use():
    assert check(risk(voice=None)) is None
    assert check(risk(usage=None)) is None


def test_it_is_a_reason_to_offer_more():
    assert RULE.signal is Signal.EXPANSION
