"""ask(): a command answered on the terminal, through the same gate and the same code as in Slack."""

from bot.answering import Answering, Settled, settle
from commands.core.reply import Answer
from commands.core.request import Actor, Audience, Role
from commands.ui.text import best_locale, translator

TERMINAL = "TERMINAL"


def ask(answering: Answering, typed: str, *, locale: str = "en", email: str | None = None) -> Settled:
    """The answer to a typed line such as `/health acme`. Whoever may read the database file may ask anything.

    `email` says whose accounts are meant where a command asks for the reader's own. What goes wrong comes back as the
    sentence that a person in Slack would read; the log has the rest.
    """
    actor = Actor(TERMINAL, TERMINAL, Role.ADMIN, name=TERMINAL.title(), email=email, locale=best_locale(locale))

    def work() -> Answer:
        task = answering.line(typed)
        request = answering.request(task, actor, Audience(TERMINAL, external=False, direct=True))
        return answering.run(task, request, "")

    return settle(work, lambda: translator(actor.locale))
