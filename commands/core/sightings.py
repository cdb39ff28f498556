"""Accounts looked at: what the rules see in them on a day, and what shows that a signal is over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from commands.core.request import Company
from commands.core.risk_question import CHANGE_DAYS
from metrics.account_facts import AccountFacts
from metrics.alerting import Key, Sighting
from metrics.factors import all_factors
from metrics.feeds import Stops
from metrics.health import scorer
from metrics.judging import RiskFacts
from metrics.rules import all_rules, watch
from metrics.types import HealthScore, Sentence
from storage.queries.asking import Range
from storage.queries.feed import stopped
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.risk_scan import ONBOARDING
from storage.queries.snapshots import latest_scores
from storage.queries.standings import scores_on
from storage.session import Session


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
    score, everything = scorer(all_factors(), company.health), watch(company.rules)
    looked = Survey(accounts, as_of, stopped(db, as_of, zone))
    for facts in facts_of_all:
        health = score(facts)
        looked.scores.append((facts.account_id, health))
        if facts.mrr.minor > 0 or facts.lifecycle_stage == ONBOARDING:
            judged = RiskFacts(facts, health.score, before.get(facts.account_id), health.band)
            for rule, finding in everything(judged):
                sighting = Sighting(rule.signal, finding.severity, finding.why, finding.since, facts.mrr)
                looked.seen[facts.account_id, rule.id, finding.subject] = sighting
            looked.recovered |= _recovered(facts)
        elif has_left(facts):
            looked.left.add(facts.account_id)
    return looked


def _recovered(facts: AccountFacts) -> dict[Key, Sentence]:
    """What shows that a signal is over, of the few rules that can tell."""
    said = ((rule_id, recovered(facts)) for rule_id, recovered in _tellers().items())
    return {(facts.account_id, rule_id, ""): words for rule_id, words in said if words is not None}


@cache
def _tellers() -> Mapping[str, Callable[[AccountFacts], Sentence | None]]:
    return {rule.id: rule.recovered for rule in all_rules().values() if rule.recovered is not None}


def _scores_before(
    db: Session, facts: Sequence[AccountFacts], accounts: Range | Sequence[int], as_of: date
) -> dict[int, int | None]:
    ids, then = [one.account_id for one in facts], as_of - timedelta(days=CHANGE_DAYS)
    if isinstance(accounts, tuple):
        return {row[0]: row[1] for row in scores_on(db, then, ids, accounts).values()}
    return {account_id: point.score for account_id, point in latest_scores(db, ids, day=then).items()}


def has_left(facts: AccountFacts) -> bool:
    """Whether an account that neither pays nor is being brought on board did pay once, or is marked as churned."""
    return facts.lifecycle_stage == "churned" or facts.contraction is not None
