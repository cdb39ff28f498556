"""The contract ends soon and they are not well: know who decides, mend what hurts, and ask for the decision early."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="renewal_rescue",
    title=msg("Renewal at risk: save it"),
    rules=("renewal_near",),
    steps=(
        Step(msg("Read the contract: day, notice, price, who signs"), 1),
        Step(msg("Ask the champion who decides and what speaks against us"), 2),
        Step(msg("Agree inside on what we can offer, and what not"), 3),
        Step(msg("Mend the worst complaint, or give it a day"), 5),
        Step(msg("Review results with the one who decides, in their own figures"), 8),
        Step(msg("Bring our own executive in touch with theirs"), 8),
        Step(msg("Ask for the decision, and write down the reason either way"), 12),
    ),
)
