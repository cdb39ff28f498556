"""MRR that was cut."""

from fractions import Fraction

import pytest

from metrics.judging import Severity
from metrics.rules.contraction import RULE
from metrics.types import Money
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


@pytest.mark.parametrize(
    ("cut", "severity"),
    [
        (0, None),
        (2_499, None),
        (2_500, Severity.NOTICE),
        (5_000, Severity.WARNING),
        (15_000, Severity.URGENT),
    ],
)
def test_the_part_that_was_cut_decides(cut, severity):
    found = check(risk(contraction={"lost_90": cut}))
    assert (found and found.severity) is severity


def test_where_there_was_no_mrr_none_was_cut():
    assert check(risk(contraction={"lost_90": 5_000, "mrr_before_90": 0})) is None


def test_it_says_how_much_of_how_much():
    found = check(risk(contraction={"lost_90": 5_000}))
    assert found is not None
    assert found.since == days_ago(89)
    assert found.why.values == {
        "amount": Money(5_000, "EUR"),
        "part": Fraction(1, 10),
        "before": Money(50_000, "EUR"),
    }
