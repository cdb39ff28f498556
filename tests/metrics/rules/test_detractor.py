"""Low answers of late."""

import pytest

from metrics.judging import Severity
from metrics.rules.detractor import RULE
from tests.metrics.accounts import days_ago, judged_by, risk

check = judged_by(RULE)


def low(kind: str, score: int, days: int = 3, comment: str | None = "Too slow") -> dict[str, object]:
    return {
        "last_low_kind": kind,
        "last_low_score": score,
        "last_low_on": days_ago(days),
        "last_low_comment": comment,
    }


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


def test_it_gives_the_answer_in_their_own_words():
    found = check(risk(voice=low("nps", 2)))
    assert found is not None
    assert found.why.text == "{kind} answer {score} of {best} on {day}: “{comment}”"
    assert found.why.values == {"kind": "NPS", "score": 2, "best": 10, "day": days_ago(3), "comment": "Too slow"}


def test_it_says_that_there_were_no_words():
    found = check(risk(voice=low("csat", 2, comment=None)))
    assert found is not None
    assert found.why.text == "{kind} answer {score} of {best} on {day}, without a comment"
