"""Promoters to ask for a good word."""

import pytest

from metrics.account_facts import Answered
from metrics.dials import AS_DELIVERED
from metrics.judging import Severity
from metrics.rules.advocate import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)
ANA = Answered(1, "nps", 10, days_ago(3), "Love it", 5, "Ana")
BO = Answered(2, "nps", 9, days_ago(30), None, 6, "Bo")


def test_each_promoter_of_late_is_somebody_to_ask():
    found = [*RULE.judge_each(risk(voice={"promoting": (ANA, BO, BO._replace(on=days_ago(31)))}), AS_DELIVERED)]
    assert [(one.severity, one.subject, one.since) for one in found] == [
        (Severity.NOTICE, "contact 5", days_ago(3)),
        (Severity.NOTICE, "contact 6", days_ago(30)),
    ]
    assert [one.why.values["who"] for one in found] == ["Ana", "Bo"]
    assert found[0].why.text.endswith("“{comment}”")
    assert found[1].why.text.endswith("without a comment")


@pytest.mark.parametrize(
    "more",
    [
        {"voice": None},
        {"voice": {"promoting": (ANA,), "detractors": 1}},
        {"voice": {"promoting": (ANA,)}, "advocated_on": days_ago(180)},
    ],
    ids=["nobody answered", "a colleague is a detractor", "the account has just given a reference"],
)
def test_nobody_is_asked_at_the_wrong_moment(more):
    assert check(risk(**more)) is None


def test_long_after_a_reference_there_may_be_another():
    assert check(risk(voice={"promoting": (ANA,)}, advocated_on=days_ago(181)))
