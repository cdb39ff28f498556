"""An account has left: why? Its people are asked, and its CSM."""

from metrics.triggering import Trigger
from metrics.types import msg

TRIGGER = Trigger(
    id="account_churned",
    kind="exit",
    title=msg("An account has left"),
    summary=msg("Asks the account's points of contact why, and its CSM. If it comes back, the question goes away."),
    asks_csm=True,
)
