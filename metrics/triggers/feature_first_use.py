"""An account used a feature for the first time, which asks how much effort it was."""

from metrics.dials import Dial, DialUnit
from metrics.triggering import Trigger
from metrics.types import msg

TRIGGER = Trigger(
    id="feature_first_use",
    kind="ces",
    title=msg("A feature is used for the first time"),
    summary=msg("Asks the account's points of contact how easy it was, once for each account and feature."),
    dials={"days_after": Dial(msg("Days after the first use"), 3, DialUnit.DAYS, 0, 90)},
    of_feature=True,
)
