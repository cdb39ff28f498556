import json
from datetime import date
from fractions import Fraction

import pytest

from commands.core.reply import Reply
from commands.core.spec import ASK
from commands.ui.blocks import check_view
from commands.ui.cards.home import MOST_ACCOUNTS, Example, Home, closed_home, home_view
from commands.ui.text import LOCALES, translator
from metrics.types import Account, Band, HealthScore

TODAY = date(2026, 11, 23)


def account(number: int, name: str | None = None) -> Account:
    return Account(number, f"a-{number}", name or f"Account {number}", *[None] * 8)


def scored(score: int | None = None, band: Band | None = None) -> HealthScore:
    return HealthScore(score, band, Fraction(1), ())


def full() -> Home:
    many = [(account(n, "*<!channel>* & " + "long " * 50), scored(50, Band.AVERAGE)) for n in range(40)]
    return Home(TODAY, many, [Example(f"/cs-health {'x' * 100}", f"/health {'x' * 100}") for _ in range(5)])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "home", [Home(TODAY), Home(TODAY, knows_reader=False), full()], ids=["none", "unknown", "full"]
)
def test_slack_takes_it_in_every_language(locale: str, home: Home) -> None:
    assert not list(check_view(home_view(home, translator(locale))))


def test_the_worst_come_first_and_those_without_a_score_last() -> None:
    accounts = [
        (account(1, "Well"), scored(90, Band.GOOD)),
        (account(3, "Silent"), scored()),
        (account(4, "Ill"), scored(20, Band.POOR)),
    ]
    shown = home_view(Home(TODAY, accounts), translator("en"))["blocks"]
    texts = [block["text"]["text"] for block in shown if block.get("block_id", "").startswith("account")]
    assert [text.split("*")[1] for text in texts] == ["Ill", "Well", "Silent"]


def test_an_account_opens_its_health() -> None:
    shown = home_view(Home(TODAY, [(account(7), scored())]), translator("en"))["blocks"]
    button = next(block["accessory"] for block in shown if "accessory" in block)
    assert (button["action_id"], button["value"]) == (ASK, "/health a-7")


def test_a_button_shows_the_prefix_and_asks_without_it() -> None:
    shown = home_view(Home(TODAY, to_try=[Example("/cs-churn", "/churn")]), translator("en"))["blocks"]
    button = next(block["elements"][0] for block in shown if block["type"] == "actions")
    assert (button["text"]["text"], button["value"]) == ("/cs-churn", "/churn")


def test_how_many_more_there_are_is_said() -> None:
    text = json.dumps(home_view(full(), translator("en")))
    assert f"{40 - MOST_ACCOUNTS} more accounts of yours" in text


def test_whoever_may_see_nothing_reads_why() -> None:
    view = closed_home(Reply("Not for you."))
    assert view["blocks"][0]["text"]["text"] == "Not for you."
