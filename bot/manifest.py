"""The Slack app manifest, made from the registry: what to paste when creating the app."""

from typing import Any

from commands.core.registry import Registry
from commands.ui.text import translator

SCOPES = (
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:read",
    "im:write",
    "users:read",
    "users:read.email",
)
"""What the bot may do: answer, draw, look up who asks and whether a channel has outsiders."""

OPTIONAL_SCOPES = ("channels:history", "groups:history", "im:history")
"""Without them a message of the bot's own that Slack did not confirm is not looked for, and is left for an admin.

Nothing else is ever read.
"""

EVENTS = (
    "app_home_opened",
    "channel_id_changed",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "user_change",
)
"""What Slack tells the bot unasked."""

DESCRIPTION = "Answers about your customers: health, churn and MRR, each figure explained."
LONG_DESCRIPTION = (
    "Latido answers customer success questions where the team talks: how a customer is doing, what churned and why, "
    "how recurring revenue moved. Answers are private to whoever asks until they are shared, every figure can be asked "
    "how it was computed and which accounts are behind it, and nothing internal is shown where outsiders can read. "
    "It runs on your own machine, on your own data."
)


def manifest(registry: Registry, *, prefix: str = "", public_url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP where `public_url` (https://bot.example.com) is given.

    Slash commands are those of the registry that have a name of their own, with the company's prefix.
    """
    events_url = None if public_url is None else public_url.rstrip("/") + "/slack/events"
    interactivity: dict[str, Any] = {"is_enabled": True}
    subscriptions: dict[str, Any] = {"bot_events": list(EVENTS)}
    if events_url:
        interactivity["request_url"] = events_url
        subscriptions["request_url"] = events_url
    return {
        "display_information": {
            "name": "Latido",
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#0b5d5a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Latido", "always_online": True},
            "slash_commands": slash_commands(registry, prefix=prefix, events_url=events_url),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": subscriptions,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": events_url is None,
            "token_rotation_enabled": False,
        },
    }


def slash_commands(registry: Registry, *, prefix: str = "", events_url: str | None = None) -> list[dict[str, Any]]:
    """Name, description and usage of each command with a name of its own, in English as Slack shows one language."""
    t = translator("en")
    return [
        {
            "command": f"/{prefix}{command.id}",
            "description": t(command.summary),
            **({"usage_hint": t(command.usage)} if command.usage else {}),
            "should_escape": True,
            **({"url": events_url} if events_url else {}),
        }
        for command in registry.own_names()
    ]
