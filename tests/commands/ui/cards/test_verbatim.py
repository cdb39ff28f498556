"""A comment as a channel reads it."""

from datetime import date

import pytest

from commands.ui.blocks import check
from commands.ui.cards.verbatim import AboutAccount, verbatim_card
from commands.ui.text import LOCALES, translator
from metrics.types import Band, Money
from storage.queries.heard import Heard
from storage.queries.people_known import Person
from tests.commands.core.test_reply_draft import ANA
from tests.commands.ui.cards.test_alert import LONGEST

ABOUT = AboutAccount(Money(120_000, "USD"), 62, Band.AVERAGE, date(2027, 1, 12), Person("U0CSM", name="Olga"))


def told(answer: Heard, about: AboutAccount = ABOUT) -> list[str]:
    return verbatim_card(answer, about, translator("en")).text.splitlines()


def test_it_says_who_said_what_and_what_is_known_of_the_account() -> None:
    assert told(ANA._replace(segment="enterprise")) == [
        "🔴 Acme · Ana Ruiz · NPS 3 of 10",
        "“Too slow”",
        "MRR $1,200 · Health 62 / 100 average · enterprise · CSM Olga · renews 12 Jan 2027",
    ]
    assert told(ANA._replace(who=None, score=9), AboutAccount()) == ["🟢 Acme · NPS 9 of 10", "“Too slow”"]


def test_a_reason_to_leave_is_said_in_words() -> None:
    assert told(ANA._replace(kind="exit", score=None, choice="price"))[0] == (
        "💬 Acme · Ana Ruiz · Exit: It costs too much"
    )
    assert told(ANA._replace(kind="exit", score=None, choice="new"))[0].endswith("Exit: new")


def test_what_was_taken_back_is_not_told() -> None:
    for gone, said in (
        (ANA._replace(voided_at=ANA.responded_at), "The answer was voided."),
        (ANA._replace(comment=" "), "The comment was taken back."),
    ):
        assert told(gone)[1:] == [said]


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_the_longest(locale: str) -> None:
    long = ANA._replace(account_name=LONGEST, who=LONGEST, comment=LONGEST * 30, segment=LONGEST)
    card = verbatim_card(long, ABOUT, translator(locale))
    assert check(card.blocks) == []
    assert "<!channel>" not in str(card.blocks)
