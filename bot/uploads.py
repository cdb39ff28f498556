"""Files to Slack: ask for an address, send the bytes there, say that they are all there."""

from typing import NamedTuple

from bot.slack_client import Slack


class Shared(NamedTuple):
    """Where a file is shown; `thread_ts` None means as a message of its own."""

    channel_id: str
    thread_ts: str | None = None
    comment: str | None = None


def upload(slack: Slack, filename: str, content: bytes, *, title: str, to: Shared | None = None) -> str:
    """Upload and return the file's id. Without `to` nobody sees it until a block shows it.

    No alt_txt: with it Slack has said ok and shared nothing; the image block carries the text instead.
    SlackApiError or OSError when any step fails; a file that is to be shared is not completed twice.
    """
    ticket = slack.reads.files_getUploadURLExternal(filename=filename, length=len(content))
    slack.store(str(ticket["upload_url"]), content)
    file_id = str(ticket["file_id"])
    files: list[dict[str, str | None]] = [{"id": file_id, "title": title}]
    if to is None:
        slack.reads.files_completeUploadExternal(files=files)
    else:
        slack.posts.files_completeUploadExternal(
            files=files, channel_id=to.channel_id, thread_ts=to.thread_ts, initial_comment=to.comment
        )
    return file_id
