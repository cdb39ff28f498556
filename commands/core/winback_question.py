"""Whom to win back, why they left and what to say; and who came back already."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from metrics.types import AccountRow, Breakdown, BreakdownRow, Money, MovementKind, Sentence, Value, msg, plural
from metrics.winback import ADVICE, CHANCES, TITLES, Reason, reason_of, worth
from storage.queries.returns import USED_DAYS, Arrival, Lost, arrivals, lost_accounts, years_before
from storage.queries.totals import Scope
from storage.session import Session

ORDER: Final = msg("What to say, by reason (ordered by lost MRR × chance, our own estimate)")


def lost(db: Session, scope: Scope, *, today: date) -> list[tuple[Lost, Reason]]:
    """Who left in the 365 days up to today and is not back, whatever the period; best first, ties by key."""
    found = lost_accounts(db, since=years_before(today), until=today, rates=scope.rates, book=scope.book)
    judged = [(one, _reason(one)) for one in found]
    return sorted(judged, key=lambda pair: (-worth(pair[0].mrr, pair[1]), -pair[0].mrr, pair[0].who.key))


def for_good(one: Lost, reason: Reason) -> bool:
    """Whether there is nobody left to win back: the business is closed, or a playbook for it ended as lost."""
    return reason is Reason.CLOSED or one.given_up


def candidates(db: Session, scope: Scope, *, today: date) -> Sequence[AccountRow]:
    """Those worth a call, with the MRR that was lost."""
    home = scope.rates.home
    return [
        AccountRow(
            one.who.account_id,
            one.who.key,
            one.who.name,
            one.who.segment,
            _why(one, reason),
            Money(one.mrr, home),
            one.day,
        )
        for one, reason in lost(db, scope, today=today)
        if not for_good(one, reason)
    ]


def by_reason(db: Session, scope: Scope, *, today: date) -> Breakdown:
    """How many left for each reason, with what MRR, how likely they come back, and what to say to them."""
    groups: defaultdict[Reason, list[int]] = defaultdict(list)
    for one, reason in lost(db, scope, today=today):
        if not for_good(one, reason):
            groups[reason].append(one.mrr)
    ordered = sorted(groups, key=lambda reason: (-worth(sum(groups[reason]), reason), reason))
    rows = (
        BreakdownRow(
            Sentence(TITLES[reason]),
            (
                plural("{count} account", "{count} accounts", len(groups[reason])),
                Money(sum(groups[reason]), scope.rates.home),
                Sentence("chance {share}", {"share": CHANCES[reason]}),
                Sentence(ADVICE[reason]),
            ),
        )
        for reason in ordered
    )
    return Breakdown(Sentence(ORDER), tuple(rows))


def left_out(db: Session, scope: Scope, *, today: date) -> Breakdown:
    """Those who are lost for good; nothing where there are none."""
    gone = [one for one, reason in lost(db, scope, today=today) if for_good(one, reason)]
    if not gone:
        return Breakdown(Sentence("Left out"), ())
    counted = plural("{count} account", "{count} accounts", len(gone))
    amount = Money(sum(one.mrr for one in gone), scope.rates.home)
    label = Sentence("Lost for good: business closed, or a playbook that ended as lost")
    return Breakdown(Sentence("Left out"), (BreakdownRow(label, (counted, amount)),))


def came_back(db: Session, scope: Scope) -> Sequence[AccountRow]:
    """Who came back in the period, the most MRR first."""
    period = scope.period
    found = arrivals(
        db,
        since=period.start,
        until=period.last,
        rates=scope.rates,
        kinds=(MovementKind.REACTIVATION,),
        book=scope.book,
    )
    rows = (
        AccountRow(
            one.who.account_id,
            one.who.key,
            one.who.name,
            one.who.segment,
            away(one),
            Money(one.mrr, scope.rates.home),
            one.day,
        )
        for one in found
    )
    return sorted(rows, key=lambda row: (-(row.mrr.minor if row.mrr else 0), row.key))


def away(one: Arrival) -> Sentence:
    """For how long somebody who came back was away, and why they had left."""
    if one.left_on is None:
        return Sentence("back again")
    days = plural("away for {count} day", "away for {count} days", (one.day - one.left_on).days)
    why = said_why(_reason(one), _words(one))
    return Sentence("{away}, had left for: {why}", {"away": days, "why": why})


def said_why(reason: Reason, detail: str | None) -> Sentence:
    """A reason, with the words for it where there are any."""
    if not detail or detail.casefold() in TITLES[reason]:
        return Sentence(TITLES[reason])
    return Sentence("{reason} (“{detail}”)", {"reason": Sentence(TITLES[reason]), "detail": detail})


def _reason(one: Lost | Arrival) -> Reason:
    """What the data says goes before what a colleague told, and that before what the customer answered."""
    if one.told is None:
        return reason_of(one.cause, one.detail)
    return reason_of(one.cause, one.detail, choice=one.told.choice, words=one.told.comment)


def _words(one: Lost | Arrival) -> str | None:
    return one.detail or (one.told and one.told.comment)


def _why(one: Lost, reason: Reason) -> Sentence:
    values: dict[str, Value] = {
        "why": said_why(reason, _words(one)),
        "used": one.used_days,
        "of": USED_DAYS,
        "nps": one.nps,
    }
    match one.used_days is not None, one.nps is not None:
        case True, True:
            text = msg("{why}; used on {used} of the {of} days before; last NPS {nps}")
        case True, False:
            text = msg("{why}; used on {used} of the {of} days before")
        case False, True:
            text = msg("{why}; last NPS {nps}")
        case _:
            text = msg("{why}; its use is not known")
    return Sentence(text, values)
