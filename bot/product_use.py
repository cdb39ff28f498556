"""Use of the product, counted ahead: the windows that most questions are about, for every book at once."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Engine

from bot.opening import waiting_for_writers
from commands.core.asked import comparable, months_to, so_far
from commands.core.request import Company
from metrics.periods import Period, month_of
from storage.product_use import begin, counted, finish, keep_only
from storage.queries.product_totals import totals_by_book
from storage.queries.product_window import Window, window_of
from storage.session import Session, loading, reading


def count_use(engine: Engine, company: Company, now: datetime) -> int:
    """Count what is missing and let go of what is not asked about any more; how many windows were counted.

    A writer waits for one window at most to be written, not for it to be counted. A window whose use changes meanwhile
    is left for the next time.
    """
    with reading(engine) as db:
        wanted = _wanted(db, company, now)
        there = counted(db.connection())
    missing = sorted(wanted - there, reverse=True)
    with waiting_for_writers():
        done = sum(_count(engine, day) for day in missing)
        if there - wanted:
            with loading(engine) as db:
                keep_only(db.connection(), wanted)
    return done


def use_is_counted(engine: Engine, company: Company, now: datetime) -> bool:
    """Whether `count_use` has nothing to do."""
    with reading(engine) as db:
        return counted(db.connection()) == _wanted(db, company, now)


def _count(engine: Engine, day: date) -> bool:
    """Count one window; False where its use has changed meanwhile."""
    with loading(engine) as db:
        mark = begin(db.connection(), day)
    with reading(engine) as db:
        by_book = {book: asdict(totals) for book, totals in totals_by_book(db, Window(day)).items()}
    with loading(engine) as db:
        return finish(db.connection(), day, mark, by_book)


def _wanted(db: Session, company: Company, now: datetime) -> set[date]:
    """The last days of the windows that most questions are about."""
    windows = (window_of(db, period) for period in asked_about(now.astimezone(company.zone).date()))
    return {window.last for window in windows if window is not None}


def asked_about(today: date) -> tuple[Period, ...]:
    """The thirteen months before the running one, the running one so far, and what that is compared with."""
    month = month_of(today)
    come = so_far(month, today)
    before = months_to(month.previous())
    return (before[0].previous(), *before, come, comparable(month, come))
