"""Somebody said that they are not content: answer fast, in person, and come back with what was done about it."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="unhappy_answer",
    title=msg("Unhappy answer: close the loop"),
    rules=("detractor",),
    steps=(
        Step(msg("Read the words, and the tickets and changes of that week"), 0),
        Step(msg("Call or write within a day: thank them and listen"), 1),
        Step(msg("Say what we will do, by when, and what we will not"), 3),
        Step(msg("Pass it on to the team that can change it"), 3),
        Step(msg("Come back with what was done"), 10),
        Step(msg("Ask how they see it now"), 15),
    ),
)
