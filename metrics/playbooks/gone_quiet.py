"""The account has fallen silent: find out what changed there, and give them a reason to come back."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="gone_quiet",
    title=msg("Gone quiet: bring them back"),
    rules=("inactivity", "campaign_silence"),
    steps=(
        Step(msg("Check for a cause of ours: an outage, a login, an open ticket"), 1),
        Step(msg("Find out who used it last, and what for"), 1),
        Step(msg("Call the champion: what changed, people or priorities?"), 2),
        Step(msg("Offer one concrete result they can have within a week"), 4),
        Step(msg("Hold a short session with the people who should use it"), 7),
        Step(msg("Look whether they use it again; if not, tell your lead"), 12),
    ),
)
