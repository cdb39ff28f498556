"""Value and cost: what was paid, what a customer is worth, what keeping it costs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.scenarios.oracle.asked import Asked, months_before

if TYPE_CHECKING:
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.revenue import Sums
    from tests.scenarios.oracle.world import World


def figures(world: World, asked: Asked, sums: Sums) -> dict[str, Value]:
    """The figures of a period; amounts are exact minor units."""
    mean = Fraction(sums["customers at opening"] + sums["customers at closing"], 2)
    paid, costs = _paid(world, asked), _costs(world, asked)
    worth = _lifetime_value(world, asked, sums)
    each = None if costs is None or not mean else costs / mean
    months = _months(asked)
    return {
        "arpu": None if paid is None or not mean else paid / mean,
        "clv": worth,
        "crc": costs,
        "crc_per_customer": each,
        "crc_share": None if costs is None or not sums["opening"] else Fraction(costs, sums["opening"]),
        "clv_to_crc": None if worth is None or not each else worth / (each * 12 / months),
        "repeat_purchase_rate": _repeated(world, asked),
        **_recovered(world, asked),
    }


def _recovered(world: World, asked: Asked) -> dict[str, Value]:
    """Payments that failed in the period and were paid by its end; the middle one of those collected in it."""
    known = [one for one in asked.of(world["invoices"]) if one["status"] != "void"]
    failed = [one for one in known if asked.during(_failed_on(one))]
    paid = [one for one in known if _paid_after_failing(one)]
    days = sorted((one["paid_on"] - one["failed_on"]).days for one in paid if asked.during(one["paid_on"]))
    again = sum(one["paid_on"] < asked.end for one in failed if one in paid)
    middle = days[(len(days) - 1) // 2 : len(days) // 2 + 1]
    return {
        "payment_recovery_rate": Fraction(again, len(failed)) if failed else None,
        "payment_recovery_days": Fraction(sum(middle), len(middle)) if middle else None,
    }


def _failed_on(one: Record) -> date | None:
    day: date | None = one["failed_on"] or (one["due_on"] if one["status"] == "failed" else None)
    return day


def _paid_after_failing(one: Record) -> bool:
    dates = one["paid_on"], one["failed_on"]
    return one["status"] == "paid" and None not in dates and bool(dates[0] >= dates[1])


def _paid(world: World, asked: Asked) -> int | None:
    """Paid invoices by the day on which they were paid; None before any invoice is known."""
    invoices = asked.of(world["invoices"])
    if not any(day and day < asked.end for one in invoices for day in (one["due_on"], one["paid_on"])):
        return None
    paid = [one for one in invoices if one["status"] == "paid" and asked.during(one["paid_on"])]
    return sum(asked.convert(one["amount"], one["currency"]) for one in paid)


def _repeated(world: World, asked: Asked) -> Value:
    """Accounts with two paid invoices or more in the 365 days that end with the period ÷ with one or more."""
    year = asked.since(asked.end - timedelta(days=365))
    paid = Counter(
        one["account_id"]
        for one in asked.of(world["invoices"])
        if one["status"] == "paid" and year.during(one["paid_on"])
    )
    return Fraction(sum(count >= 2 for count in paid.values()), len(paid)) if paid else None


def _costs(world: World, asked: Asked) -> int | None:
    """The costs of the period; of some accounts those that name one of them. None before any is known."""
    costs = asked.of(world["costs"])
    if not any(one["day"] < asked.end for one in costs):
        return None
    return sum(asked.convert(one["amount"], one["currency"]) for one in costs if asked.during(one["day"]))


def _lifetime_value(world: World, asked: Asked, sums: Sums) -> Value:
    """ARPA × margin × lifetime, which is 1 ÷ the mean churn of twelve full months, 60 months if nobody left."""
    if not sums["customers at closing"]:
        return None
    churn = []
    for ago in range(12, 0, -1):
        start, end = months_before(asked.end, ago), months_before(asked.end, ago - 1)
        there = _customers(world, asked, start)
        if there:
            churn.append(Fraction(len(there - _customers(world, asked, end)), len(there)))
    lost = sum(churn, Fraction(0))
    lifetime = len(churn) / lost if lost else Fraction(60)
    return Fraction(sums["closing"], sums["customers at closing"]) * world.gross_margin * lifetime


def _customers(world: World, asked: Asked, morning: date) -> set[str]:
    """Those who pay something on the evening before that day."""
    eve = morning - timedelta(days=1)
    return {key for key in asked.accounts if world.accounts[key].at_end_of(eve)}


def _months(asked: Asked) -> Fraction:
    """How many months the period has, each day as a part of its own month."""
    months, day = Fraction(0), asked.start
    while day < asked.end:
        following = months_before(day, -1)
        months += Fraction(1, (following - months_before(day, 0)).days)
        day += timedelta(days=1)
    return months
