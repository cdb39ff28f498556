"""What a company may turn in its rules: each rule's dials, and the policy that says which are turned, or rules off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias


class DialUnit(StrEnum):
    """What a dial counts."""

    DAYS = "days"
    PERCENT = "percent"
    TIMES = "times"
    COUNT = "count"


class Calmer(StrEnum):
    """In which direction a dial makes its rule find less."""

    HIGHER = "higher"
    LOWER = "lower"


class Dial(NamedTuple):
    """One threshold of a rule: a whole number from `low` to `high`."""

    title: str
    default: int
    unit: DialUnit
    low: int
    high: int
    calmer: Calmer = Calmer.HIGHER


Dials: TypeAlias = Mapping[str, int]
"""A rule's dials as they are in force, by name."""
Turned: TypeAlias = Mapping[str, int]
"""By "rule.dial" the value it is turned to; by "rule" True or False: whether the rule is looked for at all."""


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """What a company has turned; a segment's word goes before the company's, upper and lower case are the same."""

    company: Turned = field(default_factory=dict)
    segments: Mapping[str, Turned] = field(default_factory=dict)
    _known: dict[tuple[str, str | None], Dials | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What `in_force` has found out: ten thousand accounts ask for the same few things."""

    def in_force(self, rule_id: str, dials: Mapping[str, Dial], segment: str | None) -> Dials | None:
        """The dials of a rule for a segment's accounts (None: those without one); None where the rule is off."""
        asked = (rule_id, segment)
        if asked not in self._known:
            self._known[asked] = _dials(rule_id, dials, self.turned(segment))
        return self._known[asked]

    def turned(self, segment: str | None) -> Turned:
        """All that is turned for a segment's accounts."""
        if segment is not None:
            for name, own in self.segments.items():
                if name.casefold() == segment.casefold():
                    return {**self.company, **own}
        return self.company


def _dials(rule_id: str, dials: Mapping[str, Dial], turned: Turned) -> Dials | None:
    if not turned.get(rule_id, True):
        return None
    return MappingProxyType({name: turned.get(f"{rule_id}.{name}", dial.default) for name, dial in dials.items()})


AS_DELIVERED = RulePolicy()
"""Every rule with its defaults."""
