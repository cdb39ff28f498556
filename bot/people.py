"""Who asks and who reads along, as Slack knows it at most a minute ago. What Slack does not say counts as outside."""

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack_client import SLACK_FAULTS, code_of
from commands.core.errors import NotAllowed
from commands.core.request import Actor, Audience, Role
from commands.ui.text import LOCALES, best_locale
from metrics.types import Sentence

logger = logging.getLogger(__name__)

KEEP_SECONDS = 60.0
DIRECT_SECONDS = 3600.0
"""A person's direct message with the bot keeps its id."""
INSIDERS_SECONDS = 300.0
"""Slack lists a whole workspace only so often; whoever joined since counts as outside until the list is asked again."""
PAGE = 1000
"""Members a page, the most that Slack takes."""
MOST_KEPT = 5000

K = TypeVar("K")
V = TypeVar("V")


class Workspace(NamedTuple):
    """Where the bot is installed, and who it is there."""

    team_id: str
    enterprise_id: str | None
    bot_user_id: str
    bot_id: str | None


class People:
    """Answers who a user is and who reads a conversation; safe to ask from many threads."""

    def __init__(self, reads: WebClient, workspace: Workspace, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is a clock that only goes forward."""
        self._reads = reads
        self._workspace = workspace
        self._actors: _Recent[str, Actor] = _Recent(KEEP_SECONDS, seconds)
        self._locales: _Recent[str, str] = _Recent(math.inf, seconds)
        self._audiences: _Recent[str, Audience] = _Recent(KEEP_SECONDS, seconds)
        self._direct: _Recent[str, str] = _Recent(DIRECT_SECONDS, seconds)
        self._insiders: _Recent[str, frozenset[str]] = _Recent(INSIDERS_SECONDS, seconds)

    def actor(self, user_id: str, team_id: str | None) -> Actor:
        """The person with the role that Slack's own look-up gives; `team_id` is the team that the request names.

        A request that names no team, or another one, comes from an outsider whatever the look-up says.
        NotAllowed when Slack cannot be asked: then nobody is let in.
        """
        actor = self._actors.find(user_id) or self._look_up(user_id)
        return actor if team_id == self._workspace.team_id else _outsider(actor, team_id)

    def anybody(self, user_id: str, team_id: str | None) -> Actor:
        """The same for something that anybody may do: whom Slack does not tell is an outsider of no known team."""
        try:
            return self.actor(user_id, team_id)
        except NotAllowed:
            known = self._locales.find(user_id)
            return Actor(user_id, "", Role.OUTSIDER, locale=known or "en", locale_known=known is not None)

    def role(self, user_id: str) -> Role:
        """What somebody is in the company; whom Slack does not tell of is an outsider."""
        try:
            return self.actor(user_id, self._workspace.team_id).role
        except NotAllowed:
            return Role.OUTSIDER

    def email_of(self, user_id: str) -> str | None:
        """The address of a colleague; None for anybody else."""
        try:
            actor = self.actor(user_id, self._workspace.team_id)
        except NotAllowed:
            return None
        return actor.email if actor.role >= Role.MEMBER else None

    def locale(self, user_id: str) -> str:
        """The language in which the person was last spoken to, without asking Slack; English if that is not known."""
        return self._locales.find(user_id) or "en"

    def language(self, user_id: str, otherwise: str) -> str:
        """The language in which to speak to a colleague unasked; `otherwise` where Slack does not tell."""
        try:
            return self._locales.find(user_id) or self._look_up(user_id).locale
        except NotAllowed:
            return otherwise

    def is_the_bot(self, user_id: object) -> bool:
        """Whether it is the bot itself."""
        return user_id == self._workspace.bot_user_id

    def audience(self, channel_id: str, user_id: str, *, fresh: bool = False) -> Audience:
        """Who reads along in a conversation; `fresh` asks Slack now, for what is about to be posted there.

        A direct message is the bot's own only if it is the one that Slack opens for the two of them; one between
        other people is external, as nobody tells the bot who they are.
        """
        if channel_id.startswith("D"):
            direct = self.direct_channel(user_id) == channel_id
            return Audience(channel_id, external=not direct, direct=direct, known=direct)
        known = None if fresh else self._audiences.find(channel_id)
        return known or self._look_into(channel_id)

    def readers(self, channel_id: str) -> Audience:
        """Who reads a channel at this moment; with a guest in it, it counts as external as well."""
        audience = self._look_into(channel_id)
        if audience.external or not audience.member or self.only_insiders(channel_id):
            return audience
        return replace(audience, external=True)

    def only_insiders(self, channel_id: str) -> bool:
        """Whether all members of a channel are the company's own people or bots: nobody from outside, no guest.

        Asked when something is about to be posted for all of them to read; False when Slack does not tell.
        """
        try:
            return self._all_insiders(channel_id)
        except SLACK_FAULTS as error:
            logger.warning("the members of %s are not known: %s", channel_id, code_of(error))
            return False

    def inside(self, destination: str) -> str | None:
        """The channel for something that only colleagues may read: a channel itself, a person's direct message.

        Slack is asked now. None where somebody from outside, or a guest, would read it; SlackApiError or OSError where
        Slack does not tell.
        """
        if destination.startswith(("U", "W")):
            user = self._reads.users_info(user=destination)["user"]
            if role_of(user, self._workspace) < Role.MEMBER:
                return None
            return str(self._reads.conversations_open(users=destination)["channel"]["id"])
        channel = self._reads.conversations_info(channel=destination)["channel"]
        if channel.get("is_im"):
            return self.inside(str(channel["user"]))
        return destination if not is_external(channel) and self._all_insiders(destination) else None

    def customer_channel(self, destination: str) -> str:
        """The channel for a question to a customer: a channel itself, the direct message of a person from outside.

        SlackApiError or OSError where Slack does not open one, or does not answer.
        """
        if not destination.startswith(("U", "W")):
            return destination
        return str(self._reads.conversations_open(users=destination)["channel"]["id"])

    def respondent(self, user_id: str) -> Mapping[str, Any]:
        """What Slack says of a customer's person at this moment, as users.info does.

        SlackApiError or OSError where it does not tell.
        """
        return dict(self._reads.users_info(user=user_id, include_locale=True)["user"])

    def direct_channel(self, user_id: str) -> str | None:
        """The direct message of the bot and a person; None when Slack does not give one."""
        known = self._direct.find(user_id)
        if known is not None:
            return known
        try:
            channel_id = str(self._reads.conversations_open(users=user_id)["channel"]["id"])
        except SLACK_FAULTS as error:
            logger.warning("no direct message with %s: %s", user_id, code_of(error))
            return None
        self._direct.keep(user_id, channel_id)
        return channel_id

    def forget_channel(self, channel_id: str) -> None:
        """Ask again next time: somebody joined, or the channel was shared."""
        self._audiences.drop(channel_id)

    def _all_insiders(self, channel_id: str) -> bool:
        members = pages(self._reads.conversations_members, "members", channel=channel_id)
        return self._own_people().issuperset(members)

    def _own_people(self) -> frozenset[str]:
        """Ids of the workspace's full members and bots."""
        known = self._insiders.find(self._workspace.team_id)
        if known is None:
            users = pages(self._reads.users_list, "members")
            known = frozenset(str(user["id"]) for user in users if is_insider(user, self._workspace))
            self._insiders.keep(self._workspace.team_id, known)
        return known

    def _look_up(self, user_id: str) -> Actor:
        try:
            user = self._reads.users_info(user=user_id, include_locale=True)["user"]
        except SLACK_FAULTS as error:
            logger.warning("users.info for %s failed: %s", user_id, code_of(error))
            raise NotAllowed(Sentence("I could not find out who you are. Please try again in a moment.")) from error
        actor = actor_from(user, self._workspace)
        self._actors.keep(user_id, actor)
        if actor.locale_known:
            self._locales.keep(user_id, actor.locale)
        return actor

    def _look_into(self, channel_id: str) -> Audience:
        try:
            channel = self._reads.conversations_info(channel=channel_id)["channel"]
        except SLACK_FAULTS as error:
            logger.info("conversations.info for %s failed, so it counts as external: %s", channel_id, code_of(error))
            return Audience(channel_id, external=True, known=False)
        audience = Audience(channel_id, external=is_external(channel), member=bool(channel.get("is_member")))
        self._audiences.keep(channel_id, audience)
        return audience


def pages(method: Callable[..., SlackResponse], key: str, **arguments: str) -> list[Any]:
    """All that a method of Slack's lists, page by page."""
    found: list[Any] = []
    cursor = ""
    while True:
        page = method(limit=PAGE, cursor=cursor or None, **arguments)
        found += page[key]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found


def actor_from(user: Mapping[str, Any], workspace: Workspace) -> Actor:
    """The person whom users.info describes."""
    profile = user.get("profile") or {}
    locale = str(user.get("locale") or "")
    return Actor(
        user_id=str(user["id"]),
        team_id=str(user.get("team_id") or ""),
        role=role_of(user, workspace),
        name=str(profile.get("real_name") or user.get("real_name") or user.get("name") or ""),
        email=profile.get("email") or None,
        locale=best_locale(locale),
        locale_known=locale.lower().startswith(LOCALES),
    )


def role_of(user: Mapping[str, Any], workspace: Workspace) -> Role:
    """What users.info allows a person: the company's own, active, human people are members or admins."""
    ours = user.get("team_id") == workspace.team_id or _same_enterprise(user, workspace)
    if not ours or user.get("deleted") or user.get("is_stranger") or user.get("is_bot"):
        return Role.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Role.GUEST
    return Role.ADMIN if user.get("is_admin") or user.get("is_owner") else Role.MEMBER


def is_insider(user: Mapping[str, Any], workspace: Workspace) -> bool:
    """Whether what a channel shows this user stays within the company: its own people, and the bots it installed."""
    installed = bool(user.get("is_bot")) and user.get("team_id") == workspace.team_id
    return installed or role_of(user, workspace) >= Role.MEMBER


def is_external(channel: Mapping[str, Any]) -> bool:
    """Whether people from outside read a channel, or soon may, as conversations.info tells it."""
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        return True
    return bool(channel.get("is_shared")) and not channel.get("is_org_shared")


def _same_enterprise(user: Mapping[str, Any], workspace: Workspace) -> bool:
    enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
    return enterprise is not None and enterprise == workspace.enterprise_id


def _outsider(actor: Actor, team_id: str | None) -> Actor:
    return replace(actor, team_id=team_id or "", role=Role.OUTSIDER, email=None)


class _Recent(Generic[K, V]):
    """What was learnt in the last so many seconds, of a bounded number of things."""

    def __init__(self, keep_seconds: float, seconds: Callable[[], float]) -> None:
        self._keep = keep_seconds
        self._seconds = seconds
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: K) -> V | None:
        with self._lock:
            entry = self._entries.get(key)
        return entry[1] if entry is not None and self._seconds() < entry[0] else None

    def keep(self, key: K, value: V) -> None:
        with self._lock:
            self._entries[key] = (self._seconds() + self._keep, value)
            self._entries.move_to_end(key)
            if len(self._entries) > MOST_KEPT:
                self._entries.popitem(last=False)

    def drop(self, key: K) -> None:
        with self._lock:
            self._entries.pop(key, None)
