"""Low answers of late."""

import pytest

from metrics.account_facts import Answered
from metrics.dials import AS_DELIVERED
from metrics.judging import Severity
from metrics.rules.detractor import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


def low(kind: str, score: int, days: int = 3, comment: str | None = "Too slow", **more: object) -> dict[str, object]:
    return {"low": (answered(kind, score, days, comment, **more),)}


def answered(kind: str = "nps", score: int = 6, days: int = 3, comment: str | None = None, **more: object) -> Answered:
    return Answered(812, kind, score, days_ago(days), comment)._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("voice", "severity"),
    [
        ({}, None),
        (low("nps", 6), Severity.WARNING),
        (low("nps", 3), Severity.URGENT),
        (low("csat", 2), Severity.WARNING),
        (low("ces", 1), Severity.URGENT),
        (low("nps", 0, days=30), Severity.URGENT),
        (low("nps", 0, days=31), None),
    ],
)
def test_how_low_and_how_lately_decides(voice, severity):
    found = check(risk(voice=voice))
    assert (found and found.severity) is severity


def test_each_low_answer_is_a_task_of_its_own():
    answers = (answered(score=6, id=3), answered(score=6, days=31, id=2), answered("csat", 1, id=1))
    found = [*RULE.judge_each(risk(voice={"low": answers}), AS_DELIVERED)]
    assert [(one.subject, one.severity) for one in found] == [
        ("answer 3", Severity.WARNING),
        ("answer 1", Severity.URGENT),
    ]
    assert check(risk(voice={"low": answers})) == found[1]


def test_it_gives_the_answer_in_their_own_words():
    found = check(risk(voice=low("nps", 2)))
    assert found is not None
    assert found.why.text == "{kind} answer {score} of {best} on {day}: “{comment}”"
    assert found.why.values == {"kind": "NPS", "score": 2, "best": 10, "day": days_ago(3), "comment": "Too slow"}


def test_it_says_who_answered_where_that_is_known():
    found = check(risk(voice=low("nps", 2, contact_id=7, who="Bo")))
    assert found is not None
    assert found.why.text == "{who}: {kind} {score} of {best} on {day}: “{comment}”"
    assert found.why.values["who"] == "Bo"


@pytest.mark.parametrize("who", [None, "Bo"])
def test_it_says_that_there_were_no_words(who):
    found = check(risk(voice=low("csat", 2, comment=None, who=who)))
    assert found is not None
    assert found.why.text.endswith("{score} of {best} on {day}, without a comment")
