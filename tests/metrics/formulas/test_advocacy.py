"""Advocacy counts entries of all kinds."""

from metrics.facts import AdvocacyTotals
from metrics.formulas.advocacy import advocacy


def test_it_is_the_sum_of_the_kinds() -> None:
    figure = advocacy(AdvocacyTotals({"referral": 3, "case_study": 2}))
    assert figure.value == 5
    assert figure.inputs == {"referrals": 3, "reviews": 0, "case_studies": 2, "references": 0, "talks": 0}


def test_nobody_did_anything() -> None:
    assert advocacy(AdvocacyTotals()).value == 0
