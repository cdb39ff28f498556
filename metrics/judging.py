"""The shapes of what judges an account: factors of its health score, rules for risks and chances."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from metrics.account_facts import AccountFacts
from metrics.dials import Dial, Dials, RulePolicy
from metrics.types import Band, Reading, Sentence


@dataclass(frozen=True, slots=True)
class Factor:
    """One ingredient of the health score. `read` returns None where the account has no data for it."""

    id: str
    title: str
    points: int
    """Its weight unless the company's policy says otherwise."""
    explanation: str
    """How the share is found, for "How is this computed?"."""
    read: Callable[[AccountFacts], Reading | None]
    optional: bool = False
    """Nothing is missing without it: where it has no data, the coverage does not count its points either."""
    feed: str | None = None
    """The entity of the data contract that it rests on, where that comes in as a feed (metrics.feeds)."""


class Severity(StrEnum):
    """How soon somebody should look, worst first."""

    URGENT = "urgent"
    WARNING = "warning"
    NOTICE = "notice"


_WORST_FIRST = {severity: number for number, severity in enumerate(Severity)}


class Signal(StrEnum):
    """What a rule looks for."""

    RISK = "risk"
    """Something that may cost the account."""
    EXPANSION = "expansion"
    """A reason to offer it more."""


class Finding(NamedTuple):
    """What a rule saw in an account."""

    severity: Severity
    why: Sentence
    since: date | None = None
    subject: str = ""
    """Which of several things it is, for ever: "answer 812", "contact 55"; empty where the rule sees one alone."""


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What a rule judges: the account's facts, and its score with the one it had 30 days before (None: unknown)."""

    account: AccountFacts
    score: int | None = None
    score_before: int | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A signal: silent (None) when there is nothing to see or when too little is known to tell."""

    id: str
    title: str
    advice: str
    """The next step, as a sentence: for an expansion signal what to offer."""
    check: Callable[[RiskFacts, Dials], Finding | None]
    """Gets the dials in force for the account beside its facts. Of several things that it sees the worst."""
    check_each: Callable[[RiskFacts, Dials], Iterable[Finding]] | None = None
    """Where it may see several things in an account, of which each is a task of its own: all of them, by subject."""
    dials: Mapping[str, Dial] = field(default_factory=dict)
    """What may be turned, by name."""
    signal: Signal = Signal.RISK
    feeds: tuple[str, ...] = ()
    """The entities of the data contract without which it sees nothing, where they come in as feeds (metrics.feeds):
    while one of them has stopped, that it is silent says nothing."""
    recovered: Callable[[AccountFacts], Sentence | None] | None = None
    """What shows that it is over, beyond that it is not seen: its alert then recovers at once, and says so."""

    each_is_news: bool = False
    """What it sees is an event, and the next one is news even where the alert of the one before was closed by hand."""
    once: bool = False
    """Of each subject there is one alert for ever."""

    def in_force(self, policy: RulePolicy, segment: str | None) -> Dials | None:
        """Its dials for a segment's accounts; None where it is off."""
        return policy.in_force(self.id, self.dials, segment)

    def judge(self, facts: RiskFacts, policy: RulePolicy) -> Finding | None:
        """What it sees in an account by the policy; None where that is nothing, or where the rule is off."""
        dials = self.in_force(policy, facts.account.segment)
        return None if dials is None else self.check(facts, dials)

    def judge_each(self, facts: RiskFacts, policy: RulePolicy) -> Iterable[Finding]:
        """All that it sees in an account, one by one."""
        dials = self.in_force(policy, facts.account.segment)
        return () if dials is None else self.see(facts, dials)

    def see(self, facts: RiskFacts, dials: Dials) -> Iterable[Finding]:
        """The same, with the dials in force."""
        if self.check_each is not None:
            return self.check_each(facts, dials)
        finding = self.check(facts, dials)
        return () if finding is None else (finding,)


def worst_of(each: Callable[[RiskFacts, Dials], Iterable[Finding]]) -> Callable[[RiskFacts, Dials], Finding | None]:
    """The `check` of a rule that sees several things: the worst of them, the first one of equals."""

    def check(facts: RiskFacts, dials: Dials) -> Finding | None:
        return min(each(facts, dials), key=lambda finding: _WORST_FIRST[finding.severity], default=None)

    return check
