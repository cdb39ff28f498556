"""What the accounts of the synthetic company do besides paying: rows for its tables, by chance."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeAlias

Rows: TypeAlias = Iterator[dict[str, Any]]

CONTACTS: Final = 5
"""Of each account."""
SNAPSHOT_DAYS: Final = 21


# --- Of every company ----------------------------------------------------------------------------------------------


def renewals(chance: Random, accounts: int, begin: date, today: date) -> Rows:
    """A year apart: those of the last three years and the next one."""
    for account in range(1, accounts + 1):
        day = begin + timedelta(days=chance.randrange(365))
        while day < today + timedelta(days=365):
            yield {"account_id": account, "due_on": day}
            day += timedelta(days=365)


def costs(chance: Random, accounts: int, currencies: Sequence[str], today: date) -> Rows:
    """Three of each account in a year, and a thousand that name none."""
    for number in range(accounts * 3 + 1_000):
        yield {
            "key": f"cost-{number}",
            "day": _day(chance, today),
            "category": chance.choice(("people", "tools", "programme")),
            "amount": chance.randrange(1_000, 900_000),
            "currency": currencies[0],
            "account_id": number % accounts + 1 if number < accounts * 3 else None,
        }


# --- Of people -----------------------------------------------------------------------------------------------------


def contacts(chance: Random, accounts: int, today: date) -> Rows:
    """Five of each account, two of them points of contact."""
    roles = ("champion", "decision_maker", "admin", "user", "billing")
    for account in range(1, accounts + 1):
        for number, role in enumerate(roles):
            started = _day(chance, today, 1_000)
            yield {
                "id": account * CONTACTS + number,
                "key": f"user-{account}-{number}",
                "account_id": account,
                "name": f"Person {account} {number}",
                "email": f"person-{number}@customer-{account}.example",
                "role": role,
                "is_poc": number < 2,
                "started_on": started,
                "left_on": max(started, _day(chance, today, 200)) if chance.random() < 0.05 else None,
                "activated_on": started + timedelta(days=chance.randrange(60)) if chance.random() < 0.8 else None,
            }


def tickets(chance: Random, accounts: int, today: date) -> Rows:
    """Six of each account in a year."""
    for number in range(accounts * 6):
        opened = _moment(chance, today)
        answered = opened + timedelta(minutes=chance.randrange(1, 3_000))
        yield {
            "key": f"ticket-{number}",
            "account_id": chance.randrange(1, accounts + 1),
            "opened_at": opened,
            "first_response_at": answered if chance.random() < 0.98 else None,
            "resolved_at": answered + timedelta(hours=chance.randrange(1, 200)) if chance.random() < 0.95 else None,
            "customer_contacts": chance.randrange(1, 6),
            "escalated": chance.random() < 0.05,
        }


def answers(chance: Random, accounts: int, today: date) -> Rows:
    """Three of each account in a year."""
    for number in range(accounts * 3):
        account, kind = chance.randrange(1, accounts + 1), chance.choice(("nps", "csat", "ces"))
        yield {
            "key": f"answer-{number}",
            "account_id": account,
            "contact_id": account * CONTACTS + chance.randrange(CONTACTS),
            "kind": kind,
            "score": chance.randrange(0, 11) if kind == "nps" else chance.randrange(1, 6),
            "responded_at": _moment(chance, today),
        }


def leads(chance: Random, accounts: int, today: date) -> Rows:
    """Four for each account in two years; a tenth of them has become one."""
    for number in range(accounts * 4):
        created = _day(chance, today, 730)
        became = [created + timedelta(days=chance.randrange(90)) if chance.random() < p else None for p in (0.4, 0.2)]
        converted = number % 10 == 0
        yield {
            "key": f"lead-{number}",
            "created_on": created,
            "source": chance.choice(("search", "event", "partner", "referral")),
            "content": chance.choice(("webinar", "guide", "demo")),
            "mql_on": became[0],
            "sql_on": became[1],
            "converted_on": created + timedelta(days=90) if converted else None,
            "account_id": number // 10 % accounts + 1 if converted else None,
        }


def campaigns(chance: Random, accounts: int, today: date) -> Rows:
    """Two a month to every account, for a year."""
    for number in range(24):
        day = today - timedelta(days=15 * number + 1)
        for account in range(1, accounts + 1):
            sent = chance.randrange(1, 6)
            opened = chance.randint(0, sent)
            yield {
                "key": f"campaign-{number}",
                "day": day,
                "account_id": account,
                "name": f"Newsletter {number}",
                "kind": "newsletter",
                "sent": sent,
                "opened": opened,
                "clicked": chance.randint(0, opened),
            }


def advocacy(chance: Random, accounts: int, today: date) -> Rows:
    """One for every other account in a year."""
    for number in range(accounts // 2):
        yield {
            "key": f"advocacy-{number}",
            "account_id": chance.randrange(1, accounts + 1),
            "kind": chance.choice(("referral", "review", "case_study", "reference", "talk")),
            "day": _day(chance, today),
        }


def snapshots(chance: Random, accounts: int, today: date, days: int) -> Rows:
    """A score of each account for each of the last days, so many but not more than SNAPSHOT_DAYS."""
    for number in range(1, min(days, SNAPSHOT_DAYS) + 1):
        for account in range(1, accounts + 1):
            score = chance.randrange(1, 101)
            yield {
                "account_id": account,
                "day": today - timedelta(days=number),
                "score": score,
                "band": "good" if score >= 70 else "average" if score >= 40 else "poor",
                "coverage_permille": 900,
                "permille": {"use": 10 * score},
            }


OF_PEOPLE: Final[Mapping[str, Callable[[Random, int, date], Rows]]] = {
    "contact": contacts,
    "ticket": tickets,
    "survey_response": answers,
    "lead": leads,
    "campaign": campaigns,
    "advocacy": advocacy,
}


def invoices(chance: Random, accounts: int, currencies: Sequence[str], today: date) -> Rows:
    """One a month of each account, for a year."""
    for account in range(1, accounts + 1):
        for month in range(12):
            due = today - timedelta(days=30 * month + 5)
            failed = chance.random() < 0.03
            yield {
                "key": f"invoice-{account}-{month}",
                "account_id": account,
                "amount": chance.randrange(1_000, 900_000),
                "currency": currencies[0],
                "due_on": due,
                "paid_on": None if failed else due + timedelta(days=chance.randrange(10)),
                "status": "failed" if failed else "paid",
                "failed_on": due + timedelta(days=1) if failed else None,
            }


def _day(chance: Random, today: date, days: int = 365) -> date:
    return today - timedelta(days=chance.randrange(1, days))


def _moment(chance: Random, today: date) -> datetime:
    return datetime.combine(today, time(), UTC) - timedelta(minutes=chance.randrange(365 * 24 * 60))
