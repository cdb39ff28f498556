"""Signals: each module declares one RULE, which looks for a risk or for a reason to offer an account more."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.dials import RulePolicy
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import Band

_WORST_FIRST = {severity: number for number, severity in enumerate(Severity)}


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule, by its id."""
    return collect(import_module(__name__), "RULE", Rule)


@cache
def rules_of(signal: Signal) -> Mapping[str, Rule]:
    """The rules that look for one kind of signal, by their id."""
    return {id_: rule for id_, rule in all_rules().items() if rule.signal is signal}


def findings(facts: RiskFacts, policy: RulePolicy) -> tuple[tuple[Rule, Finding], ...]:
    """The risks that the rules see in an account, the most severe first, equals in the order of their names."""
    return _found(facts, policy, Signal.RISK)


def opportunities(facts: RiskFacts, policy: RulePolicy) -> tuple[tuple[Rule, Finding], ...]:
    """The reasons to offer an account more, the strongest first; none in poor health: who is in trouble needs help."""
    return () if facts.band is Band.POOR else _found(facts, policy, Signal.EXPANSION)


def _found(facts: RiskFacts, policy: RulePolicy, signal: Signal) -> tuple[tuple[Rule, Finding], ...]:
    found = [(rule, finding) for rule in rules_of(signal).values() if (finding := rule.judge(facts, policy))]
    return tuple(sorted(found, key=lambda pair: _WORST_FIRST[pair[1].severity]))
