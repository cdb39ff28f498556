"""A synthetic company for the benchmarks: 10,000 accounts, 36 months, about 43,000 subscription rows, daily usage."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from sqlalchemy import Connection, Engine

from benchmarks import dealings, filling
from metrics.money import Rates
from metrics.types import EndReason, Interval, SubscriptionRow
from storage.columns import day_number
from storage.engine import open_engine
from storage.folding import fold
from storage.holidays import keep_holidays
from storage.ledger import rebuild
from storage.migrate import upgrade
from storage.rollup import keep_rates
from storage.session import transaction

ACCOUNTS = 10_000
TODAY = date(2026, 11, 1)
BEGIN = date(2023, 11, 1)
USAGE_DAYS = 90
FEATURES = (
    "reports",
    "dashboards",
    "exports",
    "api",
    "alerts",
    "users",
    "billing",
    "search",
    "forms",
    "inbox",
    "mobile",
)
COUNTRIES = ("US", "US", "ES", "DE", "GB", "FR", "BR", "MX", "RU", None)
RATES = {"EUR": "1.0837", "GBP": "1.27345"}

_BEGINNINGS = (
    "Acme",
    "Blue",
    "Cedar",
    "Delta",
    "Ever",
    "Flint",
    "Gold",
    "Harbor",
    "Iron",
    "Juniper",
    "Kite",
    "Lumen",
    "Maple",
    "North",
    "Orbit",
    "Pine",
)
_MIDDLES = (
    "bridge",
    "craft",
    "field",
    "forge",
    "gate",
    "lake",
    "line",
    "mark",
    "mill",
    "point",
    "stone",
    "ware",
    "wave",
    "way",
    "well",
    "works",
)
_ENDS = ("Analytics", "Capital", "Foods", "Health", "Labs", "Logistics", "Media", "Robotics", "Software", "Travel")


@contextmanager
def store(
    *,
    currencies: Sequence[str] = ("USD",),
    people: bool = False,
    accounts: int = ACCOUNTS,
    usage_days: int = USAGE_DAYS,
) -> Iterator[Engine]:
    """A SQLite store with the company in it: accounts, subscriptions, renewals, costs.

    What people do (usage, contacts, answers, tickets, invoices, leads, campaigns, advocacy, health) only if `people`;
    usage and health, of which there are most rows, of the last `usage_days`.
    """
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'company.db'}")
        fill(engine, currencies=currencies, people=people, accounts=accounts, usage_days=usage_days)
        yield engine
        engine.dispose()


def fill(
    engine: Engine, *, currencies: Sequence[str], people: bool, accounts: int, usage_days: int = USAGE_DAYS
) -> None:
    """Make an empty database a store with the company in it."""
    upgrade(engine)
    with transaction(engine) as db:
        _fill(db.connection(), random.Random(1), currencies, accounts, usage_days if people else 0)


def best(work: Callable[[], Any], times: int = 7) -> float:
    """The least processor time of several runs, in milliseconds: what else the machine does counts less."""
    work()
    runs = []
    for _ in range(times):
        begun = process_time()
        work()
        runs.append(process_time() - begun)
    return min(runs) * 1000


def names(count: int) -> list[str]:
    """Distinct company names, the same every time."""
    combined = (
        f"{beginning}{middle} {end}" if turn == 0 else f"{beginning}{middle} {end} {turn + 1}"
        for turn in range(count)
        for end in _ENDS
        for beginning in _BEGINNINGS
        for middle in _MIDDLES
    )
    return [name for name, _ in zip(combined, range(count), strict=False)]


def _fill(
    connection: Connection, chance: random.Random, currencies: Sequence[str], accounts: int, usage_days: int
) -> None:
    put = partial(filling.put, connection)
    put("account", _accounts(chance, currencies, accounts))
    keep_holidays(connection, TODAY)
    rows = {account: _subscriptions(account, chance, currencies) for account in range(1, accounts + 1)}
    put("subscription", (_stored(account, row) for account, found in rows.items() for row in found))
    rebuild(connection, rows)
    put("fx_rate", [{"currency": c, "day": BEGIN, "rate": RATES[c]} for c in currencies if c in RATES])
    keep_rates(connection, [Rates("USD", {c: Fraction(RATES[c]) for c in currencies if c in RATES}, TODAY)])
    # A chance of their own: what the company pays is the same with and without them.
    chance = random.Random(2)
    put("renewal", dealings.renewals(chance, accounts, BEGIN, TODAY))
    put("cost", dealings.costs(chance, accounts, currencies, TODAY))
    if usage_days:
        for table, rows_of in dealings.OF_PEOPLE.items():
            put(table, rows_of(chance, accounts, TODAY))
        put("health_snapshot", dealings.snapshots(chance, accounts, TODAY, usage_days))
        put("invoice", dealings.invoices(chance, accounts, currencies, TODAY))
        _use(connection, chance, accounts, usage_days)


def _accounts(chance: random.Random, currencies: Sequence[str], count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "key": f"acc-{number:06}",
            "name": name,
            "folded_name": fold(name),
            "domain": f"customer-{number}.example",
            "segment": chance.choice(("smb", "mid", "enterprise")),
            "csm_email": f"csm-{number % 40}@company.example",
            "currency": chance.choice(currencies),
            "country_code": COUNTRIES[number % len(COUNTRIES)],
            "created_on": BEGIN,
            "seats_purchased": chance.randrange(5, 200),
            "renewal_on": TODAY + timedelta(days=chance.randrange(400)),
            "onboarding_started_on": (began := TODAY - timedelta(days=number % 1_000)),
            "activated_on": None if number % 20 == 0 else began + timedelta(days=number % 60),
            "lifecycle_stage": "onboarding" if number % 20 == 0 else "value",
        }
        for number, name in enumerate(names(count), 1)
    ]


def _subscriptions(account: int, chance: random.Random, currencies: Sequence[str]) -> list[SubscriptionRow]:
    """One subscription in about four stretches, now and then a second one, some with an end."""
    currency = currencies[min(int(chance.expovariate(1.2)), len(currencies) - 1)]
    rows = []
    for number in range(1, 3 if chance.random() < 0.15 else 2):
        day = BEGIN + timedelta(days=int(900 * chance.random() ** 2))
        amount, quantity, plan = chance.randrange(20, 400) * 100, chance.randrange(1, 50), "team"
        for _ in range(chance.choice((1, 2, 3, 4, 5, 6, 7, 8, 9))):
            until = day + timedelta(days=chance.randrange(50, 310))
            last = until >= TODAY
            why = chance.choice(tuple(EndReason)) if chance.random() < 0.06 and not last else None
            rows.append(
                SubscriptionRow(
                    f"sub-{account}-{number}",
                    f"product-{number}",
                    plan,
                    quantity,
                    amount * quantity,
                    currency,
                    Interval.MONTH,
                    1,
                    day,
                    None if last else until,
                    why,
                )
            )
            if last:
                break
            day = until + timedelta(days=chance.randrange(20, 200) if why else 0)
            quantity = max(1, quantity + chance.randrange(-5, 9))
            plan = chance.choice(("team", "team", "business"))
        else:
            rows[-1] = rows[-1]._replace(ended_on=None if chance.random() < 0.85 else rows[-1].ended_on)
    return [row for row in rows if row.started_on < TODAY]


def _stored(account: int, row: SubscriptionRow) -> dict[str, Any]:
    values = row._asdict()
    return {"key": values.pop("subscription"), "account_id": account, **values}


def _use(connection: Connection, chance: random.Random, accounts: int, count: int) -> None:
    """Every account used the product on each of the last days, so many; in 90 days 900,000 users and features."""
    last = day_number(TODAY)
    days: defaultdict[int, set[str]] = defaultdict(set)

    def rows() -> Iterator[tuple[Any, ...]]:
        for account in range(1, accounts + 1):
            for day in range(last - count + 1, last + 1):
                feature = chance.choice(FEATURES)
                days[day].add(feature)
                user = f"user-{account}-{chance.randrange(5)}"
                yield account, day, user, feature, chance.randrange(1, 5), chance.randrange(50), chance.random() * 90

    columns = ("account_id", "day", "user_key", "feature", "sessions", "events", "minutes")
    filling.put_plain(connection, "usage", columns, rows())
    known = [(day, feature) for day, found in days.items() for feature in found]
    filling.put_plain(connection, "usage_day", ("day", "feature"), known)
