"""Slack's double: a workspace on 127.0.0.1 that the real bot is played and tested against."""

from bot.playground.double.deliveries import Delivery
from bot.playground.double.errors import DoubleError, Impossible
from bot.playground.double.faults import (
    ApiError,
    DropAfterAccepting,
    DropBefore,
    FileNotReady,
    RateLimited,
    ServerError,
    Slow,
)
from bot.playground.double.records import Call, File, Message
from bot.playground.double.slack import SlackDouble
from bot.playground.double.world import BOT_USER_ID, Channel, Team, User, World

__all__ = [
    "BOT_USER_ID",
    "ApiError",
    "Call",
    "Channel",
    "Delivery",
    "DoubleError",
    "DropAfterAccepting",
    "DropBefore",
    "File",
    "FileNotReady",
    "Impossible",
    "Message",
    "RateLimited",
    "ServerError",
    "SlackDouble",
    "Slow",
    "Team",
    "User",
    "World",
]
