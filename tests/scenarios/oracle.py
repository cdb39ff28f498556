"""The revenue figures once more, by brute force and from the definitions alone: no code of the product computes here.

A company is written to CSV files at random and read back from them. What an account pays changes only on days on which
one of its rows starts or ends, so that day by day means: the rows running on each such day beside those of the day
before. Everything else is sums over these days, converted afresh for each report.
"""

import csv
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeAlias

HOME = "EUR"
DECIMALS = {"EUR": 2, "USD": 2, "JPY": 0}
FIRST, LAST = date(2023, 11, 1), date(2026, 10, 31)
"""36 months."""
SEGMENTS = ("smb", "mid", "Mid", "enterprise", "")
CSMS = ("ana@example.com", "bob@example.com", "Bob@example.com", "")

Value: TypeAlias = int | Fraction | None


# --- A company at random -------------------------------------------------------------------------------------------


def write_company(folder: Path, *, accounts: int, seed: int) -> Path:
    """The CSV files of a company whose accounts do all that accounts do, and often on the same days."""
    random = Random(seed)
    _write(folder / "fx_rates.csv", _rates(random))
    customers = [f"a{number}" for number in range(accounts)]
    _write(
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
    _write(folder / "subscriptions.csv", [row for key in customers for row in _account(random, key)])
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


def _write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    ordered = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]))
        writer.writeheader()
        writer.writerows(ordered)


# --- What the files say --------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A row that is paid for: its MRR in minor units, on the days from `start` up to, not including, `end`."""

    product: str
    plan: str
    quantity: int
    currency: str
    mrr: int
    start: date
    end: date
    reason: str


Money: TypeAlias = Mapping[str, int]
"""Minor units by currency."""
Convert: TypeAlias = Callable[[int, str], int]


class Turn(NamedTuple):
    """A day on which an account's MRR changed in one currency or more."""

    day: date
    before: Money
    after: Money
    kind: str
    """`new`, `reactivation`, `churn`, or `moved`: up or down, as the rates tell."""
    causes: Mapping[str, str]
    """Of a movement up or down, or of a churn, by currency."""


@dataclass
class Account:
    """What an account did."""

    segment: str
    csm: str
    rows: list[Row] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def at_end_of(self, day: date) -> Money:
        """What it pays on the evening of a day."""
        at = bisect_left([turn.day for turn in self.turns], day + timedelta(days=1))
        return self.turns[at - 1].after if at else {}


class Oracle:
    """The company of a folder."""

    def __init__(self, folder: Path, *, grace_days: int) -> None:
        self._rates: defaultdict[str, list[tuple[date, Fraction]]] = defaultdict(list)
        for rate in _read(folder / "fx_rates.csv"):
            self._rates[rate["currency"]].append((date.fromisoformat(rate["day"]), Fraction(rate["rate"])))
        self.accounts = {
            row["account_id"]: Account(row["segment"].lower(), row["csm_email"].lower())
            for row in _read(folder / "accounts.csv")
        }
        for row in _read(folder / "subscriptions.csv"):
            if (paid := _row(row)) is not None:
                self.accounts[row["account_id"]].rows.append(paid)
        for account in self.accounts.values():
            account.turns = list(_turns(account.rows, grace_days))

    def figures(
        self,
        start: date,
        end: date,
        *,
        rates_of: date | None = None,
        segment: str | None = None,
        csm: str | None = None,
    ) -> dict[str, Value]:
        """Every revenue figure of the days from `start` up to, not including, `end`, by id.

        Rates are those of the last day, or of `rates_of`; a segment or CSM of "" means the accounts without one.
        """
        convert = self._convert(rates_of or end - timedelta(days=1))
        chosen = [
            account
            for account in self.accounts.values()
            if (segment is None or account.segment == segment.lower()) and (csm is None or account.csm == csm.lower())
        ]
        return _figures(_Sums().over(chosen, start, end, convert), start, end)

    def _convert(self, day: date) -> Convert:
        """At the last rates known on or before the day, to the nearest minor unit, a half to the even one."""
        rates = {
            currency: max(known for known in found if known[0] <= day)[1] for currency, found in self._rates.items()
        }

        @cache
        def convert(minor: int, currency: str) -> int:
            if currency == HOME:
                return minor
            return round(Fraction(minor * 100, 10 ** DECIMALS[currency]) * rates[currency])

        return convert


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row(row: Mapping[str, str]) -> Row | None:
    months = {
        "day": Fraction(12, 365),
        "week": Fraction(12, 52),
        "month": Fraction(1),
        "quarter": Fraction(3),
        "year": Fraction(12),
    }
    minor = Fraction(row["amount"]) * 10 ** DECIMALS[row["currency"]]
    mrr = round(minor / (months[row["interval"]] * int(row["interval_count"])))
    if mrr == 0:
        return None
    return Row(
        row["product"],
        row["plan"],
        int(row["quantity"]),
        row["currency"],
        mrr,
        date.fromisoformat(row["started_on"]),
        date.fromisoformat(row["ended_on"]) if row["ended_on"] else date.max,
        row["end_reason"],
    )


