"""Who needs a call today: from the alerts that are open, or, where no alert was ever kept, from a look at everybody.

The same alerts say to whom more can be offered: these are told of once, in the digest after they were seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from commands.core.request import Company
from commands.core.risk_question import scan
from metrics.judging import Severity, Signal
from metrics.money import Rates
from metrics.rules import all_rules
from metrics.types import BookFilter, Money, Sentence
from storage.queries.alert_wins import any_yet
from storage.queries.alerts import Alert, State, open_alerts
from storage.session import Session

_WORST_FIRST: Final = {severity.value: number for number, severity in enumerate(Severity)}


class Call(NamedTuple):
    """An account that somebody should speak with today, and the worst reason for it."""

    key: str
    name: str
    rule_id: str
    severity: Severity
    why: Sentence
    since: date | None
    mrr: Money
    """At stake."""
    more: int = 0
    """Further reasons."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Everybody who needs a call, worst first, and those that are in hands already."""

    rows: tuple[Call, ...] = ()
    taken: int = 0
    """Accounts that are left out because somebody has taken what there is to do."""
    snoozed: int = 0
    """Accounts that are left out because somebody wants to hear of them later."""
    judged_on: date | None = None
    """The day on which everybody was looked at, for want of alerts; None: they are from alerts."""
    chances: tuple[Call, ...] = ()
    """Accounts to which more can be offered since lately, and that nobody has in hand."""

    def at_stake(self, currency: str) -> Money:
        """The MRR of them all."""
        return Money(sum(row.mrr.minor for row in self.rows if row.mrr.currency == currency), currency)


def calls(db: Session, *, company: Company, rates: Rates, now: datetime, book: BookFilter, lately: timedelta) -> Calls:
    """The accounts of a book whose open risks nobody has in hand, the most severe first, then those that pay most.

    Chances are those that were seen within `lately`: the time since the digest before. MissingRate where a rate is
    needed.
    """
    if any_yet(db):
        return from_alerts(open_alerts(db, book), chances_since=now - lately)
    today = now.astimezone(company.zone).date()
    found = scan(db, today=today, zone=company.zone, rates=rates, policy=company.health, rules=company.rules, book=book)
    rows = (
        Call(
            row.account.key,
            row.account.name,
            row.found[0][0].id,
            row.severity,
            row.found[0][1].why,
            row.found[0][1].since,
            row.account.mrr,
            len(row.found) - 1,
        )
        for row in found
    )
    return Calls(tuple(rows), judged_on=today)


def from_alerts(alerts: Iterable[Alert], *, chances_since: datetime) -> Calls:
    """The accounts behind some open alerts; one with an alert that nobody has in hand needs a call all the same."""
    alerts = list(alerts)
    rows, taken, snoozed = [], 0, 0
    for everything in _by_account(alerts, Signal.RISK):
        waiting = [one for one in everything if one.state is State.OPEN]
        if waiting:
            rows.append(_call(waiting))
        elif any(one.state is State.TAKEN for one in everything):
            taken += 1
        else:
            snoozed += 1
    new = [one for one in alerts if one.state is State.OPEN and one.opened_at > chances_since]
    chances = sorted(map(_call, _by_account(new, Signal.EXPANSION)), key=_worst_first)
    return Calls(tuple(sorted(rows, key=_worst_first)), taken, snoozed, chances=tuple(chances))


def _by_account(alerts: Iterable[Alert], signal: Signal) -> Iterator[list[Alert]]:
    """The alerts of one kind of signal, those of an account together."""
    rules = all_rules()
    some = [one for one in alerts if one.rule_id in rules and rules[one.rule_id].signal is signal]
    for _, found in groupby(sorted(some, key=lambda one: one.account_id), key=lambda one: one.account_id):
        yield list(found)


def _call(alerts: Sequence[Alert]) -> Call:
    worst = min(alerts, key=lambda one: (_WORST_FIRST[one.severity], one.opened_at, one.id))
    return Call(
        worst.account_key,
        worst.account_name,
        worst.rule_id,
        Severity(worst.severity),
        worst.why,
        worst.since,
        max(alerts, key=lambda one: (one.changed_at, one.id)).mrr,
        len(alerts) - 1,
    )


def _worst_first(call: Call) -> tuple[int, int, str, str]:
    return _WORST_FIRST[call.severity], -call.mrr.minor, call.name.casefold(), call.key
