"""They recommend us and use more and more: thank them, learn from them, ask for a word and for the next team."""

from metrics.checklists import Playbook, Step
from metrics.types import msg

PLAYBOOK = Playbook(
    id="promoter_growth",
    title=msg("A promoter who grows: ask them"),
    rules=("promoter_growing", "advocate"),
    steps=(
        Step(msg("Thank them, and ask what works so well"), 1),
        Step(msg("Ask for a review, a reference or a short story"), 4),
        Step(msg("Ask which other team has the same task"), 5),
        Step(msg("Offer that team a session with their colleague"), 8),
        Step(msg("Write down what they said, and where we may use it"), 8),
    ),
)
