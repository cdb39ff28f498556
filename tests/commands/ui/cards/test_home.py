import json
from datetime import date

import pytest

from commands.core.spec import ASK
from commands.ui.blocks import check_view
from commands.ui.cards.home import MOST_ACCOUNTS, Home, closed_home, home_view
from commands.ui.text import LOCALES, translator
from metrics.types import Account, Band, HealthPoint, Sentence

TODAY = date(2026, 11, 23)


def account(number: int, name: str | None = None) -> Account:
    return Account(number, f"a-{number}", name or f"Account {number}", *[None] * 8)


def point(score: int | None, band: Band | None) -> HealthPoint:
    return HealthPoint(TODAY, score, band, 1000, {})


def full() -> Home:
    many = [(account(n, "*<!channel>* & " + "long " * 50), point(50, Band.AVERAGE)) for n in range(40)]
    return Home(TODAY, many, [f"/health {'x' * 100}" for _ in range(5)])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "home", [Home(TODAY), Home(TODAY, knows_reader=False), full()], ids=["none", "unknown", "full"]
)
def test_slack_takes_it_in_every_language(locale: str, home: Home) -> None:
    assert not list(check_view(home_view(home, translator(locale))))


def test_the_worst_come_first_and_those_without_a_score_last() -> None:
    accounts = [
        (account(1, "Well"), point(90, Band.GOOD)),
        (account(2, "Unknown"), None),
        (account(3, "Silent"), point(None, None)),
        (account(4, "Ill"), point(20, Band.POOR)),
    ]
    shown = home_view(Home(TODAY, accounts), translator("en"))["blocks"]
    texts = [block["text"]["text"] for block in shown if block.get("block_id", "").startswith("account")]
    assert [text.split("*")[1] for text in texts] == ["Ill", "Well", "Silent", "Unknown"]


def test_an_account_opens_its_health() -> None:
    shown = home_view(Home(TODAY, [(account(7), None)]), translator("en"))["blocks"]
    button = next(block["accessory"] for block in shown if "accessory" in block)
    assert (button["action_id"], button["value"]) == (ASK, "/health a-7")


def test_how_many_more_there_are_is_said() -> None:
    text = json.dumps(home_view(full(), translator("en")))
    assert f"{40 - MOST_ACCOUNTS} more accounts of yours" in text


def test_whoever_may_see_nothing_reads_why() -> None:
    view = closed_home(Sentence("Not for you."), translator("en"))
    assert view["blocks"][0]["text"]["text"] == "Not for you."
