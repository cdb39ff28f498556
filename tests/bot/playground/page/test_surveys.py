"""A survey from the question to the alert, as those see it who answer, who asked and who looks after the customer."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.playground.page.touring import Visit, demo_running, visits

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TIMEOUT = 45_000
"""Milliseconds; what is unasked is looked for every few seconds."""
BEGAN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RUSH = 6
"""So many times faster the demo's time goes: its questions come a minute after its start."""
PHONE = (360, 800)
ROOMS = re.compile("Open the list of conversations|Открыть список бесед")


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    zero = monotonic()
    with demo_running(lambda: BEGAN + RUSH * timedelta(seconds=monotonic() - zero)) as address:
        yield address


@pytest.fixture
def visit(demo: str, browser: Browser) -> Iterator[Visit]:
    with visits(demo, browser, TIMEOUT) as visited:
        yield visited


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def to_the_bot(page: Page) -> None:
    """The direct messages, which begin with its first question: until then the page shows a shared channel."""
    page.get_by_role("button", name=ROOMS).click()
    page.get_by_role("button", name="Latido").last.click()


def said(page: Page, *words: str) -> None:
    """Somewhere on the page one message says all of it."""
    found = page.get_by_role("article")
    for word in words:
        found = found.filter(has_text=word)
    expect(found.last).to_be_visible(timeout=TIMEOUT)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_an_answer_is_followed_by_its_card_and_by_a_task(
    visit: Callable[..., Page], keep: Callable[[Page, str], Path]
) -> None:
    ana = visit("U0ANA")
    said(ana, "Encuesta: NPS", "0 de 4")
    priya = visit("U0PRIYA", size=PHONE)
    to_the_bot(priya)
    said(priya, "How likely are you to recommend Faro")
    keep(priya, "survey-question")
    press(priya, "3")
    said(priya, "3 out of 10")
    assert fits(priya)

    success = visit("U0ANA", "C0SUCCESS")
    said(success, "Priya Shah: NPS 3 of 10", "MRR $")

    press(priya, "Add a comment")
    dialog = priya.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Exports are too slow")
    keep(priya, "survey-comment")
    press(priya, "Send")
    expect(dialog.get_by_text("Thank you!")).to_be_visible()
    press(priya, "Close")
    said(priya, "3 out of 10", "Exports are too slow")
    said(success, "Priya Shah: NPS 3 of 10", "“Exports are too slow”")
    keep(success, "survey-alert")
    said(ana, "Encuesta: NPS", "1 de 4")
    keep(ana, "survey-followed")

    press(success, "Draft a reply")
    expect(success.get_by_role("dialog").get_by_role("textbox")).to_have_value(re.compile("^Hello Priya,"))
    keep(success, "survey-draft")
    success.keyboard.press("Escape")
    press(success, "Take it")
    said(success, "Priya Shah: NPS 3 of 10", "taken by")

    press(priya, "Change the answer")
    dialog.locator(".picker-trigger").click()
    priya.locator(":popover-open").get_by_role("option", name="9", exact=True).click()
    press(priya, "Send")
    said(priya, "9 out of 10")
    said(success, "Priya Shah", "recovered")


def test_what_one_says_in_a_shared_channel_is_not_shown_to_the_others(
    visit: Callable[..., Page], keep: Callable[[Page, str], Path]
) -> None:
    nuria, jorge = visit("U0NURIA", "C0IBERIA", PHONE), visit("U0JORGE", "C0IBERIA")
    said(nuria, "satisfecho")
    press(nuria, "5")
    said(nuria, "5 de 5")
    keep(nuria, "survey-shared")
    said(jorge, "satisfecho")
    expect(jorge.get_by_text("5 de 5")).to_have_count(0)


def test_one_tap_ends_the_questions_and_one_takes_it_back(visit: Callable[..., Page]) -> None:
    page = visit("U0DARYA", size=PHONE)
    to_the_bot(page)
    press(page, "Больше не спрашивать")
    press(page, "Всё-таки можно спрашивать")
    said(page, "порекомендуете")
    expect(page.get_by_role("button", name="10", exact=True)).to_be_visible()
