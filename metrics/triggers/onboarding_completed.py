"""An onboarding was completed, which asks how much effort it was."""

from metrics.triggering import Trigger
from metrics.types import msg

TRIGGER = Trigger(
    id="onboarding_completed",
    kind="ces",
    title=msg("An onboarding is completed"),
    summary=msg("Asks the account's points of contact how easy it was, once for each account."),
)
