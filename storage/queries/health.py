"""What health factors and rules look at: the facts of one account or of all, as they were on any day.

Nothing that happened after the day leaks in. What has no history (names, segments, seats, renewal days, whether a
ticket was escalated) is taken as it is now.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import case, exists, func, select

from metrics.account_facts import (
    AccountFacts,
    CampaignFacts,
    ContractionFacts,
    OpinionFacts,
    ServiceFacts,
)
from metrics.feeds import Stops
from metrics.money import Rates
from metrics.types import DataCoverage, Money
from storage.queries.advocacy_facts import advocated
from storage.queries.asking import (
    AS_OF_DAY,
    BEFORE_USED,
    EVERYBODY,
    USED_DAY,
    Asked,
    Range,
    parameters,
    question,
)
from storage.queries.campaign_facts import campaigns
from storage.queries.chunks import chunks
from storage.queries.days_off import NO_DAYS_OFF, Off, days_off
from storage.queries.feed import USAGE, ComingIn, coming_in
from storage.queries.money_facts import Debt, contraction, debts, issued, money_facts, mrr, recovered
from storage.queries.opinions import opinion_facts
from storage.queries.people_facts import People, Voice, people, voices
from storage.queries.service_facts import NO_TICKETS, service, tickets_are_known
from storage.queries.tables import account, data_load, usage, usage_day
from storage.queries.tables import mrr_movement as line
from storage.queries.usage_facts import (
    NOT_COUNTED,
    Counted,
    earlier_sessions,
    features_lately,
    features_tracked,
    is_named,
    last_use,
    usage_counts,
    usage_facts,
)
from storage.queries.use import is_use
from storage.session import Session

_a = account.c
_of_usage = (usage.c.account_id == _a.id, usage.c.day <= USED_DAY, is_use(usage))
_to_come = question(select(line.c.account_id).where(line.c.day > AS_OF_DAY).distinct(), line.c.account_id)

_accounts = question(
    select(
        _a.id,
        _a.key,
        _a.name,
        _a.segment,
        _a.csm_email,
        _a.lifecycle_stage,
        _a.created_on,
        _a.renewal_on,
        _a.onboarding_started_on,
        _a.activated_on,
        _a.seats_purchased,
        _a.country_code,
        select(usage.c.day).where(*_of_usage).order_by(usage.c.day).limit(1).scalar_subquery(),
        last_use(*_of_usage),
        earlier_sessions(_a.id),
        features_lately(_a.id),
    ).order_by(_a.id),
    _a.id,
)


PORTION = 1_000
"""So many accounts are looked at together."""


def account_ranges(db: Session, size: int = PORTION) -> Iterator[Range]:
    """All accounts, so many a range."""
    low = 0
    while True:
        beyond = select(_a.id).where(_a.id >= low).order_by(_a.id).offset(size).limit(1)
        following = db.execute(beyond).scalar()
        if following is None:
            yield low, EVERYBODY[1]
            return
        yield low, following - 1
        low = following


def account_facts(
    db: Session,
    *,
    as_of: date,
    zone: tzinfo,
    rates: Rates,
    account_ids: Collection[int] | None = None,
    within: Range | None = None,
) -> Iterator[AccountFacts]:
    """The facts of the accounts with these ids, in order of id; without ids those of all that matter on the day.

    Of all, only those `within` the range if there is one.

    Those are the customers (MRR > 0), and the accounts that are there, have never been customers and are not marked as
    churned. A moment counts for the day on which it falls in `zone`, the company's time zone.

    What rests on a feed that has stopped is not known of anybody: what is stored of it may have changed since.
    """
    coming = coming_in(db, as_of, zone)
    if account_ids is None:
        for some in account_ranges(db) if within is None else (within,):
            asked = parameters(as_of, zone, rates.home, None, coming.used_day, some)
            yield from _facts(db, asked, zone, rates, coming)
        return
    for ids in chunks(account_ids):
        yield from _facts(db, parameters(as_of, zone, rates.home, ids, coming.used_day), zone, rates, coming)


class _Known(NamedTuple):
    """What is known of the accounts asked about: each part by account."""

    states: dict[int, tuple[int, int]]
    usage: Counted
    off: Off
    tracked: int
    people: People
    voices: dict[int, Voice]
    tickets: dict[int, ServiceFacts]
    quiet: ServiceFacts | None
    """Stands for the accounts that `tickets` leaves out."""
    issued: dict[int, int]
    debts: dict[int, list[Debt]]
    recovered: dict[int, date]
    contraction: dict[int, int]
    campaigns: dict[int, CampaignFacts]
    opinions: dict[int, OpinionFacts]
    advocated: dict[int, date]


def _known(db: Session, asked: Asked, zone: tzinfo, rates: Rates, stops: Stops) -> _Known:
    tickets, bills = "tickets" not in stops, "invoices" not in stops
    return _Known(
        states=mrr(db, asked, rates),
        usage=usage_counts(db, asked) if USAGE not in stops else NOT_COUNTED,
        off=days_off(db, asked) if USAGE not in stops else NO_DAYS_OFF,
        tracked=features_tracked(db, asked),
        people=people(db, asked, zone),
        voices=voices(db, asked, zone) if "survey_responses" not in stops else {},
        tickets=service(db, asked, zone) if tickets else {},
        quiet=NO_TICKETS if tickets and tickets_are_known(db, asked) else None,
        issued=issued(db, asked) if bills else {},
        debts=debts(db, asked) if bills else {},
        recovered=recovered(db, asked) if bills else {},
        contraction=contraction(db, asked, rates),
        campaigns=campaigns(db, asked) if "campaigns" not in stops else {},
        opinions=opinion_facts(db, asked, zone),
        advocated=advocated(db, asked),
    )


def _facts(db: Session, asked: Asked, zone: tzinfo, rates: Rates, coming: ComingIn) -> Iterator[AccountFacts]:
    as_of: date = asked["as_of"]
    known = _known(db, asked, zone, rates, coming.stops)
    everybody = asked["ids"] is None
    to_come = {account_id for (account_id,) in _to_come.ask(db, asked)} if everybody else set()
    for row in _accounts.ask(db, asked):
        if not everybody or _matters(row, known.states.get(row[0]), to_come, as_of):
            yield _of_one(row, known, as_of, rates, coming)


def _matters(row: tuple[Any, ...], state: tuple[int, int] | None, to_come: set[int], as_of: date) -> bool:
    """Whether an account is a customer, or there without ever having been one and not given up."""
    if state is not None:
        return state[0] > 0
    account_id, stage, created_on = row[0], row[5], row[6]
    if stage == "churned":
        return False
    return account_id not in to_come if created_on is None else bool(created_on <= as_of)


def _of_one(row: tuple[Any, ...], known: _Known, as_of: date, rates: Rates, coming: ComingIn) -> AccountFacts:
    (
        account_id, key, name, segment, csm_email, stage, created_on, renewal_on, onboarding_on, activated_on, seats,
        country, first_on, last_used, earlier, features,
    ) = row  # fmt: skip
    state = known.states.get(account_id)
    voice = known.voices.get(account_id)
    bills, owed = known.issued.get(account_id), known.debts.get(account_id)
    lost = known.contraction.get(account_id, 0)
    now, before = state or (0, 0)
    no_use = USAGE in coming.stops
    told_apart = is_named(last_used) or (voice is not None and voice.named)
    until = None if coming.used_day == as_of else coming.used_day
    return AccountFacts(
        account_id=account_id,
        key=key,
        name=name,
        segment=segment,
        csm_email=csm_email,
        as_of=as_of,
        mrr=Money(now, rates.home),
        lifecycle_stage=stage,
        created_on=created_on,
        renewal_on=renewal_on,
        onboarding_started_on=onboarding_on,
        activated_on=activated_on,
        seats_purchased=seats,
        usage=None
        if no_use
        else usage_facts(
            first_on,
            last_used,
            known.usage.of(account_id, earlier, features),
            known.tracked,
            until,
            known.off.of(account_id, country),
        ),
        contacts=known.people.of(account_id, told_apart=told_apart and not no_use),
        stopped=coming.stops,
        voice=voice and voice.facts,
        service=known.tickets.get(account_id, known.quiet),
        money=None
        if bills is None and owed is None
        else money_facts(bills or 0, owed, as_of, rates, known.recovered.get(account_id)),
        contraction=None if state is None else ContractionFacts(lost, before),
        campaigns=known.campaigns.get(account_id),
        opinion=known.opinions.get(account_id),
        advocated_on=known.advocated.get(account_id),
    )


# --- How complete it is --------------------------------------------------------------------------------------------

_customers = (
    select(line.c.account_id)
    .where(line.c.day <= AS_OF_DAY)
    .group_by(line.c.account_id)
    .having(func.sum(line.c.after - line.c.before) > 0)
    .subquery("customer")
)
_recent = exists().where(
    usage.c.account_id == _customers.c.account_id,
    usage.c.day > BEFORE_USED[90],
    usage.c.day <= USED_DAY,
    is_use(usage),
)
_coverage = select(func.count(), func.count(case((_recent, 1)))).select_from(_customers)
_usage_until = select(func.max(usage_day.c.day)).where(usage_day.c.day <= AS_OF_DAY)
_loaded_at = select(data_load.c.loaded_at).where(data_load.c.entity == "subscriptions")


def data_coverage(db: Session, *, as_of: date, zone: tzinfo = UTC) -> DataCoverage:
    """How complete the data behind an answer for the day `as_of` is."""
    coming = coming_in(db, as_of, zone)
    asked = parameters(as_of, zone, "", None, coming.used_day)
    customers, with_usage = db.execute(_coverage, asked).one()
    usage_until = db.execute(_usage_until, asked).scalar()
    loaded_at = db.execute(_loaded_at).scalar()
    imported_on = loaded_at and loaded_at.astimezone(zone).date()
    return DataCoverage(customers, with_usage, usage_until, imported_on, coming.stops)
