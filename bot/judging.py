"""Signals looked at, of everybody at night and of some accounts soon after their data comes in, and people told."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Engine

from bot.read_ahead import read_ahead
from commands.core.request import Company
from commands.core.settling import Judged
from commands.core.sightings import Survey, survey
from commands.core.signals import judge, settle
from commands.ui.alert_posting import refresh, reword, tell
from commands.ui.feed_notices import tell_of_feeds
from storage.queries.alert_signals import snoozes_over, untold
from storage.queries.asking import Range
from storage.queries.health import PORTION, account_ranges
from storage.queries.remembered import recall, remember
from storage.queries.snapshots import record
from storage.queries.touched import take, waiting
from storage.session import Session, let_go, reading, transaction

AT_ONCE = 500
"""So many accounts are looked at in one transaction when they have been touched."""
NEWS_DAYS: Final = timedelta(days=7)
"""What nobody has been told of for longer is no news any more."""
_LOOKED_AT: Final = "signals_looked_at"
"""The last day whose signals were looked at for everybody."""


class Night(NamedTuple):
    """What looking at everybody came to."""

    scored: int
    judged: Judged


def look_at_everybody(engine: Engine, company: Company, day: date, now: datetime, *, portion: int = PORTION) -> Night:
    """Score all accounts by what is known at the end of a day, keep the scores, and judge their signals in one go.

    A portion of accounts a transaction, so that nobody who writes waits for all of them; the next one is looked at
    meanwhile, which none of what is written about another concerns. Broken off in between and done again, it leaves the
    same behind.
    """
    night = Night(0, Judged())
    with reading(engine) as past:
        portions = list(account_ranges(past, portion))

    def look(accounts: Range) -> Survey:
        with reading(engine) as past:
            looked = survey(past, accounts, as_of=day, company=company)
            let_go(past)
        return looked

    with read_ahead(look, portions) as surveys:
        for looked in surveys:
            with transaction(engine) as db:
                scored = record(db, day, looked.scores)
                judged = settle(db, looked, company=company, now=now)
                _show(db, judged, company, now)
                let_go(db)
            night.judged.add(judged)
            night = night._replace(scored=night.scored + scored)
    with transaction(engine) as db:
        _say(db, company, now)
        remember(db, _LOOKED_AT, day.isoformat())
        let_go(db)
    return night


def looked_at(db: Session, day: date) -> bool:
    """Whether everybody's signals of that day, or of a later one, have been looked at."""
    last = recall(db, _LOOKED_AT)
    return last is not None and date.fromisoformat(last) >= day


def look_at_touched(engine: Engine, company: Company, now: datetime) -> Judged:
    """Judge the accounts of which new data has come in, and those with an alert whose snooze is over."""
    judged = Judged()
    more = True
    while more:
        with transaction(engine) as db:
            accounts = {*take(db, AT_ONCE), *snoozes_over(db, now=now)}
            found = judge(db, accounts, company=company, now=now)
            _show(db, found, company, now)
            judged.add(found)
            more = waiting(db).accounts > 0 and bool(accounts)
            if not more:
                _say(db, company, now)
    return judged


def is_waiting(db: Session, now: datetime) -> bool:
    """Whether anything is to be looked at before the night."""
    return waiting(db).accounts > 0 or bool(snoozes_over(db, now=now))


def can_be_at_once(db: Session) -> bool:
    """Whether some accounts wait, and so few that they can be looked at without a pause: a big import is let finish."""
    few = waiting(db)
    return 0 < few.accounts <= AT_ONCE and not few.everybody


def _show(db: Session, judged: Judged, company: Company, now: datetime) -> None:
    """Keep the messages of alerts up to date that have changed."""
    for alert_id in _distinct(judged.changed, judged.cleared):
        refresh(db, alert_id, company=company, now=now)
    for alert_id in _distinct(judged.reworded):
        reword(db, alert_id, company=company, now=now)


def _say(db: Session, company: Company, now: datetime) -> None:
    """Tell people what is news; also what a process that died had found and not told."""
    news = untold(db, since=now - NEWS_DAYS)
    if news:
        tell(db, news, company=company, now=now)
    tell_of_feeds(db, company=company, now=now)


def _distinct(*ids: Iterable[int]) -> list[int]:
    return sorted({alert_id for some in ids for alert_id in some})
