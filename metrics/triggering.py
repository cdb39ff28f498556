"""The shape of a trigger: something that happens at a customer, for which Latido asks by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from metrics.dials import Dial, Dials

FEATURE: Final = "feature"
"""Beside the dials: the feature that a trigger with `of_feature` watches."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One thing that may ask by itself. It is off until a company switches it on. Titles are msgids."""

    id: str
    """Frozen: settings, waves and decisions refer to it."""
    kind: str
    """What it asks: the id of a declaration in metrics.surveys."""
    title: str
    summary: str
    """Who is asked what, and when."""
    dials: Mapping[str, Dial] = field(default_factory=dict)
    of_feature: bool = False
    """It watches one feature of the product, which has to be chosen first."""
    asks_csm: bool = False
    """The account's CSM is asked, too."""

    def in_force(self, turned: Mapping[str, Any]) -> Dials:
        """Its dials as a company has turned them; what is no whole number within the bounds stands at its default."""
        return {name: _within(dial, turned.get(name)) for name, dial in self.dials.items()}

    def feature(self, turned: Mapping[str, Any]) -> str:
        """The feature that it watches; empty: none is chosen yet, or it watches none."""
        return str(turned.get(FEATURE) or "") if self.of_feature else ""


def _within(dial: Dial, value: object) -> int:
    known = isinstance(value, int) and not isinstance(value, bool) and dial.low <= value <= dial.high
    return value if known and isinstance(value, int) else dial.default
