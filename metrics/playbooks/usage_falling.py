"""They still use the product, but less than they did: name the reason with them before it becomes the habit."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="usage_falling",
    title=msg("Usage is falling: find the reason"),
    rules=("usage_drop", "score_fall"),
    steps=(
        Step(msg("See which users and features fell, and since when"), 1),
        Step(msg("Rule out a season, a release of ours or a departed admin"), 1),
        Step(msg("Call the champion with the figures: does it match their view?"), 3),
        Step(msg("Agree on two use cases to bring back, with a name for each"), 5),
        Step(msg("Train the users who stopped"), 8),
        Step(msg("Compare usage with the day this began, and tell the sponsor"), 15),
    ),
)
