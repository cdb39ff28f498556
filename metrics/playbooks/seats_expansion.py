"""They are at the limit of what they bought: offer room before somebody is turned away."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="seats_expansion",
    title=msg("Seats are full: offer more"),
    rules=("seats_full", "heavy_use"),
    steps=(
        Step(msg("See who uses it most, and who is waiting for a seat"), 1),
        Step(msg("Ask the champion which teams want in"), 3),
        Step(msg("Work out the offer that fits: seats, a plan, or a longer term"), 4),
        Step(msg("Talk to the one who pays, with what they gained so far"), 6),
        Step(msg("Send the offer, and ask for a day to decide"), 8),
        Step(msg("Plan the start of the new users"), 12),
    ),
)