# --- Day by day ----------------------------------------------------------------------------------------------------


def _turns(rows: Sequence[Row], grace_days: int) -> Iterator[Turn]:
    days = sorted({day for row in rows for day in (row.start, row.end) if day != date.max})
    yesterday: list[Row] = []
    known = False
    for number, day in enumerate(days):
        today = [row for row in rows if row.start <= day < row.end]
        if not today and number + 1 < len(days) and (days[number + 1] - day).days <= grace_days:
            continue  # short enough to be no churn: until something starts again, what was paid before stands
        turn = _turn(day, yesterday, today, known=known)
        yesterday = today
        if turn is not None:
            known = True
            yield turn


def _turn(day: date, yesterday: Sequence[Row], today: Sequence[Row], *, known: bool) -> Turn | None:
    before, after = _paid(yesterday), _paid(today)
    moved = sorted(currency for currency in {*before, *after} if before.get(currency, 0) != after.get(currency, 0))
    if not moved:
        return None
    causes: dict[str, str] = {}
    kind = "moved"
    if not before:
        kind = "reactivation" if known else "new"
    elif not after:
        kind = "churn"
        causes = {currency: _why_gone(yesterday, currency) for currency in moved}
    elif len(moved) == 1:
        causes = {moved[0]: _why_moved(yesterday, today, moved[0])}
    return Turn(day, before, after, kind, causes)


def _paid(rows: Iterable[Row]) -> Money:
    paid: Counter[str] = Counter()
    for row in rows:
        paid[row.currency] += row.mrr
    return paid


def _why_gone(yesterday: Iterable[Row], currency: str) -> str:
    """The reason of the largest row; of equals that of one that gives a reason, the first in the alphabet."""
    ended = [row for row in yesterday if row.currency == currency]
    return min(ended, key=lambda row: (-row.mrr, not row.reason, row.reason)).reason or "other"


def _why_moved(yesterday: Iterable[Row], today: Iterable[Row], currency: str) -> str:
    """What happened to the product that moved most in the direction in which the account moved."""
    was, now = (_by_product(rows, currency) for rows in (yesterday, today))
    change = {product: _mrr(now.get(product, ())) - _mrr(was.get(product, ())) for product in sorted({*was, *now})}
    sign = 1 if sum(change.values()) > 0 else -1
    product = max(change, key=lambda product: sign * change[product])
    old, new = was.get(product, []), now.get(product, [])
    if not old or not new:
        return "product_dropped" if old else "cross_sell"
    plans = {row.plan for row in (*old, *new)}
    seats = {plan: _seats(new, plan) - _seats(old, plan) for plan in plans}
    other_plan = {row.plan for row in old} != {row.plan for row in new}
    if other_plan or (min(seats.values()) < 0 < max(seats.values())):
        return "upgrade" if sign > 0 else "downgrade"
    return "seats" if sign * sum(seats.values()) > 0 else "price"


def _by_product(rows: Iterable[Row], currency: str) -> dict[str, list[Row]]:
    products: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.currency == currency:
            products[row.product].append(row)
    return products


def _mrr(rows: Iterable[Row]) -> int:
    return sum(row.mrr for row in rows)


def _seats(rows: Iterable[Row], plan: str) -> int:
    return sum(row.quantity for row in rows if row.plan == plan)


