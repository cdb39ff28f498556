"""Accounts judged: what the rules see in them, and what that makes of their alerts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from commands.core.request import Company
from commands.core.risk_question import CHANGE_DAYS
from metrics.account_facts import AccountFacts
from metrics.alerting import AS_DELIVERED, Decision, Deed, Key, Life, Looked, Past, Sighting, Standing, decide, worst
from metrics.dials import RulePolicy
from metrics.factors import all_factors
from metrics.feeds import Stops
from metrics.health import score
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.rules import all_rules, findings, opportunities
from metrics.sentences import as_json
from metrics.types import HealthScore, Sentence
from storage.queries.alert_signals import (
    Holding,
    Seen,
    clear,
    cleared_since,
    holding,
    keep_many,
    open_many,
    silence_many,
    take_turn,
)
from storage.queries.alerts import NewAlert, Outcome, State, Step, change
from storage.queries.asking import Range
from storage.queries.chunks import chunks
from storage.queries.feed import stopped
from storage.queries.health import account_facts, account_ranges
from storage.queries.rates import rates_on
from storage.queries.remembered import recall, remember
from storage.queries.risk_scan import ONBOARDING
from storage.queries.snapshots import latest_scores
from storage.queries.standings import scores_on
from storage.session import Session

_INTRODUCED: Final = "signals_introduced_on"
"""The day on which the first accounts were judged: all that is found on it has been there for who knows how long."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging accounts made of their alerts, by id."""

    opened: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    """Those that worsened or woke: people are told again."""
    cleared: list[int] = field(default_factory=list)
    """Those that recovered, and those of accounts that left."""

    def add(self, other: "Judged") -> None:
        """What another portion of accounts came to."""
        self.opened.extend(other.opened)
        self.changed.extend(other.changed)
        self.cleared.extend(other.cleared)


@dataclass(slots=True)
class Survey:
    """What is known of some accounts on a day."""

    accounts: Range | Sequence[int]
    as_of: date
    stops: Stops
    scores: list[tuple[int, HealthScore]] = field(default_factory=list)
    """Of everybody of whom there are facts, in order of account."""
    seen: dict[Key, Sighting] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    recovered: dict[Key, Sentence] = field(default_factory=dict)
    """Signals that are known to be over, and what shows it."""


# --- Looking -------------------------------------------------------------------------------------------------------


def survey(db: Session, accounts: Range | Sequence[int], *, as_of: date, company: Company) -> Survey:
    """Look at a range of accounts (a tuple of two ids), or at those with the ids of a list.

    MissingRate where an exchange rate is needed that there is not.
    """
    zone = company.zone
    rates = rates_on(db, as_of, home=company.currency)
    if isinstance(accounts, tuple):
        found = account_facts(db, as_of=as_of, zone=zone, rates=rates, within=accounts)
    else:
        found = account_facts(db, as_of=as_of, zone=zone, rates=rates, account_ids=accounts)
    facts_of_all = list(found)
    before = _scores_before(db, facts_of_all, accounts, as_of)
    factors = all_factors()
    looked = Survey(accounts, as_of, stopped(db, as_of, zone))
    for facts in facts_of_all:
        health = score(facts, factors, company.health)
        looked.scores.append((facts.account_id, health))
        if facts.mrr.minor > 0 or facts.lifecycle_stage == ONBOARDING:
            judged = RiskFacts(facts, health.score, before.get(facts.account_id), health.band)
            for rule, finding in _found(judged, company.rules):
                sighting = Sighting(rule.signal, finding.severity, finding.why, finding.since, facts.mrr)
                looked.seen[facts.account_id, rule.id] = sighting
            looked.recovered |= _recovered(facts)
        elif _has_left(facts):
            looked.left.add(facts.account_id)
    return looked


def _recovered(facts: AccountFacts) -> dict[Key, Sentence]:
    """What shows that a signal is over, of the few rules that can tell."""
    said = ((rule_id, recovered(facts)) for rule_id, recovered in _tellers().items())
    return {(facts.account_id, rule_id): words for rule_id, words in said if words is not None}


@cache
def _tellers() -> Mapping[str, Callable[[AccountFacts], Sentence | None]]:
    return {rule.id: rule.recovered for rule in all_rules().values() if rule.recovered is not None}


