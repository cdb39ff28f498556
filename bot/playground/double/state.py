"""Everything that has happened, behind one lock; every change wakes those who wait."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Condition, RLock
from time import monotonic
from typing import TypeAlias, TypeVar

from bot.playground.double.faults import Faults
from bot.playground.double.records import Call, Change, File, Message, ResponseUrl, Trigger, View
from bot.playground.double.world import APP_ID, BOT_ID, Channel, User, World

Clock: TypeAlias = Callable[[], datetime]
CommandList: TypeAlias = Sequence[Mapping[str, str]] | Callable[[], Sequence[Mapping[str, str]]]
Answer = TypeVar("Answer")

DEFAULT_SCOPES = frozenset(
    {
        *("commands", "chat:write", "files:write", "files:read", "users:read", "users:read.email", "im:write"),
        *("channels:read", "groups:read", "im:read", "channels:history", "groups:history", "im:history"),
        *("reactions:write", "usergroups:read"),
    }
)
DEFAULT_EVENTS = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked", "member_joined_channel"})


@dataclass(frozen=True, slots=True)
class App:
    """The app as it is installed in the workspace."""

    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    scopes: Collection[str] = DEFAULT_SCOPES
    events: Collection[str] = DEFAULT_EVENTS
    """The events it is subscribed to, as the manifest names them (message.im)."""
    commands: CommandList | None = None
    """Its slash commands: command, usage, description. None: whatever is typed is one of them."""
    id: str = APP_ID
    bot_id: str = BOT_ID

    def known_commands(self) -> Sequence[Mapping[str, str]]:
        """The slash commands now; none when they were not told."""
        return self.commands() if callable(self.commands) else self.commands or ()


def new_app(scopes: Collection[str], events: Collection[str], commands: CommandList | None) -> App:
    """An installation with tokens that nobody else can know."""
    return App(
        bot_token=f"xoxb-{secrets.token_hex(12)}",
        app_token=f"xapp-{secrets.token_hex(12)}",
        signing_secret=secrets.token_hex(16),
        verification_token=secrets.token_hex(12),
        scopes=frozenset(scopes),
        events=frozenset(events),
        commands=commands,
    )


class State:
    """The workspace at this moment. Hold `lock` to read or change more than one thing; never during I/O."""

    def __init__(self, world: World, app: App, clock: Clock) -> None:
        self.world = world
        self.team = world.team
        self.bot = world.bot
        self.app = app
        self.clock = clock
        self.lock = RLock()
        self.faults = Faults()
        self.users: dict[str, User] = {user.id: user for user in (*world.users, world.bot)}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in world.channels}
        self.messages: defaultdict[str, list[Message]] = defaultdict(list)
        self.files: dict[str, File] = {}
        self.stacks: defaultdict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.read_until: dict[tuple[str, str], str] = {}
        """The last message a person has seen, by person and channel."""
        self.calls: list[Call] = []
        self.tickets: set[str] = set()
        """Socket Mode addresses that were given out and not used yet."""
        self._condition = Condition(self.lock)
        self._version = 0
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._last_ts = 0
        self._watchers: list[Callable[[Change], None]] = []

    def new_id(self, prefix: str) -> str:
        """An id that looks like Slack's: F0000001."""
        with self.lock:
            self._counts[prefix] += 1
            return f"{prefix}{self._counts[prefix]:08X}"

    def new_ts(self) -> str:
        """The ts of something that happens now, later than all before it even if the clock stands still."""
        with self.lock:
            self._last_ts = max(int(self.clock().timestamp() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_ticket(self) -> str:
        """A ticket that opens one Socket Mode connection."""
        ticket = secrets.token_hex(8)
        with self.lock:
            self.tickets.add(ticket)
        return ticket

    def team_of(self, user: User) -> str:
        """The id of the workspace a person belongs to."""
        return user.team_id or self.team.id

    def is_outsider(self, user: User) -> bool:
        """Whether a person belongs to another company."""
        return self.team_of(user) != self.team.id

    def record(self, call: Call) -> None:
        """Remember a request the app made."""
        with self.lock:
            self.calls.append(call)
            self._wake()

    def note(self, *changes: Change) -> None:
        """Tell everybody who waits or watches that something has changed."""
        with self.lock:
            watchers = tuple(self._watchers)
            self._wake()
        for watcher in watchers:
            for change in changes:
                watcher(change)

    def watch(self, watcher: Callable[[Change], None]) -> Callable[[], None]:
        """Call `watcher` with every change, from whatever thread made it; the answer ends it."""
        with self.lock:
            self._watchers.append(watcher)

        def stop() -> None:
            with self.lock:
                self._watchers.remove(watcher)

        return stop

    def wait_until(self, predicate: Callable[[], Answer | None], *, timeout: float) -> Answer:
        """The first true answer of `predicate`, asked after every change; TimeoutError after `timeout` seconds."""
        deadline = monotonic() + timeout
        while True:
            with self.lock:
                seen = self._version
            # Outside the lock: the predicate may itself talk to the double over HTTP.
            if answer := predicate():
                return answer
            with self.lock:
                if not self._condition.wait_for(partial(self._moved_on, seen), deadline - monotonic()):
                    raise TimeoutError(f"not true within {timeout:g} s; the app's last calls: {self._last_calls()}")

    def _last_calls(self) -> str:
        made = [f"{call.method}{'' if call.ok else f' ({call.error})'}" for call in self.calls[-5:]]
        return ", ".join(made) or "none at all"

    def _moved_on(self, seen: int) -> bool:
        return self._version != seen

    def _wake(self) -> None:
        self._version += 1
        self._condition.notify_all()
