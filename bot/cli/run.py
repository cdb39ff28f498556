"""latido run: the bot, until it is told to stop."""

import argparse

from bot.build import build
from bot.cli import Verb
from bot.logs import set_up_logging
from bot.serving import serve
from bot.settings import load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments: everything is a setting."""
    parser.epilog = "Settings come from the environment and .env; see .env.example."


def run(arguments: argparse.Namespace) -> int:
    """Answer Slack in the mode that the settings say; SIGTERM and Ctrl-C let what is under way finish."""
    del arguments
    settings = load_settings()
    settings.require_slack()
    set_up_logging()
    serve(build(settings))
    return 0


VERB = Verb("run", "Run the bot", configure, run)
