"""How patient alerts are, as a company's words say it: how long a signal is gone until it is over, and quiet after."""

import re
from datetime import timedelta
from typing import Final

from metrics.alerting import AlertPolicy
from metrics.judging import Severity

EXPECTED_TIME: Final = "expected hours or days such as 36h or 2d, 90 days at most"
EXPECTED_TIMES: Final = "expected severities with hours or days, 90 days at most: urgent=1d warning=7d notice=7d"

_TIME: Final = re.compile(r"(\d{1,4})([hd])")
_MOST: Final = timedelta(days=90)


def patience_of(clear_after: str, cool_down: str) -> AlertPolicy:
    """What two texts say; a severity that the second one does not name is as delivered. ValueError: what was expected.

    >>> patience_of("2d", "urgent=12h").cool_down[Severity.URGENT]
    datetime.timedelta(seconds=43200)
    >>> patience_of("2d", "").cool_down[Severity.WARNING]
    datetime.timedelta(days=7)
    """
    gone = _time(clear_after.strip())
    if gone is None:
        raise ValueError(f"{EXPECTED_TIME}, not {clear_after!r}")
    said = dict(_named(word) for word in cool_down.replace(",", " ").split())
    return AlertPolicy(clear_after=gone, cool_down={**AlertPolicy().cool_down, **said})


def _named(word: str) -> tuple[Severity, timedelta]:
    name, _, rest = word.casefold().partition("=")
    quiet = _time(rest)
    if name not in set(Severity) or quiet is None:
        raise ValueError(f"{EXPECTED_TIMES}, not {word!r}")
    return Severity(name), quiet


def _time(text: str) -> timedelta | None:
    """Hours or days; None where it says neither, or too many."""
    found = _TIME.fullmatch(text.casefold())
    if found is None:
        return None
    said = timedelta(hours=int(found[1])) if found[2] == "h" else timedelta(days=int(found[1]))
    return said if said <= _MOST else None
