from dataclasses import replace
from datetime import date

import pytest

from commands.core.arguments import Arguments, render
from commands.core.filters import Choices, Filter, Names
from commands.core.period_words import period_of
from commands.core.reply import Block
from commands.ui.blocks import check
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.text import LOCALES, translator
from metrics.periods import month_of
from metrics.types import BookFilter
from tests.commands.ui.cards.answers import ALONE, NASTY, OCTOBER, SHARED, TODAY

PERIODS = tuple(
    (words, period) for words in ("this month", "last month", "12m") if (period := period_of(words, TODAY)) is not None
)
CHOICES = Choices(PERIODS, Names(("mid", "smb")), Names(("ana@x.com", "bo@x.com")), Names(("Pro",)), ("USD", "EUR"))


def menus(asked: Arguments, choices: Choices = CHOICES, locale: str = "en", question: str | None = None) -> list[Block]:
    where = replace(ALONE, choices=choices)
    blocks = filter_menus("mrr", question or render(asked), asked, where, translator(locale, strict=True))
    assert check(blocks) == []
    return [menu for block in blocks for menu in block["elements"]]


def chosen(menu: Block) -> str | None:
    return menu["initial_option"]["text"]["text"] if "initial_option" in menu else None


def labels(menu: Block) -> list[str]:
    groups = menu.get("option_groups", [{"options": menu.get("options", [])}])
    return [line["text"]["text"] for group in groups for line in group["options"]]


def test_each_menu_shows_what_the_card_is_about() -> None:
    found = menus(Arguments(OCTOBER, BookFilter("smb", "bo@x.com"), "EUR"))
    assert [chosen(menu) for menu in found] == ["October 2026", "smb", "bo@x.com", "EUR · Euro"]
    assert [menu["action_id"] for menu in found] == ["mrr.filter", "mrr.filter#2", "mrr.filter#3", "mrr.filter#4"]


def test_without_a_filter_it_says_all() -> None:
    found = menus(Arguments(OCTOBER))
    assert [chosen(menu) for menu in found] == ["October 2026", "All segments", "All CSMs", None]
    assert found[3]["placeholder"]["text"] == "Currency · Plan"
    assert labels(found[3]) == ["USD · US Dollar", "EUR · Euro", "All plans", "Pro"]


def test_plan_and_currency_are_both_shown_where_both_are_chosen() -> None:
    menu = menus(Arguments(OCTOBER, BookFilter(plan="Pro"), "EUR"))[3]
    assert (chosen(menu), menu["placeholder"]["text"]) == (None, "EUR · Pro")


def test_a_period_that_is_none_of_the_usual_comes_first() -> None:
    menu = menus(Arguments(month_of(date(2025, 5, 1))))[0]
    assert (chosen(menu), labels(menu)) == (
        "May 2025",
        ["May 2025", "November 2026", "October 2026", "12 months to October 2026"],
    )
    assert menu["options"][2]["description"]["text"] == "last month"


def test_what_cannot_be_chosen_has_no_menu() -> None:
    assert len(menus(Arguments(OCTOBER), Choices(PERIODS, currencies=("USD",)))) == 1
    assert menus(Arguments(OCTOBER), Choices()) == []
    assert filter_menus("mrr", "", Arguments(OCTOBER), ALONE, translator("en")) == ()


def test_what_every_question_names_has_no_line_for_all() -> None:
    found = menus(
        Arguments(OCTOBER, BookFilter(csm_email="bo@x.com")), CHOICES._replace(needed=frozenset({Filter.CSM}))
    )
    assert labels(found[2]) == ["ana@x.com", "bo@x.com"]


def test_a_shared_card_has_them_too() -> None:
    where = replace(SHARED, choices=CHOICES)
    assert filter_menus("mrr", "2026-10", Arguments(OCTOBER), where, translator("en"))


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_a_hundred_lines_of_the_longest_names(locale: str) -> None:
    long = Names(tuple(f"{number}{NASTY}"[:100] for number in range(99)), cut=True)
    choices = Choices(PERIODS, long, long, long, ("USD", *(f"X{number:02}" for number in range(99))))
    found = menus(Arguments(OCTOBER, BookFilter("not among them")), choices, locale, question="2026-10")
    assert [len(labels(menu)) for menu in found[:3]] == [3, 100, 100]
    assert chosen(found[1]) == "not among them"
    assert found[1]["option_groups"][0]["label"]["text"]


def test_a_name_too_long_for_a_line_is_left_out_and_too_long_a_question_has_no_menus() -> None:
    assert labels(menus(Arguments(OCTOBER), CHOICES._replace(segments=Names(("a" * 150, "b"))))[1]) == [
        "All segments",
        "b",
    ]
    assert menus(Arguments(OCTOBER, BookFilter("a" * 100, "b" * 300))) == []
