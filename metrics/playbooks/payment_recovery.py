"""A payment failed: most of these are cards and forms, not wishes to leave; help first, insist later."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="payment_recovery",
    title=msg("Failed payment: the dunning call"),
    rules=("payment_failed",),
    steps=(
        Step(msg("See why it failed: expired card, limit, bank, or no approval"), 0),
        Step(msg("Write to the billing contact with the link to pay"), 1),
        Step(msg("Call the billing contact, and ask for a day"), 3),
        Step(msg("Tell the champion, so that nobody is cut off by surprise"), 5),
        Step(msg("Agree with finance on a last day, and say it to the customer"), 8),
        Step(msg("See the money arrive, and ask for a second way to pay"), 10),
    ),
)
