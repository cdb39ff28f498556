"""The people of a company at random: contacts, what they answer, how their accounts get going and fare."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, TypeAlias

from tests.scenarios.oracle.chance import UNTIL, a_day, a_moment, cell, maybe_day

Rows: TypeAlias = Iterator[dict[str, str]]

_SCALES: Final = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 5)}
_HEALTHY: Final = date(2026, 1, 20)
"""The first day with snapshots."""


def wave(random: Random, keys: Sequence[str], due: dict[str, date]) -> Rows:
    """The accounts as they are told once: a renewal in `due` moves by a term or by days, or is not known any more."""
    for key in keys:
        moved = random.choice((0, 1, 27, 27, 28, 28, 29, 90, 180, -10))
        due[key] = due.get(key, date(2025, 11, 1) + timedelta(days=random.randrange(300))) + timedelta(days=moved)
        begun = maybe_day(random)
        activated = random.choice(("", begun, maybe_day(random), maybe_day(random)))
        yield {
            "account_id": key,
            "name": f"Customer {key}",
            "renewal_on": "" if random.random() < 0.15 else due[key].isoformat(),
            "onboarding_started_on": begun,
            "activated_on": activated,
            "lifecycle_stage": random.choice(("onboarding", "adoption", "", "churned")),
            "language": random.choice(("", "", "en", "es-MX", "RU")),
        }


def renewals_on_days_that_matter(random: Random, keys: Sequence[str], turning: dict[str, list[date]]) -> Rows:
    """The last word on some accounts: due on a day on which what they pay changes, or beside it."""
    for key in keys:
        if days := turning.get(key):
            day = random.choice((random.choice(days), max(days))) + timedelta(days=random.choice((-1, 0, 0, 0, 1)))
            yield {"account_id": key, "name": f"Customer {key}", "renewal_on": day.isoformat()}


def contacts(random: Random, keys: Sequence[str]) -> Rows:
    """None to five an account, some of one name at several accounts, some for a day only."""
    for key in keys:
        for number in range(random.choice((0, 1, 2, 3, 5))):
            started = maybe_day(random)
            first = date.fromisoformat(started) if started else a_day(random)
            left = random.choice(("", "", first.isoformat(), max(first, a_day(random)).isoformat()))
            yield {
                "contact_id": f"{key}.{number}",
                "account_id": key,
                "name": random.choice(("Ana", "Bob", "Zoë")),
                "is_poc": random.choice(("true", "true", "false", "")),
                "started_on": started,
                "left_on": left,
                "activated_on": random.choice(("", started, maybe_day(random))),
                "language": random.choice(("", "", "en", "es", "Es-AR", "de")),
            }


def answers(random: Random, people: Sequence[dict[str, str]], keys: Sequence[str], count: int) -> Rows:
    """Some by nobody, some again by the same person, at the same moment even, and some about another account."""
    given: list[tuple[str, str]] = []
    for number in range(count):
        who = random.choice(people)
        account = who["account_id"] if random.random() < 0.95 else random.choice(keys)
        contact = "" if random.random() < 0.2 else who["contact_id"]
        at = cell(random, a_moment(random))
        if given and random.random() < 0.2:
            contact, at = random.choice(given)
        given.append((contact, at))
        kind = random.choice(tuple(_SCALES))
        yield {
            "response_id": f"r{number * 7919 % count}",
            "account_id": account,
            "contact_id": contact,
            "kind": kind,
            "score": str(random.randint(*_SCALES[kind])),
            "responded_at": at,
        }


def snapshots(random: Random, keys: Sequence[str]) -> Rows:
    """Weekly for most, with days left out; some accounts have none, some days no score."""
    for key in keys:
        day = _HEALTHY + timedelta(days=random.randrange(60))
        seen = random.random() < 0.9
        while seen and day <= UNTIL:
            score = random.randint(1, 100)
            band = "good" if score >= 70 else "average" if score >= 40 else "poor"
            known = random.random() < 0.85
            yield {
                "account_id": key,
                "day": day.isoformat(),
                "score": str(score) if known else "",
                "band": band if known else "",
            }
            day += timedelta(days=random.choice((1, 5, 7, 7, 8, 9, 30)))
