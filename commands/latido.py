"""/latido: what can be asked, and how.

Every other command is also a sub-command (`/latido health acme`); the registry takes those off before anything runs, so
what comes here is a bare call, a call for help, or a word that is no command.
"""

from commands.core.errors import NotUnderstood
from commands.core.registry import ROOT, all_commands, first_word, suggestion
from commands.core.reply import Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Command
from commands.core.words import folded, short
from commands.ui.cards.help import help_card
from metrics.types import Sentence, msg
from storage.session import Session

HELP_WORDS = frozenset({"", "help", "ayuda", "помощь", "справка", "?", "commands", "comandos", "команды"})


def run(request: Request, _db: Session) -> Reply:
    """The list of commands; NotUnderstood, with the nearest command, for a word that is none."""
    registry = all_commands()
    word, rest = first_word(request.text)
    if folded(word) not in {folded(each) for each in HELP_WORDS}:
        near = registry.nearest(word)
        raise NotUnderstood(
            Sentence("There is no command “{word}”.", {"word": short(word)}),
            suggestions=(*(suggestion(near, rest) if near else ()), f"/{ROOT}"),
        )
    listed = (command for command in registry.commands.values() if command.id != ROOT)
    return help_card(listed, request.t, request.company.command_prefix)


COMMAND = Command(
    id=ROOT,
    usage=msg("[command]"),
    summary=msg("What can be asked, with examples"),
    run=run,
    least_role=Role.MEMBER,
    place=Place.CUSTOMER,  # it holds no figures
    examples=("",),
)
