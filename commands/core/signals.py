"""Accounts judged: what the rules see in them, and what that makes of their alerts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Final

from commands.core.answers_over import answers_over
from commands.core.request import Company
from commands.core.settling import Judged, Settling
from commands.core.sightings import Survey, has_left, survey
from metrics.alerting import Key, Life, Looked, Past, Standing, decide
from metrics.feeds import Stops
from metrics.judging import Severity
from metrics.rules import all_rules
from metrics.sentences import as_json
from storage.queries.alert_signals import Holding, cleared_ever, cleared_since, holding, take_turn
from storage.queries.asking import Range
from storage.queries.chunks import chunks
from storage.queries.health import account_facts, account_ranges
from storage.queries.rates import rates_on
from storage.queries.remembered import recall, remember
from storage.session import Session

_INTRODUCED: Final = "signals_introduced_on"
"""The day on which the first accounts were judged: all that is found on it has been there for who knows how long."""


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
    standing = {row.key: row for row in holding(db, looked.accounts)}
    stopped = _resting_on(looked.stops)
    recovered = {**looked.recovered, **answers_over(db, standing.keys() - looked.seen.keys())}
    known = Looked(
        standing={key: _standing(row) for key, row in standing.items()},
        seen=looked.seen,
        past=_past(db, looked, company, now),
        done=_done(db, looked, standing),
        left=looked.left | _left_among(db, looked, standing, company),
        unknown=stopped.__contains__,
        recovered=recovered.keys(),
        each_is_news=_each_is_news,
        introducing=_introducing(db, looked, now.astimezone(company.zone).date()),
        said=as_json,
    )
    decisions = list(decide(known, now, company.patience))
    return Settling(db, now, standing, recovered).settle(decisions)


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
    lately = cleared_since(db, looked.accounts, now - company.patience.longest_cool_down)
    return {
        row.key: Past(Severity(row.worst), row.cleared_at, row.cleared_at.astimezone(company.zone).date())
        for row in lately
    }


def _left_among(db: Session, looked: Survey, standing: Iterable[Key], company: Company) -> set[int]:
    """Those with alerts that are not among the facts of everybody: customers who are none any more, as a rule."""
    there = {account_id for account_id, _ in looked.scores}
    missing = {account_id for account_id, *_ in standing} - there
    if not missing:
        return set()
    rates = rates_on(db, looked.as_of, home=company.currency)
    found = account_facts(db, as_of=looked.as_of, zone=company.zone, rates=rates, account_ids=missing)
    return {facts.account_id for facts in found if facts.mrr.minor <= 0 and has_left(facts)}


def _done(db: Session, looked: Survey, standing: Collection[Key]) -> set[Key]:
    """What is seen, has had its one alert, and has none now."""
    once = {rule.id for rule in all_rules().values() if rule.once}
    asked = {key for key in looked.seen if key[1] in once} - set(standing)
    return cleared_ever(db, looked.accounts, once) & asked if asked else set()


def _resting_on(stops: Stops) -> set[str]:
    """The rules that cannot tell because a feed has stopped."""
    return {rule.id for rule in all_rules().values() if not stops.keys().isdisjoint(rule.feeds)}


def _each_is_news(rule_id: str) -> bool:
    rule = all_rules().get(rule_id)
    return rule is not None and rule.each_is_news


def _introducing(db: Session, looked: Survey, today: date) -> bool:
    since = recall(db, _INTRODUCED)
    if since is None and looked.scores:
        remember(db, _INTRODUCED, today.isoformat())
    return since is None or date.fromisoformat(since) >= today