def _found(judged: RiskFacts, rules: RulePolicy) -> Iterator[tuple[Rule, Finding]]:
    yield from findings(judged, rules)
    if judged.account.mrr.minor:
        yield from opportunities(judged, rules)


def _scores_before(
    db: Session, facts: Sequence[AccountFacts], accounts: Range | Sequence[int], as_of: date
) -> dict[int, int | None]:
    ids, then = [one.account_id for one in facts], as_of - timedelta(days=CHANGE_DAYS)
    if isinstance(accounts, tuple):
        return {row[0]: row[1] for row in scores_on(db, then, ids, accounts).values()}
    return {account_id: point.score for account_id, point in latest_scores(db, ids, day=then).items()}


def _has_left(facts: AccountFacts) -> bool:
    """Whether an account that neither pays nor is being brought on board did pay once, or is marked as churned."""
    return facts.lifecycle_stage == "churned" or facts.contraction is not None


# --- Settling ------------------------------------------------------------------------------------------------------


def judge(
    db: Session, account_ids: Collection[int] | None, *, company: Company, now: datetime, as_of: date | None = None
) -> Judged:
    """Judge these accounts, or all (None), by what is known on the day (None: today), and store what comes of it.

    An account with a feed that has stopped keeps the alerts that rest on it: unknown is not recovery. On the day on
    which a store is first judged all that is not urgent is held for the digest.
    """
    day = as_of or now.astimezone(company.zone).date()
    judged = Judged()
    portions: Iterable[Range | Sequence[int]] = account_ranges(db) if account_ids is None else chunks(account_ids)
    for accounts in portions:
        judged.add(settle(db, survey(db, accounts, as_of=day, company=company), company=company, now=now))
    return judged


def settle(db: Session, looked: Survey, *, company: Company, now: datetime) -> Judged:
    """Store what a survey makes of the alerts of its accounts; done again it changes nothing."""
    take_turn(db)
    standing = {(row.account_id, row.rule_id): row for row in holding(db, looked.accounts)}
    known = Looked(
        standing={key: _standing(row) for key, row in standing.items()},
        seen=looked.seen,
        past=_past(db, looked, company, now),
        left=looked.left | _left_among(db, looked, standing, company),
        unknown=lambda rule_id: _rests_on(rule_id, looked.stops),
        recovered=looked.recovered.keys(),
        each_is_news=_each_is_news,
        introducing=_introducing(db, looked, now.astimezone(company.zone).date()),
        said=as_json,
    )
    decisions = list(decide(known, now))
    return _Settling(db, now, standing, looked.recovered).settle(decisions)


def _standing(row: Holding) -> Standing:
    return Standing(
        row.id,
        Life(row.state),
        Severity(row.severity),
        Severity(row.worst),
        row.why,
        row.since,
        row.mrr,
        row.silent_since,
        row.snoozed_until,
        row.held,
    )


def _past(db: Session, looked: Survey, company: Company, now: datetime) -> dict[Key, Past]:
    lately = cleared_since(db, looked.accounts, now - AS_DELIVERED.longest_cool_down)
    return {
        (row.account_id, row.rule_id): Past(
            Severity(row.worst), row.cleared_at, row.cleared_at.astimezone(company.zone).date()
        )
        for row in lately
    }


def _left_among(db: Session, looked: Survey, standing: Iterable[Key], company: Company) -> set[int]:
    """Those with alerts that are not among the facts of everybody: customers who are none any more, as a rule."""
    there = {account_id for account_id, _ in looked.scores}
    missing = {account_id for account_id, _ in standing} - there
    if not missing:
        return set()
    rates = rates_on(db, looked.as_of, home=company.currency)
    found = account_facts(db, as_of=looked.as_of, zone=company.zone, rates=rates, account_ids=missing)
    return {facts.account_id for facts in found if facts.mrr.minor <= 0 and _has_left(facts)}


def _rests_on(rule_id: str, stops: Stops) -> bool:
    rule = all_rules().get(rule_id)
    return rule is not None and not stops.keys().isdisjoint(rule.feeds)


