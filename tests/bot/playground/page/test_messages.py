"""What the page makes of messages: every kind of block, nothing executed, nothing lost."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import bot.playground
from bot.playground.double import SlackDouble
from tests.bot.playground.page.block_samples import ATTACK, EVERY_BLOCK, Json, attacks, health_card
from tests.bot.playground.page.conftest import PHONE, Keep, OpenPage
from tests.bot.playground.page.picture import HEIGHT, WIDTH, picture
from tests.bot.playground.page.tiny_app import TinyApp
from tests.bot.playground.page.workspace import ANA, MARTA, OLGA

pytestmark = pytest.mark.browser
CHANNEL = "C0CS"
WIDER = "(nodes, width) => nodes.filter(n => n.getBoundingClientRect().right > width + 1).map(n => n.className)"
LOWER = (
    "(nodes, px) => nodes.filter(n => n.offsetParent && n.getBoundingClientRect().height < px).map(n => n.className)"
)
PAGE = Path(bot.playground.__file__).parent / "page"


def showing(*messages: Json) -> Callable[[Page], None]:
    """Let the page be given these messages, whatever Slack would think of them."""
    base = {
        "user": "U0LATIDO",
        "text": "",
        "blocks": [],
        "ephemeral": False,
        "thread_ts": None,
        "reply_count": 0,
        "edited": False,
    }
    full = [
        {**base, "ts": f"1795000000.{n:06d}", "time": "2026-11-18T10:00:00+00:00", **given}
        for n, given in enumerate(messages)
    ]
    for message in full:
        message["blocks"] = [{"block_id": f"b{n}", **block} for n, block in enumerate(message["blocks"])]

    def route(page: Page) -> None:
        page.route("**/page/conversation?*", lambda asked: asked.fulfill(json={"messages": full}))

    return route


def upload(app: TinyApp, name: str, content: bytes, **more: Any) -> str:
    return str(app.client.files_upload_v2(filename=name, content=content, title=name, **more)["files"][0]["id"])


def test_every_kind_of_block_is_drawn_and_an_unknown_one_is_said(open_page: OpenPage, keep: Keep) -> None:
    page = open_page(channel=CHANNEL, before=showing({"blocks": EVERY_BLOCK, "edited": True}), size=(1280, 1700))
    card = page.locator(".message")
    expect(card.locator("h3.header-block")).to_contain_text("Every kind of block")
    expect(card.locator(".section").first.locator("strong").first).to_have_text("bold")
    assert card.locator(".section em").first.inner_text() == "italic"
    assert card.locator(".section s").first.inner_text() == "struck"
    assert card.locator(".section code").first.inner_text() == "code <b>"
    assert card.locator(".section em strong, .section strong em").inner_text() == "both"
    text = card.locator(".section").first.inner_text()
    assert "snake_case_stays and 2*3*4" in text
    assert "<not a tag> &amp;" in text
    assert ":no_such_emoji:" in text
    assert card.locator(".section blockquote").inner_text() == "quoted words\non two lines"
    assert card.locator(".section pre").inner_text() == "let x = 1 < 2;\n  indented *not bold*"
    assert card.get_by_role("link", name="a link").get_attribute("href") == "https://example.org/a?b=1&c=2"
    assert card.get_by_role("link", name="https://example.org/bare").get_attribute("href") == "https://example.org/bare"
    assert card.locator(".section .mention").all_inner_texts() == ["#customer-success", "@Ana Ruiz", "@here"]
    assert card.locator(".list-line").count() == 3
    left, right = (field.bounding_box() for field in card.locator(".field").all())
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    expect(card.locator(".context")).to_contain_text("a context line")
    expect(card.locator(".rich-text ol li")).to_have_count(2)
    expect(card.locator("table tbody tr")).to_have_count(2)
    expect(card.locator("th").nth(1)).to_have_css("text-align", "right")
    for kind in ("Segment", "Person", "Several", "Account"):
        expect(card.get_by_text(kind, exact=True).last).to_be_visible()
    expect(card.locator("input[type=date]")).to_have_value("2026-11-23")
    expect(card.locator("input[type=radio]")).to_have_count(3)
    expect(card.locator(".notice")).to_have_text("This playground does not draw “video” blocks; Slack does.")
    expect(card.locator(".edited")).to_have_text("(edited)")
    keep(page, "every-block-light-1280")


def test_markup_in_any_text_stays_text(open_page: OpenPage) -> None:
    messages = {"blocks": attacks(), "text": ATTACK, "user": "U0ANA"}
    page = open_page(
        channel=CHANNEL,
        before=showing(messages, {"text": f"{ATTACK} *{ATTACK}* > {ATTACK}"}, {"text": f"```{ATTACK}", "user": ATTACK}),
    )
    expect(page.locator(".message").first).to_contain_text("<img src=x onerror")
    assert page.locator(".message script, .message [onerror], .message [onload]").count() == 0
    assert page.locator("a[href^='javascript'], [src^='javascript']").count() == 0
    assert page.locator(".message h3").inner_text() == ATTACK
    assert "owned" not in page.title()


def test_defused_marks_and_verbatim_links_stay_as_they_are(open_page: OpenPage) -> None:
    zero = "\u200b"
    text = f"a {zero}*{zero}not bold{zero}*{zero} {zero}:{zero}tada{zero}:{zero} https://a.example.org"
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    page = open_page(channel=CHANNEL, before=showing({"blocks": [block]}))
    expect(page.locator(".section")).to_contain_text("not bold")
    assert page.locator(".section strong, .section .emoji, .section a").count() == 0


def test_an_answer_comes_in_live_and_its_picture_keeps_the_newest_line_in_sight(
    open_page: OpenPage, app: TinyApp, slack: SlackDouble, keep: Keep
) -> None:
    page = open_page(channel=CHANNEL)
    chart = upload(app, "acme.png", picture())
    slack.say(OLGA, CHANNEL, "How is *Acme*?")
    app.post(CHANNEL, health_card(chart))
    expect(page.locator(".message")).to_have_count(2)
    expect(page.locator(".from-bot .app-badge")).to_have_text("APP")
    frame = page.locator(".image-frame:not(.loading)")
    box = frame.bounding_box()
    assert box
    assert box["width"] / box["height"] == pytest.approx(WIDTH / HEIGHT, abs=0.02)
    expect(page.get_by_role("button", name="Share here")).to_be_in_viewport()
    expect(page.get_by_role("img", name="Score from 61 to 72")).to_be_visible()
    keep(page, "health-card-light-1280")


def test_reading_older_messages_is_not_disturbed_by_new_ones(open_page: OpenPage, slack: SlackDouble) -> None:
    for number in range(40):
        slack.say(ANA, CHANNEL, f"line {number}")
    page = open_page(channel=CHANNEL)
    scroller = page.locator(".main .scroller")
    expect(page.get_by_text("line 39")).to_be_in_viewport()
    scroller.evaluate("node => { node.scrollTop = 0 }")
    expect(page.get_by_text("line 0", exact=True)).to_be_in_viewport()
    slack.say(OLGA, CHANNEL, "the newest")
    jump = page.get_by_role("button", name="New messages")
    expect(jump).to_be_visible()
    assert scroller.evaluate("node => node.scrollTop") == 0
    jump.click()
    expect(page.get_by_text("the newest")).to_be_in_viewport()
    expect(jump).to_be_hidden()


def test_an_ephemeral_answer_is_marked_and_seen_by_nobody_else(open_page: OpenPage, app: TinyApp) -> None:
    mine, hers = open_page(ANA, CHANNEL), open_page(OLGA, CHANNEL)
    app.client.chat_postEphemeral(channel=CHANNEL, user=ANA, text="just for Ana")
    app.client.chat_postMessage(channel=CHANNEL, text="for all")
    expect(mine.locator(".ephemeral")).to_contain_text("Only visible to you")
    expect(hers.get_by_text("for all")).to_be_visible()
    expect(hers.get_by_text("just for Ana")).to_have_count(0)


def test_a_thread_opens_beside_the_conversation_and_takes_replies(
    open_page: OpenPage, app: TinyApp, slack: SlackDouble
) -> None:
    ts = app.post(CHANNEL, [{"type": "header", "text": {"type": "plain_text", "text": "The digest"}}])
    app.client.chat_postMessage(channel=CHANNEL, text="the details", thread_ts=ts)
    page = open_page(channel=CHANNEL)
    page.get_by_role("button", name="1 reply").click()
    panel = page.locator(".thread")
    expect(panel.get_by_text("the details")).to_be_visible()
    expect(panel.locator(".composer-field")).to_be_focused()
    panel.locator(".composer-field").fill("thanks")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("thanks")).to_be_visible()
    assert slack.messages(CHANNEL, viewer=ANA)[-1].thread_ts == ts
    expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_a_commands_line_in_a_thread_is_refused_in_slacks_words(open_page: OpenPage, app: TinyApp) -> None:
    ts = app.post(CHANNEL, [{"type": "divider"}])
    page = open_page(channel=CHANNEL, more=f"&thread={ts}")
    page.locator(".thread .composer-field").fill("/health acme")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("/health is not supported in threads. Sorry!")


def test_a_file_can_be_taken_home(open_page: OpenPage, app: TinyApp) -> None:
    upload(app, "accounts.csv", b"account,mrr\n", channel=CHANNEL)
    page = open_page(channel=CHANNEL)
    with page.expect_download() as download:
        page.locator(".file-card").click()
    assert download.value.suggested_filename == "accounts.csv"


@pytest.mark.parametrize("width", [390, 360])
def test_nothing_scrolls_sideways_on_a_phone(open_page: OpenPage, width: int, keep: Keep) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "https://example.org/" + "a" * 300 + " " + "Ж" * 200}}
    page = open_page(
        channel=CHANNEL,
        before=showing({"blocks": [*EVERY_BLOCK, long]}, {"text": "W" * 400}),
        size=(width, PHONE[1]),
        touch=True,
    )
    expect(page.locator(".message")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    parts = page.locator(".frame > *, .block, .composer, .channel-head")
    assert parts.evaluate_all(WIDER, width) == []
    targets = page.locator(".message .button, .message .picker-trigger, .channel-head button, .send-button")
    assert targets.evaluate_all(LOWER, 40) == []
    keep(page, f"every-block-light-{width}")


def test_a_phone_shows_the_card_and_goes_to_the_list_and_back(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    chart = upload(app, "acme.png", picture())
    app.post(CHANNEL, health_card(chart))
    page = open_page(channel=CHANNEL, size=PHONE, touch=True, theme="dark")
    expect(page.locator(".image-frame:not(.loading)")).to_be_visible()
    keep(page, "health-card-dark-390")
    page.get_by_role("button", name="Open the list of conversations").click()
    keep(page, "sidebar-dark-390")
    page.locator(".sidebar").get_by_role("button", name="board").click()
    expect(page.locator(".sidebar")).to_be_hidden()
    expect(page.locator(".main h1")).to_contain_text("board")


def test_unread_messages_elsewhere_are_counted(open_page: OpenPage, slack: SlackDouble) -> None:
    page = open_page(ANA, CHANNEL)
    slack.say(OLGA, "C0BOARD", "see the numbers")
    board = page.locator(".room", has_text="board")
    expect(board.locator(".count")).to_have_text("1")
    board.click()
    expect(page.get_by_text("see the numbers")).to_be_visible()
    expect(board.locator(".count")).to_have_count(0)


def test_the_pages_own_words_are_in_the_persons_language(open_page: OpenPage) -> None:
    russian, spanish = open_page(OLGA, CHANNEL), open_page(MARTA, CHANNEL)
    expect(russian.locator(".composer-field").first).to_have_attribute("placeholder", "Сообщение для #customer-success")
    expect(spanish.locator(".composer-field").first).to_have_attribute("placeholder", "Mensaje para #customer-success")
    assert russian.locator("html").get_attribute("lang") == "ru"


def test_every_word_of_the_page_is_there_in_three_languages(open_page: OpenPage) -> None:
    page = open_page(channel=CHANNEL)
    tables = page.evaluate("import('/page/static/strings.js').then(module => module.TABLES)")
    source = "\n".join(path.read_text("utf-8") for path in PAGE.glob("*.js"))
    used = set(re.findall(r"""\bt\("(\w+)\"""", source))
    assert set(tables) == {"en", "es", "ru"}
    assert tables["en"].keys() == tables["es"].keys() == tables["ru"].keys()
    assert used <= tables["en"].keys()
    for key, english in tables["en"].items():
        for other in (tables["es"][key], tables["ru"][key]):
            assert placeholders(other) == placeholders(english), key


def placeholders(text: str | dict[str, str]) -> set[str]:
    return set(re.findall(r"\{\w+\}", text if isinstance(text, str) else " ".join(text.values())))


def test_the_page_builds_no_html_from_strings() -> None:
    for path in PAGE.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", path.read_text("utf-8"))
