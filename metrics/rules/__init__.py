"""Signals: each module declares one RULE, which looks for a risk or for a reason to offer an account more."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.dials import Dials, RulePolicy
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


def watch(policy: RulePolicy) -> Callable[[RiskFacts], Iterator[tuple[Rule, Finding]]]:
    """Sees in one account after the other all risks, and the reasons to offer more, one by one.

    An account is offered nothing that does not pay, or is in poor health. What is in force is looked up once for each
    segment.
    """
    known: dict[str | None, tuple[tuple[Rule, Dials], ...]] = {}

    def see(facts: RiskFacts) -> Iterator[tuple[Rule, Finding]]:
        segment = facts.account.segment
        if segment not in known:
            known[segment] = tuple(_in_force(policy, segment))
        offering = facts.account.mrr.minor > 0 and facts.band is not Band.POOR
        for rule, dials in known[segment]:
            if offering or rule.signal is Signal.RISK:
                for finding in rule.see(facts, dials):
                    yield rule, finding

    return see


def _in_force(policy: RulePolicy, segment: str | None) -> Iterator[tuple[Rule, Dials]]:
    for rule in all_rules().values():
        dials = rule.in_force(policy, segment)
        if dials is not None:
            yield rule, dials


def _found(facts: RiskFacts, policy: RulePolicy, signal: Signal) -> tuple[tuple[Rule, Finding], ...]:
    found = [(rule, finding) for rule in rules_of(signal).values() if (finding := rule.judge(facts, policy))]
    return tuple(sorted(found, key=lambda pair: _WORST_FIRST[pair[1].severity]))
