"""Some time with us: would they recommend us? And again each period."""

from metrics.dials import Dial, DialUnit
from metrics.triggering import Trigger
from metrics.types import msg

TRIGGER = Trigger(
    id="start_nps",
    kind="nps",
    title=msg("A while after the start, and again each period"),
    summary=msg(
        "Asks the account's points of contact whether they would recommend us, by the day they became customers."
    ),
    dials={
        "first_after": Dial(msg("Days after the start"), 90, DialUnit.DAYS, 7, 730),
        "period": Dial(msg("Days from one time to the next"), 180, DialUnit.DAYS, 30, 730),
    },
)
