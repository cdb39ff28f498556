"""They cut seats or a plan: the first step out of the door, unless somebody asks why."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="contraction_stop",
    title=msg("They pay less: stop the slide"),
    rules=("contraction",),
    steps=(
        Step(msg("See what was cut: seats, a product, a plan, or the price"), 1),
        Step(msg("Ask who decided, and whether it was budget or benefit"), 2),
        Step(msg("Check whether the rest is used; if not, say so before they do"), 3),
        Step(msg("Agree on what has to be true for them to come back up"), 5),
        Step(msg("Set a review before the next renewal and put it in the calendar"), 8),
    ),
)
