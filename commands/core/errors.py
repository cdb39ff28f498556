"""What stops a command, and what the person who typed it gets to read.

UserError                   its sentence reaches the person as it stands
├── NotUnderstood           an argument means nothing; carries the nearest things that would have
└── NotAllowed              this person, or this place, may not see that
BadRegistration             a command, button or modal is declared wrongly; the bot refuses to start
"""

from metrics.types import Sentence


class UserError(Exception):
    """Something the person can mend; `sentence` says what it is and what to do next."""

    def __init__(self, sentence: Sentence, *, suggestions: tuple[str, ...] = ()) -> None:
        """`suggestions` are texts of commands that would have worked, offered as buttons."""
        super().__init__(sentence.text)
        self.sentence = sentence
        self.suggestions = suggestions


class NotUnderstood(UserError):
    """An argument means nothing to the command."""


class NotAllowed(UserError):
    """This person, or this place, may not see that."""


class BadRegistration(Exception):
    """A command, button or modal is declared wrongly."""
