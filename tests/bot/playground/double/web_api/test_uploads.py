from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.double.web_api.test_chat import error, raw_error


def test_a_file_is_announced_filled_and_completed(slack: SlackDouble, client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="a.csv", length=3)
    assert error(client.files_completeUploadExternal, files=[{"id": announced["file_id"]}]) == "file_not_found"
    with urlopen(Request(announced["upload_url"], b"a,b", {"Content-Type": "text/csv"})) as answer:
        assert answer.read() == b"OK - 3"
    client.files_completeUploadExternal(files=[{"id": announced["file_id"], "title": "Accounts"}])
    [file] = slack.files
    assert (file.name, file.title, file.content, file.channels) == ("a.csv", "Accounts", b"a,b", ())


def test_the_bytes_must_be_as_many_as_announced(client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="a.csv", length=4)
    with pytest.raises(HTTPError, match="400") as refused:
        urlopen(Request(announced["upload_url"], b"abc"))
    refused.value.close()
    with pytest.raises(HTTPError, match="404") as refused:
        urlopen(Request(announced["upload_url"] + "0", b"abc"))
    refused.value.close()


def test_sharing_a_file_posts_a_message(slack: SlackDouble, client: WebClient) -> None:
    first = client.chat_postMessage(channel="C_CS", text="first")["ts"]
    client.files_upload_v2(filename="a.csv", content="a,b", channel="C_CS", initial_comment="here", thread_ts=first)
    message = slack.messages("C_CS")[-1]
    assert (message.text, message.files, message.thread_ts) == ("here", ("F00000001",), first)
    assert slack.files[0].channels == ("C_CS",)


@pytest.mark.parametrize(
    ("channel", "code"),
    [("C_LOUNGE", "not_in_channel"), ("C_OLD", "posting_to_channel_denied"), ("C_X", "channel_not_found")],
)
def test_where_a_file_cannot_be_shared(slack: SlackDouble, client: WebClient, channel: str, code: str) -> None:
    assert error(client.files_upload_v2, filename="a.csv", content="a", channel=channel) == code
    assert slack.files[0].ready_at is None


def test_arguments_of_uploads_are_checked(client: WebClient) -> None:
    assert error(client.files_getUploadURLExternal, filename="a", length="many") == "invalid_arguments"
    assert error(client.files_getUploadURLExternal, filename="a", length=0) == "file_upload_size_restricted"
    assert raw_error(client, "files.completeUploadExternal", files=["F1"]) == "invalid_arguments"
    assert raw_error(client, "files.completeUploadExternal", files="[nonsense") == "invalid_arguments"


def test_a_file_is_told_and_deleted(slack: SlackDouble, client: WebClient) -> None:
    [file] = client.files_upload_v2(filename="a.png", content=b"x")["files"]
    assert client.files_info(file=file["id"])["file"]["mimetype"] == "image/png"
    client.files_delete(file=file["id"])
    assert error(client.files_info, file=file["id"]) == "file_deleted"
    assert error(client.files_info, file="F_X") == "file_not_found"
    assert slack.files[0].deleted
