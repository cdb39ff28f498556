"""The three commands as people live through them: type, read, press, share, see the picture."""

import json
from typing import Any

import pytest

from bot.playground.double import Message
from tests.scenarios.conftest import Office


def text_of(message: Message | dict[str, Any]) -> str:
    blocks = message.blocks if isinstance(message, Message) else message["blocks"]
    return json.dumps(blocks, ensure_ascii=False)


def buttons(message: Message | dict[str, Any]) -> list[str]:
    blocks = message.blocks if isinstance(message, Message) else message["blocks"]
    return [element["action_id"] for block in blocks for element in block.get("elements", ()) if "action_id" in element]


def modal(office: Office, user: str = "U0ANA", than: str = "One moment") -> dict[str, Any]:
    """The modal on top once it says something else than that."""

    def shown() -> list[dict[str, Any]]:
        return [view for view in office.slack.views(user)[-1:] if than not in text_of(view)]

    return office.slack.wait_until(shown)[0]


@pytest.mark.parametrize(
    ("typed", "said", "command", "pictures"),
    [
        ("/health acme corp", "Acme Corp", "health", 0),  # one day is no history yet
        ("/churn", "2026", "churn", 1),
        ("/mrr", "2,690", "mrr", 1),
    ],
)
def test_an_answer_is_private_explained_exported_and_shared(
    office: Office, typed: str, said: str, command: str, pictures: int
) -> None:
    answer = office.ask(typed)
    assert said in answer.text
    assert answer.ephemeral_to == "U0ANA"

    files_before = len(office.slack.files)
    office.press(answer, f"{command}.explain")
    explanation = modal(office)
    office.press(explanation, f"{command}.csv")
    office.slack.wait_until(lambda: [f for f in office.slack.files[files_before:] if f.name.endswith(".csv")])
    office.slack.close("U0ANA", explanation)

    office.press(answer, f"{command}.share")
    office.quiet()
    shared = [m for m in office.slack.messages("C0CS", "U0OLGA") if not m.ephemeral_to and said in m.text][-1]
    assert "U0ANA" in text_of(shared)
    assert f"{command}.share" not in buttons(shared)
    assert sum(block["type"] == "image" for block in shared.blocks) == pictures


def test_the_accounts_behind_a_figure_lie_on_top_of_its_explanation(office: Office) -> None:
    office.press(office.ask("/latido metric customers"), "metric.explain")
    explanation = modal(office)
    office.press(explanation, "metric.accounts")
    accounts = office.slack.wait_until(lambda: [v for v in office.slack.views("U0ANA")[1:] if "Acme" in text_of(v)])[0]
    assert "those first that move it most" in text_of(accounts)
    files_before = len(office.slack.files)
    office.press(accounts, "metric.accounts.csv")
    office.slack.wait_until(lambda: [f for f in office.slack.files[files_before:] if f.name == "customers-2026-10.csv"])
    office.slack.close("U0ANA", accounts)
    assert modal(office)["id"] == explanation["id"]
    office.slack.close("U0ANA", explanation)


def test_everybody_is_answered_in_their_own_language(office: Office) -> None:
    answers = {office.ask("/health acme corp", user).text for user in ("U0ANA", "U0INES", "U0OLGA")}
    assert len(answers) == 3


def test_a_sub_command_is_the_same_command(office: Office) -> None:
    assert office.ask("/latido health acme corp").text == office.ask("/health acme corp").text


def test_a_name_that_fits_several_is_a_choice(office: Office) -> None:
    choice = office.ask("/health acme")
    assert len(buttons(choice)) >= 2
    office.press(choice, buttons(choice)[0])
    office.quiet()
    assert any("Acme Corp" in m.text and "/ 100" in m.text for m in office.slack.messages("C0CS", "U0ANA"))


def test_help_offers_what_can_be_pressed(office: Office) -> None:
    assert "/health" in text_of(office.ask("/latido"))


def test_nobody_from_outside_learns_a_name(office: Office) -> None:
    for answer in (
        office.ask("/health acme corp", channel="C0ACME"),
        office.ask("/health nobody of that name", channel="C0ACME"),
        office.ask("/mrr", "U0GUEST", channel="C0ALL"),
    ):
        assert "Acme" not in answer.text
        assert "Acme" not in text_of(answer)


def test_home_shows_the_readers_own_and_opens_one(office: Office) -> None:
    office.slack.open_home("U0ANA")
    home = office.slack.wait_until(lambda: office.slack.home("U0ANA") or {})
    assert "Acme Corp" in text_of(home)
    office.slack.click("U0ANA", home, "latido.ask", "/health a1")
    assert "Acme Corp" in text_of(modal(office))


def test_in_the_direct_message_sharing_is_not_offered(office: Office) -> None:
    answer = office.ask("/health acme corp", channel="D0ANA")
    assert "health.share" not in buttons(answer)


def test_where_a_guest_reads_along_nothing_is_shared(office: Office) -> None:
    answer = office.ask("/mrr", channel="C0ALL")
    office.press(answer, "mrr.share")
    office.quiet()
    assert any("guest" in m.text for m in office.slack.messages("C0ALL", "U0ANA"))
    assert not any("MRR" in m.text for m in office.slack.messages("C0ALL", "U0GUEST"))


def test_in_the_direct_message_the_picture_is_put_into_the_answer(office: Office) -> None:
    channel = office.slack.direct_channel("U0ANA")
    answer = office.ask("/mrr", channel=channel)
    assert answer.ephemeral_to is None
    office.quiet()
    (message,) = [m for m in office.slack.messages(channel, "U0ANA") if m.ts == answer.ts]
    assert [block["type"] for block in message.blocks].count("image") == 1
    assert "mrr.explain" in buttons(message)


def test_slack_has_refused_nothing(office: Office) -> None:
    """Runs last: every method, argument, scope and block of all these stories was acceptable."""
    office.quiet()
    assert [call for call in office.slack.calls if not call.ok] == []
