"""Why somebody is not asked, in words: every reason, with what it rests on and without."""

from datetime import UTC

import pytest

from commands.ui.cards.survey_reasons import FAILURES, counted, said
from commands.ui.text import LOCALES, translator
from metrics.asking import Reason

DETAIL = {
    "day": "2026-11-05",
    "at": "2026-11-05T10:00:00+00:00",
    "kind": "nps",
    "days": 90,
    "ticket": "881",
    "one_in": 3,
    "account": "Acme",
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_for_one_and_for_several(reason, locale):
    t = translator(locale, strict=True)
    for count in (1, 2, 5):
        assert str(count) in t(counted(reason.value, count))
    for detail in (DETAIL, {}, {"at": "yesterday", "day": None, "days": "x", "one_in": None}):
        assert t(said(reason.value, detail, UTC))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.LEFT, "left on 5 Nov 2026"),
        (Reason.ASKED_LATELY, "was asked or answered NPS on 5 Nov 2026: not again within 90 days"),
        (Reason.ESCALATION, "ticket 881 is escalated"),
        (Reason.NOT_SAMPLED, "is not in the sample of one in 3"),
        (Reason.SAME_PERSON, "is asked at Acme"),
    ],
)
def test_it_says_what_the_reason_rests_on(reason, words):
    assert translator("en")(said(reason.value, DETAIL, UTC)) == words


def test_what_slack_said_is_in_words_too_or_as_it_stands():
    t = translator("en", strict=True)
    assert t(said("is_archived", {}, UTC)) == t(FAILURES["is_archived"])
    assert t(said("strange_new_error", {}, UTC)) == "Slack said: strange_new_error"
    assert t(counted("strange", 2)) == "2: strange"
