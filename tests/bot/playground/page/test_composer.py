"""Typing: completion of slash commands, sending, what was sent before, and what happens when the app fails."""

import pytest
from playwright.sync_api import expect

from bot.playground.double import SlackDouble
from tests.bot.playground.page.conftest import Keep, OpenPage
from tests.bot.playground.page.tiny_app import TinyApp
from tests.bot.playground.page.workspace import ANA, CUSTOMER, OLGA

pytestmark = pytest.mark.browser
CHANNEL = "C0CS"


def test_a_slash_opens_the_commands_and_the_keyboard_takes_one(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    page = open_page()
    field = page.locator(".main .composer-field")
    expect(field).to_be_focused()
    page.keyboard.type("/")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    expect(options).to_have_count(4)
    expect(options.first).to_contain_text("An account's health, and why")
    keep(page, "completion-light-1280")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(field).to_have_value("/churn ")
    expect(page.locator(".main .completion")).to_contain_text("[period] [segment]")
    page.keyboard.type("q3")
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(page.locator(".main .pending")).to_be_empty()
    assert (app.last("/churn")["text"], app.last("/churn")["user_id"]) == ("q3", ANA)


def test_enter_completes_a_beginning_and_escape_puts_the_list_away(open_page: OpenPage) -> None:
    page = open_page()
    field, completion = page.locator(".main .composer-field"), page.locator(".main .completion")
    page.keyboard.type("/hea")
    expect(completion.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(completion).to_be_hidden()
    page.keyboard.type("l")
    page.keyboard.press("Enter")
    expect(field).to_have_value("/health ")


def test_a_click_takes_a_command(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.type("/m")
    page.get_by_role("option", name="/mrr").click()
    expect(page.locator(".main .composer-field")).to_have_value("/mrr ")


def test_enter_sends_and_shift_enter_makes_a_line(open_page: OpenPage, slack: SlackDouble) -> None:
    page = open_page(channel=CHANNEL)
    page.keyboard.type("first")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("second")
    assert slack.messages(CHANNEL, viewer=ANA)[-1].text == "first\nsecond"


def test_the_arrow_up_brings_back_what_was_sent(open_page: OpenPage) -> None:
    page = open_page(channel=CHANNEL)
    field = page.locator(".main .composer-field")
    for text in ("one", "two"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(".message", has_text=text)).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("two")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("one")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value("")


def test_an_empty_conversation_with_the_bot_says_what_to_try(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    page = open_page()
    expect(page.locator(".try-chip")).to_have_text(["/health acme", "/churn", "/mrr", "/latido"])
    keep(page, "start-light-1280")
    app.on["/health"] = lambda said: {"text": f"You asked for {said['text']}"}
    page.get_by_role("button", name="/health acme").click()
    expect(page.locator(".ephemeral")).to_contain_text("You asked for acme")
    expect(page.locator(".try-chip")).to_have_count(0)


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (ANA, "/health failed because the app did not respond."),
        (OLGA, "Команда /health не выполнена: приложение не ответило."),
    ],
)
def test_a_command_that_fails_is_told_and_given_back(open_page: OpenPage, app: TinyApp, user: str, words: str) -> None:
    app.on["/health"] = lambda _: 500
    page = open_page(user, CHANNEL)
    page.locator(".main .composer-field").fill("/health acme")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(words)
    expect(page.locator(".main .composer-field")).to_have_value("/health acme")


def test_people_from_outside_are_told_there_is_no_such_command(open_page: OpenPage) -> None:
    page = open_page(CUSTOMER, "C0ACME")
    page.locator(".main .composer-field").fill("/health acme")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("/health is not a valid command")


def test_a_draft_stays_where_it_was_written(open_page: OpenPage) -> None:
    page = open_page(channel=CHANNEL)
    page.keyboard.type("unfinished")
    page.locator(".room", has_text="board").click()
    expect(page.locator(".main .composer-field")).to_have_value("")
    page.locator(".room", has_text="customer-success").click()
    expect(page.locator(".main .composer-field")).to_have_value("unfinished")
