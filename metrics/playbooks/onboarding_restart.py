"""They have bought but are not live: find the step that blocks, make the goal smaller, put days on it."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="onboarding_restart",
    title=msg("Onboarding stalled: start it again"),
    rules=("onboarding_stalled",),
    steps=(
        Step(msg("Find the step they stopped at, and who has to take it"), 1),
        Step(msg("Call the project lead: what is in the way?"), 2),
        Step(msg("Cut the goal down to one first use that pays"), 3),
        Step(msg("Do the blocking step together, on a shared screen"), 5),
        Step(msg("Agree on a new day to go live, with names on both sides"), 6),
        Step(msg("Tell the sponsor the new plan"), 7),
        Step(msg("See the first people at work with it"), 15),
    ),
)
