"""Answers to Slack: each kind of value to the place where the person who asked expects it."""

import logging

from slack_sdk.errors import SlackApiError

from bot.interactions import Interaction, Surface
from bot.landings import ALL_WELL, BAD_BLOCKS, AtResponseUrl, InChannel, InModal, Landing, private_message, view_of
from bot.people import People
from bot.slack_client import Slack, code_of
from bot.uploads import Shared, upload
from commands.core.errors import UserError
from commands.core.reply import Answer, Block, Document, Invalid, Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import message_text, section
from metrics.types import Sentence

logger = logging.getLogger(__name__)

TITLE = "Latido"
_GONE = frozenset({"not_found", "hash_conflict"})
"""The person closed the modal, or has moved on in it: nothing to show, nothing to mend."""
_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged"})
_UNSUITABLE = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "restricted_action_read_only_channel"}
)


class Sender:
    """Sends answers; SlackApiError or OSError where Slack refuses or does not answer."""

    def __init__(self, slack: Slack, people: People) -> None:
        """`people` are asked again before anything is posted for others to see."""
        self._slack = slack
        self._people = people

    def open_waiting(self, to: Interaction, t: Translator) -> str:
        """Open a modal that says that the answer is on its way, within the trigger's life; returns its view_id."""
        return self._open(to, Modal(TITLE, (section(t("One moment …")),), close=t("Close")))

    def send(self, to: Interaction, answer: Answer, t: Translator, waiting: str = "") -> Landing | None:
        """Send the answer, into the modal `waiting` if one was opened; where it stands if it may be given a picture."""
        match answer:
            case None:
                return None
            case Document():
                return self._hand_over(to, answer, t, waiting)
            case Modal():
                self._show_modal(to, answer, waiting)
                return None
            case Invalid():
                return self._say(to, Reply("\n".join(answer.errors.values())), t, waiting)
            case Reply(shared=True):
                return self._share(to, answer)
        return self._say(to, answer, t, waiting)

    def write(self, user_id: str, reply: Reply) -> Landing | None:
        """Send a direct message; None if Slack does not open one."""
        channel_id = self._people.direct_channel(user_id)
        return None if channel_id is None else self._post(channel_id, reply)

    def _say(self, to: Interaction, reply: Reply, t: Translator, waiting: str) -> Landing | None:
        """To the asker alone."""
        if waiting or to.surface is not Surface.CONVERSATION:
            modal = Modal(TITLE, reply.blocks or (section(reply.text),), close=t("Close"))
            view_id = self._show_modal(to, modal, waiting)
            return InModal(self._slack, view_id, modal) if view_id else None
        return self._respond(to, reply)

    def _respond(self, to: Interaction, reply: Reply) -> Landing | None:
        """In the bot's own direct messages as a message that stays and takes its picture in; elsewhere privately."""
        if to.response_url is None:
            return self.write(to.user_id, reply)
        if to.channel_id and not reply.replace and self._people.audience(to.channel_id, to.user_id).direct:
            return self._post(to.channel_id, reply, to.thread_ts)
        return self._respond_privately(to, to.response_url, reply)

    def _respond_privately(self, to: Interaction, response_url: str, reply: Reply) -> Landing | None:
        """Through the response URL: with blocks, without if Slack does not take them, else by direct message."""
        replace = reply.replace and to.private
        for blocks in (reply.blocks, ()) if reply.blocks else ((),):
            message = private_message(reply.text, blocks, replace=replace)
            message |= {"thread_ts": to.thread_ts} if to.thread_ts else {}
            answer = self._slack.respond(response_url, message)
            if answer.status == ALL_WELL:
                return AtResponseUrl(self._slack, response_url, original=replace) if blocks else None
            logger.warning("a response URL answered %s to %s: %r", answer.status, to.id, answer.body[:500])
            if BAD_BLOCKS not in answer.body:
                break
        return self.write(to.user_id, reply)

    def _share(self, to: Interaction, reply: Reply) -> Landing:
        """For everybody in the conversation, if nobody from outside reads there at this moment; else UserError."""
        channel_id = to.channel_id or ""
        if not channel_id or self._people.audience(channel_id, to.user_id, fresh=True).external:
            raise UserError(Sentence("I cannot share this here: people from outside the company may be reading along."))
        if not self._people.only_insiders(channel_id):
            raise UserError(Sentence("I cannot share this here: a guest may be reading along."))
        try:
            return self._post(channel_id, reply, to.thread_ts)
        except SlackApiError as error:
            if code_of(error) not in _UNSUITABLE:
                raise
            logger.info("could not share in %s: %s", channel_id, code_of(error))
            raise UserError(
                Sentence("I may not post here. Invite me to this channel with /invite, then share again.")
            ) from error

    def _post(self, channel_id: str, reply: Reply, thread_ts: str | None = None) -> InChannel:
        """Post once; without its blocks if Slack does not take them."""
        try:
            return self._post_blocks(channel_id, reply.text, reply.blocks, thread_ts)
        except SlackApiError as error:
            if not reply.blocks or code_of(error) != "invalid_blocks":
                raise
            logger.warning("Slack refused the blocks of a message: %s", error.response.data)
            return self._post_blocks(channel_id, reply.text, (), thread_ts)

    def _post_blocks(self, channel_id: str, text: str, blocks: tuple[Block, ...], thread_ts: str | None) -> InChannel:
        posted = self._slack.posts.chat_postMessage(
            channel=channel_id,
            text=message_text(text),
            blocks=list(blocks) or None,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
        )
        return InChannel(self._slack, channel_id=str(posted["channel"]), ts=str(posted["ts"]))

    def _show_modal(self, to: Interaction, modal: Modal, waiting: str) -> str:
        """In the open modal if there is one, else in a new one; its view_id, empty if nobody looks any more."""
        view_id = waiting or (to.view_id if to.surface is Surface.MODAL else "")
        if not view_id:
            return self._open(to, modal)
        seen = {} if waiting or to.view is None else {"hash": to.view.get("hash")}
        try:
            self._slack.posts.views_update(view_id=view_id, view=view_of(modal), **seen)
        except SlackApiError as error:
            if code_of(error) in _GONE:
                return ""
            raise
        return view_id

    def _open(self, to: Interaction, modal: Modal) -> str:
        """A new modal, on top of the open one if there is one; its view_id, empty if nobody looks any more."""
        in_modal = to.surface is Surface.MODAL
        show = self._slack.prompt.views_push if in_modal else self._slack.prompt.views_open
        try:
            opened = show(trigger_id=to.trigger_id or "", view=view_of(modal))
        except SlackApiError as error:
            if in_modal and code_of(error) in _GONE:
                return ""
            if code_of(error) in _LATE:
                raise UserError(Sentence("That took too long to open. Please try again.")) from error
            raise
        return str(opened["view"]["id"])

    def _hand_over(self, to: Interaction, document: Document, t: Translator, waiting: str) -> Landing | None:
        """The file by direct message, and word of it where the person is."""
        channel_id = self._people.direct_channel(to.user_id)
        if channel_id is None:
            raise UserError(Sentence("I could not open a direct message with you to send the file."))
        there = Shared(channel_id, comment=message_text(document.text))
        upload(self._slack, document.filename, document.content, title=document.filename, to=there)
        if to.channel_id == channel_id or (to.surface is Surface.MODAL and not waiting):
            return None
        return self._say(
            to, Reply(t("I have sent you {name} in a direct message.", name=document.filename)), t, waiting
        )