def _each_is_news(rule_id: str) -> bool:
    rule = all_rules().get(rule_id)
    return rule is not None and rule.each_is_news


def _introducing(db: Session, looked: Survey, today: date) -> bool:
    since = recall(db, _INTRODUCED)
    if since is None and looked.scores:
        remember(db, _INTRODUCED, today.isoformat())
    return since is None or date.fromisoformat(since) >= today


class _Settling(NamedTuple):
    """The decisions of one survey on their way into the store."""

    db: Session
    now: datetime
    rows: dict[Key, Holding]
    recovered: Mapping[Key, Sentence]

    def settle(self, decisions: Sequence[Decision]) -> Judged:
        by_deed: dict[Deed, list[Decision]] = {deed: [] for deed in Deed}
        for decision in decisions:
            by_deed[decision.deed].append(decision)
        judged = Judged()
        over = (*by_deed[Deed.CLEAR], *by_deed[Deed.LOSE])  # first: another alert may take an old one's place
        judged.cleared.extend(_alert(one).id for one in over if self._over(one))
        new = [_new(decision) for decision in by_deed[Deed.OPEN]]
        judged.opened.extend(open_many(self.db, new, now=self.now))
        keep_many(self.db, map(_kept, by_deed[Deed.KEEP]), now=self.now)
        silence_many(self.db, [_alert(one).id for one in by_deed[Deed.SILENCE]], now=self.now)
        again = (*by_deed[Deed.WORSEN], *by_deed[Deed.WAKE])
        judged.changed.extend(_alert(one).id for one in again if self._again(one))
        return judged

    def _again(self, decision: Decision) -> bool:
        """Worsened or woken; False where somebody has done something else with the alert meanwhile."""
        alert, seen = _alert(decision), _seen(decision)
        values: dict[str, Any] = {
            "severity": seen.severity.value,
            "worst": worst(alert.worst, seen.severity).value,
            "why": seen.why,
            "since": seen.since,
            "at_stake": seen.mrr,
            "silent_since": None,
            "held": decision.held,
        }
        detail = {"severity": seen.severity.value, "before": alert.severity.value}
        if decision.deed is Deed.WORSEN:
            among = (State.OPEN, State.TAKEN)
            return change(self.db, alert.id, Step.WORSENED, now=self.now, detail=detail, only_in=among, **values)
        state = State.TAKEN if self.rows[decision.key].taken_by else State.OPEN
        values |= {"state": state, "snoozed_until": None}
        return change(self.db, alert.id, Step.WOKEN, now=self.now, detail=detail, only_in=(State.SNOOZED,), **values)

    def _over(self, decision: Decision) -> bool:
        """Recovered or lost; False where somebody had closed it before: then only the rule may fire anew."""
        alert_id, now = _alert(decision).id, self.now
        if decision.deed is Deed.CLEAR:
            shown = self.recovered.get(decision.key)
            told = {"why": as_json(shown)} if shown else {}
            done = change(
                self.db, alert_id, Step.RECOVERED, now=now, detail=told, state=State.RECOVERED, cleared_at=now
            )
        else:
            lost: dict[str, Any] = {"state": State.CLOSED, "outcome": Outcome.LOST, "closed_at": now, "cleared_at": now}
            detail = {"outcome": Outcome.LOST.value}
            done = change(self.db, alert_id, Step.CLOSED, now=now, detail=detail, **lost)
        if not done:
            clear(self.db, alert_id, now=now)
        return done


def _alert(decision: Decision) -> Standing:
    assert decision.alert is not None  # noqa: S101 - only a new one has none
    return decision.alert


def _seen(decision: Decision) -> Sighting:
    assert decision.seen is not None  # noqa: S101 - only what is silent has none
    return decision.seen


def _new(decision: Decision) -> NewAlert:
    account_id, rule_id = decision.key
    seen = _seen(decision)
    return NewAlert(account_id, rule_id, seen.severity.value, seen.why, seen.since, seen.mrr, decision.held)


def _kept(decision: Decision) -> Seen:
    alert, seen = _alert(decision), _seen(decision)
    return Seen(
        alert.id,
        seen.severity.value,
        worst(alert.worst, seen.severity).value,
        as_json(seen.why),
        seen.since,
        seen.mrr,
    )