# --- A report ------------------------------------------------------------------------------------------------------


class _Sums(Counter[str]):
    """What a report adds up, by name."""

    def over(self, accounts: Iterable[Account], start: date, end: date, convert: Convert) -> "_Sums":
        """Everything of these accounts in a period."""
        for account in accounts:
            self._ends(account, start, end, convert)
            for turn in account.turns:
                if start <= turn.day < end:
                    self._turn(turn, convert)
        return self

    def _ends(self, account: Account, start: date, end: date, convert: Convert) -> None:
        """Where the account stands on the evening before the period, and on its last evening."""
        was, now = account.at_end_of(start - timedelta(days=1)), account.at_end_of(end - timedelta(days=1))
        opening, closing = _worth(was, convert), _worth(now, convert)
        self["opening"] += opening
        self["closing"] += closing
        self["customers at opening"] += bool(was)
        self["customers at closing"] += bool(now)
        if was:
            self["retained"] += closing
            self["kept"] += min(opening, closing)
            self["lost"] += not now
        else:
            self["won"] += bool(now)

    def _turn(self, turn: Turn, convert: Convert) -> None:
        changes = {
            currency: convert(turn.after.get(currency, 0), currency) - convert(turn.before.get(currency, 0), currency)
            for currency in {*turn.before, *turn.after}
        }
        change = sum(changes.values())
        kind = ("expansion" if change > 0 else "contraction") if turn.kind == "moved" else turn.kind
        self[kind] += abs(change)
        for currency, cause in turn.causes.items():
            self[f"{kind} by {cause}"] += abs(changes[currency])


def _worth(money: Money, convert: Convert) -> int:
    return sum(convert(minor, currency) for currency, minor in money.items())


def _figures(sums: Mapping[str, int], start: date, end: date) -> dict[str, Value]:
    """The figures as metrics.md defines them."""

    def of(name: str) -> int:
        return sums.get(name, 0)

    def over_opening(amount: int) -> Value:
        return Fraction(amount, of("opening")) if of("opening") else None

    new, reactivation, expansion = of("new"), of("reactivation"), of("expansion")
    contraction, churn = of("contraction"), of("churn")
    there, left = of("customers at opening"), of("lost")
    mean = Fraction(there + of("customers at closing"), 2)
    months = (end.year - start.year) * 12 + end.month - start.month
    makes_a_year = start.day == end.day == 1 and 12 % months == 0
    assert of("closing") == of("opening") + new + expansion + reactivation - contraction - churn
    logo_churn = Fraction(left, there) if there else None
    return {
        "opening_mrr": of("opening"),
        "mrr": of("closing"),
        "arr": 12 * of("closing"),
        "new_mrr": new,
        "expansion_mrr": expansion,
        "reactivation_mrr": reactivation,
        "contraction_mrr": contraction,
        "churned_mrr": churn,
        "net_new_mrr": of("closing") - of("opening"),
        "mrr_growth": over_opening(of("closing")),
        "expansion_rate": over_opening(expansion),
        "cross_sell_mrr": of("expansion by cross_sell"),
        "upsell_mrr": expansion - of("expansion by cross_sell"),
        "gross_mrr_churn": over_opening(churn + contraction),
        "mrr_churn": over_opening(churn),
        "net_mrr_churn": over_opening(churn + contraction - expansion - reactivation),
        "involuntary_mrr_churn": over_opening(of("churn by payment_failure")),
        "quick_ratio": Fraction(new + expansion + reactivation, contraction + churn) if contraction + churn else None,
        "nrr": over_opening(of("retained")),
        "grr": over_opening(of("kept")),
        "customers": of("customers at closing"),
        "new_customers": of("won"),
        "lost_customers": left,
        "logo_churn": logo_churn,
        "adjusted_logo_churn": left / mean if mean else None,
        "annualised_logo_churn": 1 - (1 - logo_churn) ** (12 // months)
        if makes_a_year and logo_churn is not None
        else None,
        "retention_rate": None if logo_churn is None else Fraction(there - left, there),
        "arpa": Fraction(of("closing"), of("customers at closing")) if of("customers at closing") else None,
    }
