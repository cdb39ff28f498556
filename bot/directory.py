"""People as Slack knows them: colleagues, for direct messages; customers' people, to see who is still there."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.people import Workspace, actor_from, is_insider, pages
from bot.slack_client import code_of
from commands.core.request import Role
from storage.queries.people_known import Person

_NOT_FOUND = frozenset({"users_not_found", "user_not_found", "user_not_visible", "invalid_email"})


class Directory:
    """Asks Slack about one person or channel at a time; SlackApiError or OSError where it does not tell."""

    def __init__(self, reads: WebClient, workspace: Workspace) -> None:
        """`workspace` tells colleagues from guests and outsiders, who get no direct messages."""
        self._reads = reads
        self._workspace = workspace

    def by_email(self, email: str) -> Person | None:
        """The colleague with that address; None where there is none."""
        found = self._asked(lambda: self._reads.users_lookupByEmail(email=email))
        return None if found is None else self.by_id(str(found["id"]), email)

    def by_id(self, user_id: str, email: str | None = None) -> Person | None:
        """The colleague of that id, with their language and zone; None where it is nobody of the company's."""
        user = self._asked(lambda: self._reads.users_info(user=user_id, include_locale=True))
        if user is None:
            return None
        actor = actor_from(user, self._workspace)
        if actor.role < Role.MEMBER:
            return None
        address = email or actor.email
        return Person(user_id, address and address.lower(), actor.name, actor.locale, user.get("tz") or None)

    def anybody(self, user_id: str) -> Mapping[str, Any] | None:
        """What Slack says of a person of whatever company, as users.info does; None where it shows nobody."""
        user: Mapping[str, Any] | None = self._asked(lambda: self._reads.users_info(user=user_id, include_locale=True))
        return user

    def is_ours(self, user: Mapping[str, Any]) -> bool:
        """Whether whom users.info describes is a colleague or a bot of the company's; guests are not."""
        return is_insider(user, self._workspace)

    def members(self, channel_id: str) -> frozenset[str]:
        """The ids of everybody in a channel."""
        return frozenset(map(str, pages(self._reads.conversations_members, "members", channel=channel_id)))

    def is_archived(self, channel_id: str) -> bool:
        """Whether a channel is out of use."""
        return bool(self._reads.conversations_info(channel=channel_id)["channel"].get("is_archived"))

    @staticmethod
    def _asked(ask: Any) -> Any:  # noqa: ANN401 - JSON
        """The user that Slack tells of; None for one that it does not know."""
        try:
            return ask()["user"]
        except SlackApiError as error:
            if code_of(error) not in _NOT_FOUND:
                raise
            return None
