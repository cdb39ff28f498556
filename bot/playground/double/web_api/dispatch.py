"""From a method's name and arguments to Slack's answer."""

from collections.abc import Mapping
from typing import Any

from bot.playground.double.errors import Refusal
from bot.playground.double.faults import Fault, FileNotReady
from bot.playground.double.records import Json
from bot.playground.double.rules import check_call
from bot.playground.double.state import State
from bot.playground.double.web_api import app, channels, chat, modals, people, uploads
from bot.playground.double.web_api.asked import Asked, Method

METHODS: dict[str, Method] = {
    **app.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **modals.METHODS,
    **people.METHODS,
    **uploads.METHODS,
}


def answer(
    state: State, name: str, args: Mapping[str, Any], token: str | None, base_url: str, fault: Fault | None = None
) -> Json:
    """What Slack says to this call, having done what it asks."""
    unready = isinstance(fault, FileNotReady)
    asked = Asked(
        state=state,
        args=args,
        base_url=base_url,
        files_unready=unready,
        file_delay_seconds=fault.seconds if isinstance(fault, FileNotReady) else 0.0,
    )
    try:
        check_call(state, name, args, token)
        with state.lock:
            return METHODS[name](asked)
    except Refusal as refusal:
        return refusal.answer()
