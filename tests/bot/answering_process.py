"""Bots that answer and can be killed: a process that has everything imported and forks one for each line it reads.

Each line is a JSON list of STORE_URL, API_URL, TOKEN, SECRET and PORT, and is answered with a process id.
"""

import json
import os
import signal
import sys

from bot.build import build
from bot.serving import serve
from bot.settings import load_settings
from commands.core.registry import Registry, all_commands
from commands.ui.text import LOCALES, translator


def work(registry: Registry, store: str, api_url: str, token: str, secret: str, port: str) -> None:
    """Take Slack's requests until killed."""
    settings = load_settings(
        None,
        LATIDO_MODE="http",
        LATIDO_HOST="127.0.0.1",
        LATIDO_PORT=port,
        LATIDO_DATABASE_URL=store,
        LATIDO_CURRENCY="USD",
        LATIDO_TIMEZONE="UTC",
        SLACK_BOT_TOKEN=token,
        SLACK_SIGNING_SECRET=secret,
        SLACK_API_URL=api_url,
    )
    serve(build(settings, registry=registry), jobs=False)


def main() -> None:
    """Fork a bot a line; they are nobody's business here once they have been killed."""
    registry = all_commands()
    for locale in LOCALES:
        translator(locale)  # read once, for all of them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(registry, *json.loads(line))
        print(child, flush=True)  # noqa: T201 - how it answers


if __name__ == "__main__":
    main()
