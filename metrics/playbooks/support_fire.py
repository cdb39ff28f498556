"""Support is on fire for this account: one owner, one list, one rhythm of news, then the cause."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="support_fire",
    title=msg("Escalation: put the fire out"),
    rules=("escalation", "ticket_surge"),
    steps=(
        Step(msg("Name one owner on our side and tell the customer who it is"), 0),
        Step(msg("List all open tickets by what they cost the customer"), 0),
        Step(msg("Agree when they hear from us, and keep it even without news"), 1),
        Step(msg("Call the sponsor before they call us"), 2),
        Step(msg("Close the worst ones, and have the customer confirm it"), 5),
        Step(msg("Write down the cause and what keeps it from coming back"), 8),
        Step(msg("Ask the sponsor two weeks later whether trust is back"), 10),
    ),
)
