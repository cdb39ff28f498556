"""Who and what is there before anything happens: a workspace, its people, its conversations."""

from collections.abc import Sequence
from dataclasses import dataclass, field

BOT_USER_ID = "U0LATIDO"
BOT_ID = "B0LATIDO"
APP_ID = "A0LATIDO"


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace that has installed the app."""

    id: str
    name: str
    domain: str = "playground"


@dataclass(frozen=True, slots=True)
class User:
    """One person as Slack knows them."""

    id: str
    name: str
    """The handle, as in @ana."""
    real_name: str = ""
    email: str | None = None
    locale: str = "en-US"
    tz: str = "Etc/UTC"
    team_id: str = ""
    """Another company's id for an outsider; empty: the workspace's own."""
    is_admin: bool = False
    is_restricted: bool = False
    """A guest, of several channels."""
    is_ultra_restricted: bool = False
    """A guest of a single channel."""
    deleted: bool = False
    is_bot: bool = False
    updated: int = 0
    """The second of the last change to this person; 0: nobody knows."""
    color: str = "4a6fa5"
    """Six hexadecimal digits, for the avatar."""
    avatar: str = ""
    """An emoji for the avatar; empty: the name's initials."""

    @property
    def shown_name(self) -> str:
        """What others read above this person's messages."""
        return self.real_name or self.name

    @property
    def guest(self) -> bool:
        """Whether this is a guest of either kind."""
        return self.is_restricted or self.is_ultra_restricted


@dataclass(frozen=True, slots=True)
class Channel:
    """One conversation."""

    id: str
    name: str
    kind: str = "public"
    """public, private or im (a direct message)."""
    members: Sequence[str] = ()
    """Ids of the people in it; the bot is told by `bot_member`."""
    is_ext_shared: bool = False
    """Shared with another company (Slack Connect)."""
    is_pending_ext_shared: bool = False
    """Another company is invited and has not accepted yet."""
    connected_team_ids: Sequence[str] = ()
    is_archived: bool = False
    bot_member: bool = True
    topic: str = ""

    @property
    def external(self) -> bool:
        """Whether people of another company read along, or soon will."""
        return self.is_ext_shared or self.is_pending_ext_shared


def latido() -> User:
    """The bot's own user."""
    return User(id=BOT_USER_ID, name="latido", real_name="Latido", is_bot=True, color="e01e5a", avatar="💗")


@dataclass(frozen=True, slots=True)
class World:
    """Everything that stands when the double starts."""

    team: Team
    users: Sequence[User]
    channels: Sequence[Channel]
    bot: User = field(default_factory=latido)
    usergroups: dict[str, Sequence[str]] = field(default_factory=dict)
    """People by user group id."""

    def __post_init__(self) -> None:
        people = {user.id for user in self.users} | {self.bot.id}
        if len(people) != len(self.users) + 1:
            raise ValueError("two users of the world share an id")
        if len({channel.id for channel in self.channels}) != len(self.channels):
            raise ValueError("two channels of the world share an id")
        for channel in self.channels:
            if channel.kind not in {"public", "private", "im"}:
                raise ValueError(f"{channel.id}: {channel.kind!r} is no kind of channel")
            if unknown := set(channel.members) - people:
                raise ValueError(f"{channel.id} has members that are not in the world: {sorted(unknown)}")
