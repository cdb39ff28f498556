"""What customers did for the company by kind, who did, and who would if they were asked."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from typing import Final, NamedTuple

from sqlalchemy import and_, func, or_, select

from metrics.facts import AdvocacyTotals
from metrics.periods import Period
from metrics.types import AccountRow, Breakdown, BreakdownRow, Sentence, msg, plural
from storage.queries.answers import PROMOTER, that_count
from storage.queries.consecutive import days_of
from storage.queries.listed import ACCOUNT, by_mrr, with_mrr, without_former
from storage.queries.tables import account, advocacy, contact
from storage.queries.totals import Scope, facts_of
from storage.queries.within import within
from storage.session import Session

PROMOTER_DAYS: Final = 180

KINDS: Final[Mapping[str, str]] = {
    "referral": msg("Referrals"),
    "review": msg("Reviews"),
    "case_study": msg("Case studies"),
    "reference": msg("References"),
    "talk": msg("Talks"),
}
_COUNTED: Final[Mapping[str, Callable[[int], Sentence]]] = {
    "referral": lambda count: plural("{count} referral", "{count} referrals", count),
    "review": lambda count: plural("{count} review", "{count} reviews", count),
    "case_study": lambda count: plural("{count} case study", "{count} case studies", count),
    "reference": lambda count: plural("{count} reference", "{count} references", count),
    "talk": lambda count: plural("{count} talk", "{count} talks", count),
}

_c = advocacy.c


def by_kind(db: Session, scope: Scope) -> Breakdown:
    """The entries of the period by kind, every kind with its count; no rows where there are no entries at all."""
    counts = facts_of(db, AdvocacyTotals, scope).by_kind
    rows = tuple(BreakdownRow(Sentence(title), (counts.get(kind, 0),)) for kind, title in KINDS.items())
    return Breakdown(Sentence("By kind"), rows if counts else ())


def advocates(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts with entries in the period, most entries first, then the latest; `day` is that of the last one."""
    found = db.execute(
        select(*ACCOUNT, _c.kind, func.count(), func.max(_c.day))
        .join_from(advocacy, account, account.c.id == _c.account_id)
        .where(days_of((scope.period,)).during(_c.day), *within(db, scope.book, _c.account_id))
        .group_by(*ACCOUNT, _c.kind)
    )
    counts: defaultdict[tuple[int, str, str, str | None], dict[str, int]] = defaultdict(dict)
    last: dict[int, date] = {}
    for account_id, key, name, segment, kind, count, day in found:
        counts[account_id, key, name, segment][kind] = count
        last[account_id] = max(day, last.get(account_id, day))
    rows = [AccountRow(*who, _told(kinds), day=last[who[0]]) for who, kinds in counts.items()]
    total = {who[0]: sum(kinds.values()) for who, kinds in counts.items()}
    rows.sort(key=lambda row: (-total[row.account_id], -last[row.account_id].toordinal(), row.key))
    return with_mrr(db, scope, rows)


def _told(counts: Mapping[str, int]) -> Sentence:
    """2 referrals, 1 talk."""
    each = [_COUNTED[kind](counts[kind]) for kind in KINDS if kind in counts]
    return reduce(lambda some, more: Sentence("{some}, {more}", {"some": some, "more": more}), each)


class _Promoter(NamedTuple):
    """Somebody's latest NPS answer."""

    account: tuple[int, str, str, str | None]
    person: str | None
    score: int
    day: date


def promoters_not_asked(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts with promoters that have never done anything for the company in public, the largest MRR first.

    A promoter's latest NPS answer of the 180 days that end with the period is 9 or 10; whoever has left the account
    since, and former customers, are left out.
    """
    end = scope.period.end
    answer = that_count(db, (Period(end - timedelta(days=PROMOTER_DAYS), end),), zone=scope.zone, book=scope.book)
    asked = select(_c.account_id).where(_c.day < end)
    there = or_(contact.c.left_on.is_(None), contact.c.left_on >= end)
    found = db.execute(
        select(*ACCOUNT, contact.c.name, answer.c.score, answer.c.responded_at)
        .join_from(answer, account, account.c.id == answer.c.account_id)
        .outerjoin(contact, contact.c.id == answer.c.contact_id)
        .where(and_(answer.c.kind == "nps", answer.c.score >= PROMOTER, there), answer.c.account_id.not_in(asked))
        .order_by(account.c.id, answer.c.responded_at.desc(), answer.c.id.desc())
    )
    promoters = (
        _Promoter((account_id, key, name, segment), person, score, moment.astimezone(scope.zone).date())
        for account_id, key, name, segment, person, score, moment in found
    )
    rows = [_promoting(who, list(each)) for who, each in groupby(promoters, key=lambda one: one.account)]
    return sorted(without_former(with_mrr(db, scope, rows)), key=by_mrr)


def _promoting(who: tuple[int, str, str, str | None], promoters: list[_Promoter]) -> AccountRow:
    latest, others = promoters[0], len(promoters) - 1
    said = Sentence("NPS {score}", {"score": latest.score})
    if latest.person:
        said = Sentence("NPS {score} from {person}", {"score": latest.score, "person": latest.person})
    if others:
        said = plural(
            "{answer} (and {count} more promoter)", "{answer} (and {count} more promoters)", others, answer=said
        )
    return AccountRow(*who, said, day=latest.day)
