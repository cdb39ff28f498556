"""The person who stood for the account is gone: keep the ties, win the successor, follow the one who left."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="champion_left",
    title=msg("Champion left: find the next one"),
    rules=("poc_departure", "poc_silent"),
    steps=(
        Step(msg("Call the contact's manager: who takes over, and from when?"), 1),
        Step(msg("Ask a second contact what changes inside the company"), 2),
        Step(msg("Introduce yourself to the successor and book a first call"), 3),
        Step(msg("Show the successor what they gained so far, in their own figures"), 5),
        Step(msg("Agree on goals and the next review with the successor"), 8),
        Step(msg("Win a second sponsor, so that one departure hurts less"), 10),
        Step(msg("Write to the one who left: they may bring us along"), 10),
    ),
)
