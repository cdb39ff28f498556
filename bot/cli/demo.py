"""latido demo: try the bot in the browser, with an example company and no Slack account."""

import argparse
import logging
import sys
import webbrowser

from bot.cli import Verb
from bot.logs import set_up_logging
from bot.playground.start import play


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to open the page."""
    parser.add_argument("--port", type=int, default=3000, help="the page's port on 127.0.0.1 (default 3000)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def run(arguments: argparse.Namespace) -> int:
    """Play until Ctrl-C."""
    set_up_logging(logging.WARNING)

    def opened(url: str) -> None:
        print(f"Making the example company; the page is at {url}", flush=True)

    def started(url: str) -> None:
        print(f"Ready: type /health acme, /churn or /mrr at {url} (Ctrl-C ends it)", flush=True)
        if arguments.open:
            webbrowser.open(url)

    try:
        play(port=arguments.port, opened=opened, started=started)
    except OSError as error:
        print(f"latido demo: port {arguments.port} cannot be used ({error}); try --port 3001", file=sys.stderr)
        return 2
    return 0


VERB = Verb("demo", "Try the bot in the browser: an example company, no Slack account", configure, run)
