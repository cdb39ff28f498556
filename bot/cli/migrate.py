"""latido migrate: bring the database up to date."""

import argparse

from bot.cli import Verb
from bot.opening import reach
from bot.settings import load_settings
from storage.migrate import is_current, upgrade


def configure(parser: argparse.ArgumentParser) -> None:
    """--check only looks."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when the database is behind")


def run(arguments: argparse.Namespace) -> int:
    """Apply the migrations that are missing; safe to repeat."""
    engine = reach(load_settings().database_url)
    current = is_current(engine)
    if not current and not arguments.check:
        upgrade(engine)
    engine.dispose()
    if arguments.check:
        print("up to date" if current else "behind: run latido migrate")
        return 0 if current else 1
    print("already up to date" if current else "brought up to date")
    return 0


VERB = Verb("migrate", "Bring the database up to date", configure, run)
