"""open_store(url): the store, ready to use or refused with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from commands.core.request import Company
from metrics.money import Rates
from metrics.periods import last_full_month
from storage.engine import open_engine
from storage.errors import StoreError
from storage.ledger import has_rules, keep_rules
from storage.migrate import is_current, require_current, upgrade
from storage.queries.rates import rates_on
from storage.rollup import has_rates, keep_rates
from storage.session import loading, reading


def open_store(url: str) -> Engine:
    """Open the store. An SQLite file is brought up to date by itself; PostgreSQL is not, as several processes share it.

    StoreError says why it cannot be opened; SchemaBehind says to run `latido migrate`.
    """
    engine = reach(url)
    try:
        if engine.dialect.name == "sqlite":
            _bring_up_to_date(engine)
        else:
            require_current(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    """Apply what is missing, if anything is: a store that is up to date is opened while others write into it."""
    if not is_current(engine):
        with waiting_for_writers():
            upgrade(engine)


@contextmanager
def waiting_for_writers() -> Iterator[None]:
    """StoreError with a sentence where SQLite gave up waiting for another process that writes."""
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        raise StoreError("another process is writing into the store; try again when it is done") from None


def keep_up(engine: Engine, company: Company, now: datetime) -> None:
    """Make what is derived what the company's settings and the day ask for; where it is, nothing waits for a writer.

    That is the ledger by its rules (what is past due changes with the day), and its roll-up at the rates of the last
    full month and of today.
    """
    with waiting_for_writers():
        keep_rules(engine, company.definitions.ledger, _today(company, now))
        rates = rates_asked_at(engine, company, now)
        with reading(engine) as db:
            if has_rates(db.connection(), rates):
                return
        with loading(engine) as db:
            keep_rates(db.connection(), rates)


def is_kept_up(engine: Engine, company: Company, now: datetime) -> bool:
    """Whether `keep_up` has nothing to do."""
    rates = rates_asked_at(engine, company, now)
    with reading(engine) as db:
        built = has_rules(db.connection(), company.definitions.ledger, _today(company, now))
        return built and has_rates(db.connection(), rates)


def rates_asked_at(engine: Engine, company: Company, now: datetime) -> list[Rates]:
    """The rates that most questions are asked at."""
    today = _today(company, now)
    with reading(engine) as db:
        return [rates_on(db, day, home=company.currency) for day in (last_full_month(today).last, today)]


def _today(company: Company, now: datetime) -> date:
    return now.astimezone(company.zone).date()


def reach(url: str) -> Engine:
    """The store as it is, perhaps behind; StoreError if it cannot be reached."""
    engine = open_engine(url)
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        reason = " ".join(str(error.orig).split())
        raise StoreError(f"the store cannot be opened ({reason}); look at LATIDO_DATABASE_URL") from None
    return engine
