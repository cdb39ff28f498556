"""latido manifest: the Slack app manifest to paste when creating the app."""

import argparse
import json

from bot.cli import Verb
from bot.manifest import manifest
from bot.settings import Mode, SettingsError, load_settings
from commands.core.registry import all_commands


def configure(parser: argparse.ArgumentParser) -> None:
    """--url is needed in http mode only."""
    parser.add_argument("--url", help="where Slack reaches the bot in http mode, for example https://bot.example.com")


def run(arguments: argparse.Namespace) -> int:
    """Print JSON for https://api.slack.com/apps, Create New App, From a manifest."""
    settings = load_settings()
    url: str | None = arguments.url
    if settings.mode is Mode.HTTP and not (url or "").startswith("https://"):
        raise SettingsError("LATIDO_MODE is http, so say where Slack reaches the bot: latido manifest --url https://…")
    if settings.mode is Mode.SOCKET and url:
        raise SettingsError("--url is for LATIDO_MODE=http; in socket mode Slack needs no address")
    print(
        json.dumps(
            manifest(all_commands(), prefix=settings.command_prefix, public_url=url), indent=2, ensure_ascii=False
        )
    )
    return 0


VERB = Verb("manifest", "Print the Slack app manifest", configure, run)
