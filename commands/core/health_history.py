"""The history of an account's score: every change worth telling, and what was behind it on those days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commands.core.health_question import standing
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.errors import MissingRate
from metrics.factors import all_factors
from metrics.health import points_of
from metrics.score_history import ScoreChange, changes
from metrics.types import Account, AccountEvent, HealthPoint, HealthScore, Reading, Sentence, msg
from storage.queries.events import account_events
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.snapshots import points
from storage.session import Session

GONE = msg("no data any more")
GONE_OPTIONAL = msg("expired or withdrawn")
NEW = msg("newly known: {fact}")
CAME_LATER = msg("{fact}; data of that day has come in since")
WEIGHTS_CHANGED = msg("the points of the factors were set otherwise then")


class Reason(NamedTuple):
    """How many points of a change one factor made, and the fact behind it."""

    factor_id: str | None
    """None: no factor, but how they were weighed."""
    points: int
    fact: Sentence | None
    """None: it is no longer known."""


class ToldChange(NamedTuple):
    """A change with its reasons, the largest first, and what happened to the account meanwhile."""

    change: ScoreChange
    reasons: tuple[Reason, ...]
    events: tuple[AccountEvent, ...]


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """All that is kept of an account's score."""

    account: Account
    points: tuple[HealthPoint, ...]
    """Every stored day, oldest first, and today where it has a score."""
    changes: tuple[ScoreChange, ...]
    """Newest first."""
    today: date


def history_of(request: Request, db: Session, account: Account) -> ScoreHistory:
    """The history of `account` up to this moment; UserError where an exchange rate is missing."""
    today, health = request.today, standing(request, db, account).health
    past = points(db, account.id, until=today - timedelta(days=1))
    known = past if health.score is None else (*past, _as_point(health, today))
    weights = points_of(account.segment, all_factors(), request.company.health)
    return ScoreHistory(account, known, tuple(changes(known, weights))[::-1], today)


def tell(request: Request, db: Session, account: Account, some: Sequence[ScoreChange]) -> tuple[ToldChange, ...]:
    """Changes with their reasons; UserError where an exchange rate of today is missing."""
    if not some:
        return ()
    since = min(change.before.day for change in some) + timedelta(days=1)
    until = max(change.now.day for change in some)
    zone = request.company.zone
    rates = rates_on(db, request.today, home=request.company.currency)
    with rates_needed():
        events = account_events(db, account.id, since=since, until=until, rates=rates, zone=zone)
    return tuple(
        ToldChange(
            change,
            _reasons(change, _readings(request, db, account, change.now.day)),
            tuple(event for event in events if change.before.day < event.day <= change.now.day),
        )
        for change in some
    )


def _as_point(health: HealthScore, day: date) -> HealthPoint:
    """A score as a snapshot of it would be kept."""
    shares = {part.factor_id: part.reading.permille for part in health.factors if part.reading is not None}
    return HealthPoint(day, health.score, health.band, round(health.coverage * 1000), shares)


def _readings(request: Request, db: Session, account: Account, day: date) -> Mapping[str, Reading]:
    """What each factor says of the account as it was on a day; nothing where an exchange rate of then is missing."""
    rates = rates_on(db, day, home=request.company.currency)
    try:
        (facts,) = account_facts(db, as_of=day, zone=request.company.zone, rates=rates, account_ids=(account.id,))
    except MissingRate:
        return {}
    read = {id_: factor.read(facts) for id_, factor in all_factors().items()}
    return {id_: reading for id_, reading in read.items() if reading is not None}


def _reasons(change: ScoreChange, readings: Mapping[str, Reading]) -> tuple[Reason, ...]:
    reasons = [Reason(id_, delta, _fact(id_, change, readings.get(id_))) for id_, delta in change.moves]
    if change.unexplained:
        reasons.append(Reason(None, change.unexplained, Sentence(WEIGHTS_CHANGED)))
    return tuple(reasons)


def _fact(factor_id: str, change: ScoreChange, reading: Reading | None) -> Sentence | None:
    """What was behind a factor's move: the fact as of the day, if the share that was stored then is still its own."""
    then, now = change.before.permille.get(factor_id), change.now.permille.get(factor_id)
    if now is None:
        return Sentence(GONE_OPTIONAL if all_factors()[factor_id].optional else GONE)
    if reading is None:
        return None
    fact = reading.fact if reading.permille == now else Sentence(CAME_LATER, {"fact": reading.fact})
    return Sentence(NEW, {"fact": fact}) if then is None and not all_factors()[factor_id].optional else fact
