"""A ticket was resolved, which asks whether they were content with the help."""

from metrics.triggering import Trigger
from metrics.types import msg

TRIGGER = Trigger(
    id="ticket_resolved",
    kind="csat",
    title=msg("A ticket is resolved"),
    summary=msg("Asks the account's points of contact how satisfied they are. Opened again, the question goes away."),
)
