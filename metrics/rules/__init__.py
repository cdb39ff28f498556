"""Risk signals: each module declares one RULE."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.types import Finding, RiskFacts, Rule, Severity

_WORST_FIRST = tuple(Severity)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule, by its id."""
    return collect(import_module(__name__), "RULE", Rule)


def findings(facts: RiskFacts) -> tuple[tuple[Rule, Finding], ...]:
    """What all rules see in an account, the most severe first, equals in the order of their names."""
    found = [(rule, finding) for rule in all_rules().values() if (finding := rule.check(facts))]
    return tuple(sorted(found, key=lambda pair: _WORST_FIRST.index(pair[1].severity)))
