"""Narrowing a card down by its menus: over signed HTTP, in Slack's double, with a small company's data."""

from bot.playground.double import Message
from commands.core.reply import Block
from tests.scenarios.conftest import Office


def menus(message: Message) -> list[Block]:
    """The menus of a card: period, segment, CSM, currency and plan."""
    elements = (element for block in message.blocks for element in block.get("elements", ()))
    return [element for element in elements if element.get("type") == "static_select"]


def chosen(message: Message) -> list[str | None]:
    return [menu.get("initial_option", {}).get("text", {}).get("text") for menu in menus(message)]


def pick(office: Office, message: Message, number: int, value: str, user: str = "U0ANA") -> None:
    """Choose a line of a menu, and wait for what comes of it."""
    assert office.slack.click(user, message, menus(message)[number]["action_id"], value).error is None
    office.quiet()


def now(office: Office, message: Message, user: str = "U0ANA") -> Message:
    """The message as it is now."""
    return next(one for one in office.slack.messages(message.channel, user) if one.ts == message.ts)


def test_a_segment_takes_the_place_of_the_card_and_can_be_taken_back(office: Office) -> None:
    card = office.ask("/mrr october")
    assert "MRR $2,690" in card.text
    office.quiet()
    before = len(office.slack.messages("C0CS", "U0ANA"))
    pick(office, card, 1, "segment:enterprise")
    narrowed = now(office, card)
    assert narrowed.text.startswith("MRR $1,700 · ▲ 13.3% · October 2026, segment enterprise")
    assert chosen(narrowed) == ["October 2026", "enterprise", "All CSMs", None]
    pick(office, narrowed, 2, "csm:ana@example.com")
    both = now(office, card)
    assert both.text.startswith("MRR $1,200 · ▲ 20% · October 2026, enterprise, accounts of ana@example.com")
    pick(office, both, 1, "segment:")
    assert "October 2026, accounts of ana@example.com" in now(office, card).text
    assert len(office.slack.messages("C0CS", "U0ANA")) == before


def test_a_period_a_plan_and_a_currency_add_up(office: Office) -> None:
    card = office.ask("/churn october")
    for number, value in ((0, "period:2026-Q4"), (3, "plan:Basic"), (3, "currency:EUR")):
        pick(office, now(office, card), number, value)
    told = now(office, card)
    assert "Q4 2026 so far, to 23 Nov, plan Basic" in told.text
    assert "amounts in EUR at the rates of 23 Nov 2026" in told.text
    assert "€" in told.text
    assert "$" not in told.text
    assert menus(told)[3]["placeholder"]["text"] == "EUR · Basic"


def test_on_a_shared_card_the_one_who_chooses_is_answered_alone(office: Office) -> None:
    card = office.ask("/mrr october")
    office.press(card, "mrr.share")
    office.quiet()
    seen = office.slack.messages("C0CS", "U0OLGA")
    shared = [one for one in seen if not one.ephemeral_to and "2,690" in one.text][-1]
    pick(office, shared, 1, "segment:enterprise", "U0OLGA")
    assert now(office, shared, "U0OLGA").text == shared.text
    own = office.slack.messages("C0CS", "U0OLGA")[-2:]
    assert all(one.ephemeral_to == "U0OLGA" for one in own)
    assert any("enterprise" in one.text for one in own)


def test_a_scorecard_and_a_single_figure_are_narrowed_down_too(office: Office) -> None:
    scorecard = office.ask("/csm october")
    assert [line["value"] for line in menus(scorecard)[2]["options"]] == ["csm:ana@example.com", "csm:bob@example.com"]
    pick(office, scorecard, 2, "csm:bob@example.com")
    assert "accounts of bob@example.com" in now(office, scorecard).text
    figure = office.ask("/latido metric arpa october")
    pick(office, figure, 3, "currency:EUR")
    assert now(office, figure).text.startswith("ARPA €407.58")
    book = office.ask("/atrisk")
    pick(office, book, 0, "segment:smb")
    assert "segment smb" in now(office, book).text


def test_where_nothing_is_left_the_menus_stay(office: Office) -> None:
    card = office.ask("/mrr 2024-01")
    assert "nobody paid anything" in card.text
    pick(office, card, 0, "period:2026-10")
    assert "MRR $2,690" in now(office, card).text


def test_slack_has_refused_nothing(office: Office) -> None:
    office.quiet()
    assert [call for call in office.slack.calls if not call.ok] == []
