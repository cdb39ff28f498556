import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.playground.double import FileNotReady, SlackDouble
from tests.bot.playground.bolt_apps import BUTTONS
from tests.bot.playground.clock import Clock

IMAGE = {"type": "image", "alt_text": "a chart", "slack_file": {"id": "F00000001"}}


def from_command(slack: SlackDouble) -> WebhookClient:
    return WebhookClient(slack.command("U_ANA", "C_CS", "/health").payload["response_url"], retry_handlers=[])


def from_button(slack: SlackDouble, client: WebClient, *, ephemeral: bool) -> WebhookClient:
    if ephemeral:
        client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="before", blocks=BUTTONS)
    else:
        client.chat_postMessage(channel="C_CS", text="before", blocks=BUTTONS)
    payload = slack.click("U_ANA", slack.messages("C_CS", "U_ANA")[-1], "ask.open").payload
    return WebhookClient(payload["response_url"], retry_handlers=[])


def texts(slack: SlackDouble, viewer: str) -> list[str]:
    return [message.text for message in slack.messages("C_CS", viewer)]


def test_an_answer_is_for_the_asker_unless_it_says_in_channel(slack: SlackDouble) -> None:
    url = from_command(slack)
    assert url.send(text="mine").body == "ok"
    assert url.send(text="everybody's", response_type="in_channel").status_code == 200
    assert texts(slack, "U_ANA") == ["mine", "everybody's"]
    assert texts(slack, "U_BOSS") == ["everybody's"]


def test_five_answers_are_taken(slack: SlackDouble) -> None:
    url = from_command(slack)
    assert [url.send(text="again").status_code for _ in range(6)] == [200] * 5 + [404]
    assert "used_url" in url.send(text="again").body


def test_after_thirty_minutes_no_answer_is_taken(slack: SlackDouble, clock: Clock) -> None:
    url = from_command(slack)
    clock.pass_by(minutes=30)
    assert url.send(text="just in time").status_code == 200
    clock.pass_by(seconds=1)
    late = url.send(text="late")
    assert (late.status_code, late.body) == (404, '{"ok":false,"error":"expired_url"}')


@pytest.mark.parametrize("ephemeral", [True, False])
def test_a_buttons_message_is_replaced_or_deleted(slack: SlackDouble, client: WebClient, ephemeral: bool) -> None:
    url = from_button(slack, client, ephemeral=ephemeral)
    url.send(text="after", replace_original=True)
    assert texts(slack, "U_ANA") == ["after"]
    url.send(text="beside")
    assert texts(slack, "U_ANA") == ["after", "beside"]
    url.send_dict({"delete_original": True})
    assert texts(slack, "U_ANA") == ["beside"]
    assert "message_not_found" in url.send_dict({"delete_original": True}).body


def test_a_command_has_no_original_to_replace(slack: SlackDouble) -> None:
    url = from_command(slack)
    url.send(text="first")
    url.send(text="second", replace_original=True)
    assert texts(slack, "U_ANA") == ["first", "second"]


def test_content_that_slack_does_not_take_is_refused(slack: SlackDouble) -> None:
    url = from_command(slack)
    assert "invalid_blocks" in url.send(text="x", blocks=[IMAGE]).body
    assert "no_text" in url.send_dict({"response_type": "ephemeral"}).body
    assert "invalid_arguments" in url.send_dict({"txt": "x"}).body
    assert url.send(text="refused answers are not counted").status_code == 200


def test_a_file_that_is_not_ready_is_refused_as_often_as_told(slack: SlackDouble, client: WebClient) -> None:
    client.files_upload_v2(filename="chart.png", content=b"png")
    url = from_command(slack)
    slack.faults.next("response_url", FileNotReady())
    refused = url.send(text="x", blocks=[IMAGE])
    assert (refused.status_code, refused.body) == (404, '{"ok":false,"error":"invalid_blocks"}')
    assert url.send(text="x", blocks=[IMAGE]).status_code == 200
