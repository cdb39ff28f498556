"""What a company and its customers do at random: invoices, costs, tickets, leads, campaigns, advocacy, use."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Final, TypeAlias

from tests.scenarios.oracle.chance import UNTIL, a_day, a_moment, cell, maybe_day
from tests.scenarios.oracle.files import DECIMALS

Rows: TypeAlias = Iterator[dict[str, str]]

SILENT: Final = "enterprise"
"""Of this segment nobody counts sessions."""


def invoices(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Paid early and late, failed, void and refunded with a day on which they were paid, some twice on one day."""
    for number in range(count):
        status = random.choices(("paid", "open", "failed", "void", "refunded"), (12, 2, 2, 1, 2))[0]
        yield {
            "invoice_id": f"i{number}",
            "account_id": random.choice(keys[: len(keys) * 3 // 4 or 1]),
            **_amount(random, negative=0.03),
            "due_on": a_day(random).isoformat(),
            "paid_on": maybe_day(random, 0.1 if status == "paid" else 0.6),
            "failed_on": maybe_day(random, 0.7),
            "status": status,
        }


def costs(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Half of them of no account; now and then money comes back."""
    for number in range(count):
        yield {
            "cost_id": f"c{number}",
            "day": a_day(random).isoformat(),
            "category": random.choice(("people", "tools")),
            **_amount(random, negative=0.1),
            "account_id": random.choice(("", random.choice(keys))),
        }


def _amount(random: Random, *, negative: float) -> dict[str, str]:
    currency = random.choices(("EUR", "USD", "JPY"), (6, 3, 1))[0]
    minor = random.randrange(900_000) * (-1 if random.random() < negative else 1)
    return {"amount": str(Decimal(minor).scaleb(-DECIMALS[currency])), "currency": currency}


def tickets(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Answered at once, after seconds or weeks, or never; open over midnight and while clocks change."""
    for number in range(count):
        opened = a_moment(random)
        waited = random.choice((0, 59, 60, 3_599)) if random.random() < 0.3 else random.randrange(10**6)
        answered = opened + timedelta(seconds=waited)
        resolved = answered + timedelta(seconds=random.choice((0, 60, random.randrange(3 * 10**6))))
        yield {
            "ticket_id": f"t{number}",
            "account_id": random.choice(keys),
            "opened_at": cell(random, opened),
            "first_response_at": "" if random.random() < 0.2 else cell(random, answered),
            "resolved_at": "" if random.random() < 0.2 else cell(random, resolved),
            "customer_contacts": random.choice(("", "0", "1", "1", "2", "7")),
            "escalated": random.choice(("true", "false", "false", "")),
        }


def leads(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Some asked for a trial before anybody qualified them, or without."""
    for number in range(count):
        yield {
            "lead_id": f"l{number}",
            "created_on": a_day(random).isoformat(),
            "mql_on": maybe_day(random, 0.5),
            "sql_on": maybe_day(random, 0.6),
            "converted_on": maybe_day(random, 0.7),
            "account_id": random.choice(("", random.choice(keys))),
        }


def campaigns(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Some to nobody in particular, some that do not tell all their counts."""
    seen = set()
    for number in range(count):
        key = (f"m{number % 40}", a_day(random).isoformat(), random.choice(("", random.choice(keys))))
        if key in seen:
            continue
        seen.add(key)
        sent = random.randrange(50)
        opened = random.randint(0, sent)
        counts = [str(sent), str(opened), str(random.randint(0, opened))]
        if random.random() < 0.1:
            counts[random.randrange(3)] = ""
        names = ("campaign_id", "day", "account_id", "sent", "opened", "clicked")
        yield dict(zip(names, (*key, *counts), strict=True))


def advocacy(random: Random, keys: Sequence[str], count: int) -> Rows:
    """Several by one account on one day."""
    for number in range(count):
        yield {
            "advocacy_id": f"v{number}",
            "account_id": random.choice(keys),
            "kind": random.choice(("referral", "review", "case_study", "reference", "talk")),
            "day": a_day(random).isoformat(),
        }


def usage(random: Random, segments: dict[str, str], days: int) -> Rows:
    """Users of one name at several accounts, use of nobody and of nothing in particular, rows that count nothing.

    Nobody used anything in February 2026 or on the last three days of a month.
    """
    for key, segment in segments.items():
        seen = set()
        for _ in range(random.choice((0, days // 3, days, 2 * days))):
            day = a_day(random) if random.random() < 0.5 else UNTIL - timedelta(days=random.randrange(150))
            row = (day.isoformat(), random.choice(("ana", "bob", "eve", "")), random.choice(("a", "b", "A", "c d", "")))
            if row in seen or (day.year, day.month) == (2026, 2) or (day + timedelta(days=3)).month != day.month:
                continue
            seen.add(row)
            sessions = "" if segment == SILENT else random.choice(("", "0", "1", "3"))
            yield {
                "account_id": key,
                "day": row[0],
                "user_id": row[1],
                "feature": row[2],
                "sessions": sessions,
                "events": random.choice(("", "0", "0", "5")),
                "minutes": random.choice(("", "0", "0.0", "2.5")),
            }
