"""Drafts of replies: what is said first, their words, what is asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commands.core.button_values import packed
from commands.core.errors import UserError
from commands.core.reply_draft import answer_of, drafted, may_draft, paragraphs_for
from commands.ui.text import LOCALES, translator
from metrics.types import Money, Sentence
from storage.queries.alert_steps import NewAlert, open_
from storage.queries.heard import Heard
from storage.session import Session
from tests.commands.alerted import NOW, fired, the
from tests.commands.asking import ask
from tests.storage.queries import rows

ANA = Heard(
    id=1,
    account_id=1,
    account_key="acme",
    account_name="Acme",
    segment=None,
    contact_id=5,
    who="Ana Ruiz",
    slack_user_id="U0ANA",
    kind="nps",
    score=3,
    choice=None,
    comment="Too slow",
    language="es",
    responded_at=datetime(2026, 11, 23, tzinfo=UTC),
    voided_at=None,
)


def said(answer: Heard, writer: str = "Bo", locale: str = "en") -> list[str]:
    t = translator(locale)
    return [t(one) for one in paragraphs_for(answer, writer)]


def test_a_detractor_is_thanked_quoted_and_asked_for_a_call() -> None:
    hello, opening, words, request, close = said(ANA)
    assert (hello, words, close) == ("Hello Ana,", "You wrote: “Too slow”", "Best regards,\nBo")
    assert "3 of 10" in opening
    assert request.startswith("May I call you")


@pytest.mark.parametrize(
    ("answer", "opening"),
    [
        (ANA._replace(kind="csat", score=2), "our help was not"),
        (ANA._replace(kind="ces", score=1), "so hard"),
        (ANA._replace(score=8), "make it better"),
        (ANA._replace(score=10), "made our day"),
        (ANA._replace(kind="csat", score=5), "made our day"),
        (ANA._replace(kind="exit", score=None, choice="price"), "make it better"),
    ],
)
def test_what_is_said_first_depends_on_what_was_asked_and_answered(answer: Heard, opening: str) -> None:
    assert opening in said(answer)[1]


def test_nothing_is_made_up() -> None:
    assert said(ANA._replace(who=None, comment=None), "") == [
        "Hello,",
        "Thank you for telling us so frankly. A 3 of 10 tells me that we are not what you need us to be.",
        (
            "May I call you this week, for twenty minutes? "
            "I would like to understand what happened, and to tell you what we will do about it."
        ),
        "Best regards,",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_can_be_said_in_every_language(locale: str) -> None:
    assert all(said(ANA, locale=locale))


def about(db: Session, subject: str, account_id: int) -> int:
    new = NewAlert(account_id, "detractor", "urgent", Sentence("x"), None, Money(1, "USD"), subject=subject)
    (alert_id,) = open_(db, [new], now=NOW)
    return alert_id


def test_the_answer_of_an_alert_is_found(db: Session) -> None:
    acme = rows.account(db, "Acme", language="ru")
    ana = rows.contact(db, acme, "Ana Ruiz", slack_user_id="U0CUST")
    values = {"account_id": acme, "kind": "nps", "responded_at": NOW}
    low = rows.add(db, "survey_response", key="r1", score=2, comment="No", **values)
    high = rows.add(db, "survey_response", key="r2", score=9, contact_id=ana, **values)
    mine, theirs = about(db, f"answer {low}", acme), about(db, f"contact {ana}", acme)
    found, named = answer_of(db, the(db, mine)), answer_of(db, the(db, theirs))
    assert found is not None
    assert named is not None
    assert (found.id, found.comment, found.who, found.language) == (low, "No", None, "ru")
    assert (named.id, named.who, named.slack_user_id) == (high, "Ana Ruiz", "U0CUST")
    draft = drafted(replace(ask(), text=packed(f"{mine} 1")), db)
    assert (draft.answer, draft.paragraphs[-1].values["who"]) == (found, "Ana")


def test_there_is_none_for_what_is_gone_or_no_answer(db: Session) -> None:
    usage = fired(db)
    assert not may_draft(the(db, usage))
    assert answer_of(db, the(db, usage)) is None
    gone = about(db, "answer 99", rows.account(db))
    assert may_draft(the(db, gone))
    with pytest.raises(UserError, match="no longer there"):
        drafted(replace(ask(), text=packed(f"{gone} 1")), db)
