"""The terminal: each module is one verb of the latido command.

A verb's module is imported only when it is asked for, so that `latido manifest` does not wait for a web server.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import __version__
from bot.settings import SettingsError
from commands.core.errors import UserError
from commands.core.request import Translator
from metrics.errors import MetricError
from metrics.types import Sentence
from storage.errors import StoreError


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing the terminal can be asked to do; `run` returns the exit code."""

    id: str
    summary: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; what the person can mend is one sentence on stderr and exit code 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    modules = _modules()
    asked = words[:1] if words[:1] and words[0] in modules else list(verb_names())
    parser = argparse.ArgumentParser(prog="latido", description="The customer-success bot for your own Slack.")
    parser.add_argument("--version", action="version", version=f"latido {__version__}")
    subparsers = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs = {name: verb_of(modules[name]) for name in asked}
    for name, verb in verbs.items():
        verb.configure(subparsers.add_parser(name, help=verb.summary, description=verb.summary))
    parsed = parser.parse_args(words)
    try:
        return verbs[parsed.verb].run(parsed)
    except (SettingsError, StoreError, MetricError) as error:
        print(f"latido {parsed.verb}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def not_understood(verb: Verb, error: UserError, t: Translator) -> int:
    """Say what is wrong with the words after a verb, and the nearest right ones; the exit code."""
    near = [t(Sentence("Nearest: {names}", {"names": ", ".join(error.suggestions)}))] if error.suggestions else []
    print(f"latido {verb.id}:", t(error.sentence), *near, file=sys.stderr)
    return 2


def verb_of(module: str) -> Verb:
    """What the module declares as VERB."""
    verb = importlib.import_module(module).VERB
    if not isinstance(verb, Verb):
        raise TypeError(f"{module} must declare VERB = Verb(…)")
    return verb


def verb_names() -> tuple[str, ...]:
    """What may follow `latido`."""
    return tuple(sorted(_modules()))


def _modules() -> dict[str, str]:
    """The verbs' names with their modules; a module named after a keyword ends in an underscore (import_)."""
    return {m.name.strip("_").replace("_", "-"): f"{__name__}.{m.name}" for m in pkgutil.iter_modules(__path__)}
