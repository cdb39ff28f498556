"""A tour of the demo as a newcomer takes it: the real bot, the example company, a real browser."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.playground.page.touring import Visit, demo_running, visits

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TIMEOUT = 30_000
"""Milliseconds; a picture is drawn by a process that starts with the first one."""


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    with demo_running(lambda: NOW) as address:
        yield address


@pytest.fixture
def visit(demo: str, browser: Browser) -> Iterator[Visit]:
    with visits(demo, browser, TIMEOUT) as visited:
        yield visited


def say(page: Page, text: str) -> None:
    field = page.locator("textarea:visible").first
    field.fill(text)
    field.press("Escape")  # put the completion away
    field.press("Enter")


def answer(page: Page, start: str) -> None:
    expect(page.get_by_role("article").filter(has_text=start).last).to_be_visible(timeout=TIMEOUT)


def picture(page: Page) -> None:
    shown = page.locator("img[alt]").last
    expect(shown).to_be_visible(timeout=TIMEOUT)
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300


@pytest.mark.parametrize(
    ("user", "health", "churn"),
    [("U0MAYA", "Acme Corp · ", "Logo churn"), ("U0ANA", "Acme Corp · ", None), ("U0IRINA", "Acme Corp · ", None)],
    ids=["en", "es", "ru"],
)
def test_the_three_commands_answer_with_words_and_a_picture(
    visit: Callable[..., Page], keep: Callable[[Page, str], Path], user: str, health: str, churn: str | None
) -> None:
    page = visit(user)
    for command, start in (("/health acme", health), ("/churn", churn), ("/mrr", "MRR ")):
        say(page, command)
        if start:
            answer(page, start)
        picture(page)
        keep(page, f"demo-{user}-{command[1:4]}")


def test_a_figure_explains_itself_down_to_the_accounts(
    visit: Callable[..., Page], keep: Callable[[Page, str], Path]
) -> None:
    page = visit("U0MAYA")
    say(page, "/mrr")
    page.get_by_role("button", name="How is this computed?").last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Net revenue retention").first).to_be_visible()
    expect(dialog.get_by_text("Juniper Bank").first).to_be_visible()
    keep(page, "demo-explained")
    dialog.get_by_role("button", name="Accounts").first.click()
    expect(dialog.last.get_by_text("without it").first).to_be_visible()
    keep(page, "demo-accounts")
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Net revenue retention").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_an_answer_is_private_until_it_is_shared(visit: Callable[..., Page], keep: Callable[[Page, str], Path]) -> None:
    maya, ben = visit("U0MAYA", "C0SUCCESS"), visit("U0BEN", "C0SUCCESS")
    say(maya, "/health delphi")
    answer(maya, "Delphi Health · ")
    expect(ben.get_by_text("Delphi Health · ")).to_have_count(0)
    maya.get_by_role("button", name="Share here").last.click()
    answer(ben, "Delphi Health · ")
    picture(ben)
    keep(ben, "demo-shared")


def test_nothing_internal_is_said_where_a_customer_reads_along(visit: Callable[..., Page]) -> None:
    maya, priya = visit("U0MAYA", "C0ACME"), visit("U0PRIYA", "C0ACME")
    say(maya, "/health acme")
    answer(maya, "Ask me in a direct message")
    expect(maya.get_by_text("Acme Corp · ")).to_have_count(0)
    say(priya, "/health acme")
    expect(priya.get_by_text("not a valid command")).to_be_visible()


def test_a_guest_is_refused_kindly(visit: Callable[..., Page]) -> None:
    page = visit("U0GIL", "C0GENERAL")
    say(page, "/mrr")
    expect(page.get_by_text("Only visible to you").last).to_be_visible()
    expect(page.get_by_role("article").filter(has_text="MRR")).to_have_count(0)


def test_a_name_that_means_several_accounts_is_asked_back(visit: Callable[..., Page]) -> None:
    page = visit("U0MAYA")
    say(page, "/health glob")
    page.get_by_role("button", name="Globex Iberia").last.click()
    answer(page, "Globex Iberia · ")


def test_the_home_tab_lists_ones_own_accounts(visit: Callable[..., Page], keep: Callable[[Page, str], Path]) -> None:
    page = visit("U0BEN")
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tabpanel").get_by_text("Cobalt Logistics")).to_be_visible()
    keep(page, "demo-home")


def test_it_works_on_a_phone(visit: Callable[..., Page], keep: Callable[[Page, str], Path]) -> None:
    page = visit("U0MAYA", size=(390, 844))
    say(page, "/health helios")
    answer(page, "Helios Energy · ")
    picture(page)
    keep(page, "demo-phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
