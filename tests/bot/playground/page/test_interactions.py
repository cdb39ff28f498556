"""Buttons, menus, modals, Home, faults, who one is: what a click tells the app."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bot.playground.double import SlackDouble
from tests.bot.playground.page.block_samples import FORM, HEALTH_FOOT, MENUS, SEGMENTS, Json, button, plain, section
from tests.bot.playground.page.conftest import PHONE, Keep, OpenPage
from tests.bot.playground.page.tiny_app import TinyApp
from tests.bot.playground.page.workspace import ANA, CUSTOMER, GUEST, MARTA, OLGA

pytestmark = pytest.mark.browser
CHANNEL = "C0CS"


def pressed(app: TinyApp) -> Json:
    """The last action the app heard of."""
    return dict(app.last("block_actions")["actions"][0])


def test_a_button_tells_the_app_what_it_carries(open_page: OpenPage, app: TinyApp) -> None:
    ts = app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    with page.expect_request("**/page/action") as asked, page.expect_response("**/page/action") as answered:
        page.get_by_role("button", name="Share here").click()
    sent = dict(asked.value.post_data_json or {})
    assert answered.value.json() == {"ok": True}
    assert {name: sent[name] for name in ("as", "channel", "ts", "block_id", "action_id", "value")} == {
        "as": ANA, "channel": CHANNEL, "ts": ts, "block_id": "card", "action_id": "health.share", "value": "acme",
    }  # fmt: skip
    assert pressed(app)["action_id"] == "health.share"
    assert app.last("block_actions")["user"]["id"] == ANA


def test_a_button_that_asks_first_acts_only_when_confirmed(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    lost = page.get_by_role("button", name="Mark as lost")
    lost.click()
    dialog = page.get_by_role("alertdialog", name="Mark as lost?")
    expect(dialog).to_contain_text("Acme Corp leaves the book")
    keep(page, "confirm-light-1280")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(lost).to_be_focused()
    assert app.deliveries == []
    lost.click()
    with page.expect_response("**/page/action"):
        dialog.get_by_role("button", name="Mark as lost").click()
    assert pressed(app)["action_id"] == "health.lost"


def test_a_button_is_busy_until_the_app_has_answered_and_a_failure_is_told(
    open_page: OpenPage, app: TinyApp, slack: SlackDouble
) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    app.on["block_actions"] = lambda _: 500
    page = open_page(channel=CHANNEL)
    held: list[Route] = []
    page.route("**/page/action", lambda asked: held.append(asked))
    why = page.get_by_role("button", name="How is this computed?")
    why.click()
    expect(why).to_have_attribute("aria-busy", "true")
    why.click(force=True)
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".toast")).to_contain_text("The app did not respond. Try again.")
    expect(why).not_to_have_attribute("aria-busy", "true")


def test_the_overflow_menu_works_by_keyboard(open_page: OpenPage, app: TinyApp) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    page.get_by_role("button", name="More actions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Open the account")).to_be_focused()
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/page/action"):
        page.keyboard.press("Enter")
    assert pressed(app)["selected_option"]["value"] == "csv"


def test_menus_report_what_was_chosen(open_page: OpenPage) -> None:
    blocks = [{"block_id": f"b{n}", **block} for n, block in enumerate(MENUS)]
    message = {
        "ts": "1.1",
        "user": "U0LATIDO",
        "text": "",
        "blocks": blocks,
        "ephemeral": False,
        "reply_count": 0,
        "edited": False,
        "time": "2026-11-18T10:00:00+00:00",
    }
    sent: list[Json] = []

    def before(page: Page) -> None:
        page.route("**/page/conversation?*", lambda asked: asked.fulfill(json={"messages": [message]}))
        page.route("**/page/action", act)
        page.route("**/page/options", offer)

    def act(asked: Route) -> None:
        sent.append(dict(asked.request.post_data_json or {}))
        asked.fulfill(json={"ok": True})

    def offer(asked: Route) -> None:
        typed = dict(asked.request.post_data_json or {})["value"]
        asked.fulfill(json={"ok": True, "options": [each for each in SEGMENTS if each["value"] == typed]})

    page = open_page(channel=CHANNEL, before=before)
    pick(page, "Segment", "ent", "Enterprise")
    pick(page, "Person", "marta", "Marta Gil")
    pick(page, "Account", "mid", "Mid-market")
    page.get_by_role("button", name="Several").click()
    for name in ("Enterprise", "Small business"):
        page.locator(":popover-open").get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    page.locator("input[type=date]").fill("2026-12-01")
    page.get_by_label("Mid-market").first.check()
    expect(page.get_by_label("Mid-market").first).to_be_checked()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    chosen = {each["action_id"]: each for each in sent}
    assert chosen["pick.segment"]["selected_option"] == SEGMENTS[0]
    assert chosen["pick.person"]["selected_user"] == MARTA
    assert chosen["pick.account"]["selected_option"]["value"] == "mid"
    assert [each["value"] for each in chosen["pick.many"]["selected_options"]] == ["enterprise", "small"]
    assert chosen["pick.day"]["selected_date"] == "2026-12-01"
    assert chosen["pick.one"]["selected_option"]["value"] == "mid"


def pick(page: Page, placeholder: str, typed: str, wanted: str) -> None:
    page.get_by_role("button", name=placeholder).click()
    page.keyboard.type(typed)
    expect(page.locator(":popover-open").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".picker-value", has_text=wanted).first).to_be_visible()


def form(app: TinyApp, page: Page) -> Locator:
    """The form, opened by a button of a card."""
    app.on["block_actions"] = lambda said: app.client.views_open(trigger_id=said["trigger_id"], view=FORM)
    page.get_by_role("button", name="How is this computed?").click()
    dialog = page.get_by_role("dialog", name="Log a conversation")
    expect(dialog).to_be_visible()
    return dialog


def test_a_modal_is_filled_in_corrected_and_sent(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    dialog = form(app, page)
    subject = dialog.get_by_placeholder("In a few words")
    expect(subject).to_be_focused()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".input-error").first).to_have_text("Please complete this required field.")
    expect(subject).to_have_attribute("aria-invalid", "true")
    keep(page, "modal-errors-light-1280")
    app.on["view_submission"] = lambda _: {
        "response_action": "errors",
        "errors": {"subject": "Too vague: say what it was about."},
    }
    subject.fill("Renewal")
    dialog.get_by_label("Notes").fill("They want a *discount*.\nSecond line")
    dialog.get_by_role("button", name="Segment").click()
    dialog.get_by_role("option", name="Mid-market").click()
    dialog.get_by_label("Bad").check()
    dialog.get_by_label("Risk").check()
    dialog.get_by_label("Seats").fill("900")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".invalid .input-error")).to_have_text("Please enter a number from 1 to 500.")
    dialog.get_by_label("Seats").fill("90")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".invalid .input-error")).to_have_text("Too vague: say what it was about.")
    expect(subject).to_have_value("Renewal")
    app.on["view_submission"] = lambda _: None
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    values = app.last("view_submission")["view"]["state"]["values"]
    assert values["subject"]["subject"] == {"type": "plain_text_input", "value": "Renewal"}
    assert values["notes"]["notes"]["value"] == "They want a *discount*.\nSecond line"
    assert values["segment"]["segment"]["selected_option"]["value"] == "mid"
    assert values["mood"]["mood"]["selected_option"]["value"] == "bad"
    assert [option["value"] for option in values["tags"]["tags"]["selected_options"]] == ["risk"]
    assert values["seats"]["seats"]["value"] == "90"
    assert values["day"]["day"]["selected_date"] == "2026-11-23"


def test_a_modal_keeps_the_focus_and_gives_it_back_on_escape(
    open_page: OpenPage, app: TinyApp, slack: SlackDouble
) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    dialog = form(app, page)
    for _ in range(25):
        page.keyboard.press("Tab")
        assert dialog.evaluate("node => node.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="How is this computed?")).to_be_focused()
    assert list(slack.views(ANA)) == []


def test_a_modal_that_cannot_be_sent_says_so_and_keeps_what_was_written(open_page: OpenPage, app: TinyApp) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    dialog = form(app, page)
    app.on["view_submission"] = lambda _: 500
    dialog.get_by_placeholder("In a few words").fill("Renewal")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".modal-problem")).to_have_text("We had some trouble connecting. Try again?")
    expect(dialog.get_by_placeholder("In a few words")).to_have_value("Renewal")


def test_views_are_stacked_and_updated_in_place(open_page: OpenPage, app: TinyApp) -> None:
    def view(title: str, text: str) -> Json:
        deeper = {"type": "actions", "elements": [button("Deeper", "deeper")]}
        return {"type": "modal", "title": plain(title), "blocks": [section(text), deeper]}

    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    app.on["block_actions"] = lambda said: app.client.views_open(
        trigger_id=said["trigger_id"], view=view("Sum", "Loading…")
    )
    page.get_by_role("button", name="How is this computed?").click()
    sum_ = page.get_by_role("dialog", name="Sum")
    expect(sum_).to_contain_text("Loading…")
    opened = app.client.views_update
    view_id = page.evaluate("fetch('/page/modal?as=U0ANA').then(answer => answer.json())")["view"]["id"]
    opened(view_id=view_id, view=view("Sum", "72 = 26 + 17 + …"))
    expect(sum_).to_contain_text("72 = 26 + 17 + …")
    app.on["block_actions"] = lambda said: app.client.views_push(
        trigger_id=said["trigger_id"], view=view("Accounts", "all of them")
    )
    sum_.get_by_role("button", name="Deeper").click()
    accounts = page.get_by_role("dialog", name="Accounts")
    expect(accounts).to_contain_text("all of them")
    accounts.get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Sum")).to_contain_text("72 = 26 + 17 + …")
    page.get_by_role("button", name="Deeper").click()
    page.locator(".dialog-head").get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_have_count(0)


def test_an_answer_that_comes_late_does_not_undo_a_newer_one(open_page: OpenPage, app: TinyApp) -> None:
    def view(text: str) -> Json:
        return {"type": "modal", "title": plain("Sum"), "blocks": [section(text)]}

    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL)
    held: list[Route] = []
    opened: list[str] = []
    app.on["block_actions"] = lambda said: opened.append(
        app.client.views_open(trigger_id=said["trigger_id"], view=view("Loading…"))["view"]["id"]
    )
    with page.expect_request("**/page/modal?*"), page.expect_response("**/page/action"):
        page.route("**/page/modal?*", lambda asked: held.append(asked), times=1)
        page.get_by_role("button", name="How is this computed?").click()
    app.client.views_update(view_id=opened[0], view=view("The sum"))
    expect(page.get_by_role("button", name="How is this computed?")).not_to_have_attribute("aria-busy", "true")
    held[0].fulfill(json={"view": None, "depth": 0})
    expect(page.get_by_role("dialog", name="Sum")).to_contain_text("The sum")


def test_home_is_asked_for_when_it_is_opened_and_drawn_when_it_comes(
    open_page: OpenPage, app: TinyApp, keep: Keep
) -> None:
    home = {
        "type": "home",
        "blocks": [
            section("*Your accounts*, worst first"),
            {"type": "actions", "elements": [button("Refresh", "home.refresh")]},
        ],
    }
    app.on["app_home_opened"] = lambda said: app.client.views_publish(user_id=said["event"]["user"], view=home)
    page = open_page()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator(".home")).to_contain_text("Your accounts, worst first")
    keep(page, "home-light-1280")
    with page.expect_response("**/page/action"):
        page.get_by_role("button", name="Refresh").click()
    assert app.last("block_actions")["view"]["type"] == "home"
    page.get_by_role("tab", name="Messages").click()
    expect(page.locator(".main .composer-field")).to_be_focused()


def test_one_becomes_somebody_else_and_sees_what_they_see(open_page: OpenPage, keep: Keep) -> None:
    page = open_page(channel="C0BOARD")
    page.get_by_role("button", name="Act as: Ana Ruiz").first.click()
    people = page.get_by_role("dialog", name="Who are you now?")
    rows = people.locator("[data-user]").all()
    badges = {row.get_attribute("data-user"): row.locator(".badge").inner_text() for row in rows}
    assert badges == {ANA: "member", OLGA: "admin", MARTA: "member", GUEST: "guest", CUSTOMER: "customer"}
    expect(people.locator(f"[data-user={OLGA}]")).to_contain_text("Russian")
    expect(people.locator(f"[data-user={ANA}]")).to_be_focused()
    keep(page, "people-light-1280")
    people.locator(f"[data-user={CUSTOMER}]").click()
    expect(page.locator(".room")).to_have_count(1)
    expect(page.locator(".banner-external")).to_contain_text("People from outside Northwind can read this channel.")
    assert f"as={CUSTOMER}" in page.url
    page.reload()
    expect(page.locator(".me")).to_contain_text("Otto Outsider")
    page.evaluate(f"location.hash = 'as={OLGA}&channel=C0BOARD'")
    expect(page.locator(".me")).to_contain_text("Ольга Петрова")
    expect(page.locator(".main h1")).to_contain_text("board")


def test_a_first_visit_is_the_first_persons(open_page: OpenPage, slack: SlackDouble) -> None:
    page = open_page("")
    expect(page.locator(".me")).to_contain_text("Ana Ruiz")
    expect(page.locator(".main h1")).to_contain_text("Latido")
    assert f"as={ANA}" in page.url
    page.locator(".main .composer-field").fill("hello")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_contain_text("hello")


def test_the_theme_follows_the_system_until_it_is_chosen(open_page: OpenPage, keep: Keep) -> None:
    page = open_page(channel=CHANNEL, theme="dark")
    light, dark = "rgb(255, 255, 255)", re.compile(r"rgb\((1\d|2\d|3\d), ")
    expect(page.locator(".main")).to_have_css("background-color", dark)
    keep(page, "conversation-dark-1280")
    page.emulate_media(color_scheme="light")
    expect(page.locator(".main")).to_have_css("background-color", light)
    page.get_by_role("button", name="Dark theme").click()
    expect(page.locator(".main")).to_have_css("background-color", dark)
    page.reload()
    expect(page.locator(".main")).to_have_css("background-color", dark)


def test_faults_are_switched_on_and_cleared(open_page: OpenPage, keep: Keep) -> None:
    page = open_page()
    page.get_by_role("button", name="Faults").click()
    drawer = page.get_by_role("dialog", name="Faults")
    for kind in drawer.locator("select").first.locator("option").all():
        drawer.locator("select").first.select_option(kind.get_attribute("value"))
        drawer.get_by_role("button", name="Switch on").click()
        expect(drawer.locator(".fault-list")).to_contain_text(kind.inner_text())
    expect(drawer.locator(".fault-list li")).to_have_count(6)
    keep(page, "faults-light-1280")
    drawer.get_by_role("button", name="Clear all").click()
    expect(drawer).to_contain_text("No faults: Slack behaves.")


def test_a_lost_connection_is_said_and_mended(open_page: OpenPage, slack: SlackDouble) -> None:
    def first_stream_fails(page: Page) -> None:
        page.route("**/page/events?*", lambda asked: asked.abort(), times=1)

    page = open_page(channel=CHANNEL, before=first_stream_fails)
    expect(page.locator(".banner-warning")).to_contain_text("Connection lost. Trying again…")
    slack.say(OLGA, CHANNEL, "said meanwhile")
    expect(page.get_by_text("said meanwhile")).to_be_visible()
    expect(page.locator(".banner-warning")).to_have_count(0, timeout=10_000)


def test_a_bot_that_is_away_is_announced(open_page: OpenPage, slack: SlackDouble) -> None:
    slack.connect_sockets()
    page = open_page()
    expect(page.locator(".banner-warning")).to_contain_text("Latido is not connected, so commands will fail.")


def test_a_modal_fills_a_phones_width(open_page: OpenPage, app: TinyApp, keep: Keep) -> None:
    app.post(CHANNEL, HEALTH_FOOT)
    page = open_page(channel=CHANNEL, size=PHONE, touch=True)
    dialog = form(app, page)
    box = dialog.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, PHONE[0])
    keep(page, "modal-light-390")
