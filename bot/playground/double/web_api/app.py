"""api.test, auth.test, apps.connections.open and reactions.add: the app itself, and its one gesture."""

import re

from bot.playground.double.conversations import find_message
from bot.playground.double.errors import Refusal
from bot.playground.double.records import Change, Json
from bot.playground.double.web_api.asked import Asked, Method

EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def test(asked: Asked) -> Json:
    """Say back what was said; with `error`, as an error."""
    if error := asked.text("error"):
        raise Refusal(error, extra={"args": dict(asked.args)})
    return {"ok": True, "args": dict(asked.args)}


def who_am_i(asked: Asked) -> Json:
    """Whose token this is."""
    state = asked.state
    return {
        "ok": True,
        "url": f"{asked.base_url}/",
        "team": state.team.name,
        "team_id": state.team.id,
        "user": state.bot.name,
        "user_id": state.bot.id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(asked: Asked) -> Json:
    """The address for one Socket Mode connection; it works once."""
    ticket = asked.state.new_ticket()
    return {"ok": True, "url": f"{asked.base_url.replace('http://', 'ws://')}/link/?ticket={ticket}"}


def react(asked: Asked) -> Json:
    """Put an emoji on a message."""
    channel, name = asked.channel(), asked.text("name")
    message = find_message(asked.state, channel.id, asked.text("timestamp"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    if not EMOJI.fullmatch(name):
        raise Refusal("invalid_name")
    reaction = (name, asked.state.bot.id)
    if reaction in message.reactions:
        raise Refusal("already_reacted")
    message.reactions = (*message.reactions, reaction)
    asked.state.note(Change("channel", channel.id))
    return {"ok": True}


METHODS: dict[str, Method] = {
    "api.test": test,
    "auth.test": who_am_i,
    "apps.connections.open": open_connection,
    "reactions.add": react,
}
