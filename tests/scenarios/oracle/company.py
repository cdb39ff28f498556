"""A company at random: accounts, exchange rates and subscriptions that do all that they do, and often on one day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.scenarios.oracle.files import DECIMALS, FIRST, LAST, write

SEGMENTS: Final = ("smb", "mid", "Mid", "enterprise", "")
CSMS: Final = ("ana@example.com", "bob@example.com", "Bob@example.com", "")


def write_company(folder: Path, *, accounts: int, seed: int) -> Path:
    """The CSV files of a company whose accounts do all that accounts do, and often on the same days."""
    random = Random(seed)
    write(folder / "fx_rates.csv", _rates(random))
    customers = [f"a{number}" for number in range(accounts)]
    write(
        folder / "accounts.csv",
        [
            {
                "account_id": key,
                "name": f"Customer {key}",
                "segment": random.choice(SEGMENTS),
                "csm_email": random.choice(CSMS),
            }
            for key in customers
        ],
    )
    paying = [key for key in customers if random.random() < 0.97]
    write(folder / "subscriptions.csv", [row for key in paying for row in _account(random, key)])
    return folder


def _rates(random: Random) -> Iterator[dict[str, str]]:
    for currency, usual in (("USD", 0.92), ("JPY", 0.0061)):
        day = FIRST - timedelta(days=40)
        while day <= LAST + timedelta(days=20):
            yield {"currency": currency, "day": day.isoformat(), "rate": f"{usual * random.uniform(0.8, 1.2):.7f}"}
            day += timedelta(days=random.randint(3, 25))


def _account(random: Random, key: str) -> Iterator[dict[str, str]]:
    """One to three stays with one to three subscriptions each; who stays away now and then comes back after days."""
    currency = random.choices(("EUR", "USD", "JPY"), (6, 3, 1))[0]
    day = FIRST + timedelta(days=random.randint(-400, 900))
    for stay in range(random.choices((1, 2, 3), (6, 3, 1))[0]):
        end = day + timedelta(days=random.choice((5, 40, 200, 500, 2_000)))
        reason = random.choice(("voluntary", "payment_failure", "other", ""))
        for number in range(random.choices((1, 2, 3), (5, 3, 2))[0]):
            other = random.choices((currency, random.choice(("EUR", "USD", "JPY"))), (8, 2))[0]
            since = day if number == 0 else day + timedelta(days=random.choice((0, 0, 7, 30, 120)))
            yield from _subscription(random, f"{key}-{stay}-{number}", key, other, since, end, reason)
        day = end + timedelta(days=random.choice((1, 2, 10, 11, 60, 200)))
        if day > LAST:
            return


def _subscription(
    random: Random, subscription: str, account: str, currency: str, day: date, end: date, reason: str
) -> Iterator[dict[str, str]]:
    """Rows that follow one another: each changes plan, seats, price, product or currency, or nothing at all."""
    row = {
        "product": random.choice(("Core", "Extra", "Plus")),
        "plan": random.choice(("Basic", "Pro")),
        "quantity": random.randint(1, 5),
        "amount": random.randint(0, 12) * random.randint(1, 99_999),
    }
    while day < end:
        until = min(end, day + timedelta(days=random.choice((1, 30, 31, 90, 365, 3_000))))
        over = until > LAST + timedelta(days=30)
        stops = until == end or random.random() < 0.05
        interval, count = random.choices(
            (
                ("month", 1),
                ("year", 1),
                ("quarter", 1),
                ("week", 1),
                ("day", 1),
                ("week", 3),
                ("month", 5),
                ("day", 10),
            ),
            (12, 5, 3, 1, 1, 1, 1, 1),
        )[0]
        yield {
            "subscription_id": subscription,
            "account_id": account,
            "product": str(row["product"]),
            "plan": str(row["plan"]),
            "quantity": str(row["quantity"]),
            "amount": str(Decimal(int(row["amount"])).scaleb(-DECIMALS[currency])),
            "currency": currency,
            "interval": interval,
            "interval_count": str(count),
            "started_on": day.isoformat(),
            "ended_on": "" if over else until.isoformat(),
            "end_reason": reason if stops and not over else "",
        }
        if over or stops:
            return
        row |= _changed(random, row)
        currency = random.choices((currency, random.choice(("EUR", "USD", "JPY"))), (19, 1))[0]
        day = until


def _changed(random: Random, row: Mapping[str, Any]) -> dict[str, Any]:
    amount = int(row["amount"])
    return random.choice(
        (
            {"plan": random.choice(("Basic", "Pro")), "amount": amount + random.randint(-20_000, 30_000) % 90_000},
            {"quantity": random.randint(1, 9), "amount": amount * random.randint(1, 3) // 2 + 100},
            {"amount": max(0, amount + random.randint(-9_000, 9_000))},
            {"product": random.choice(("Core", "Extra", "Plus")), "amount": amount + 1},
            {"amount": 0},
            {},
        )
    )
