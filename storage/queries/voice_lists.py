"""What customers said and who should be called: the answers of a period with their accounts, low scores first."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select

from metrics.money import Rates
from metrics.surveys import scales
from metrics.types import AccountRow, Breakdown, BreakdownRow, Money, Sentence, Value, plural
from storage.queries.answers import DETRACTOR, LOW, that_count
from storage.queries.chunks import chunks
from storage.queries.tables import account, contact, mrr_movement, survey_response
from storage.queries.totals import Scope
from storage.session import Session

MOST: Final = 1000
"""So many comments are read at most: nobody reads more on a card."""
COMMENT_MOST: Final = 180
"""Letters of a comment."""
REASON_MOST: Final = 120
"""Letters of a comment where it is a part of the reason to call."""


class _Answer(NamedTuple):
    """An answer that counts, with whose it is."""

    account_id: int
    key: str
    name: str
    segment: str | None
    person: str | None
    kind: str
    score: int
    comment: str | None
    responded_at: datetime

    @property
    def share(self) -> Fraction:
        """How far up its scale the score is, 0 to 1: so that kinds can be compared."""
        lowest, best = scales()[self.kind]
        return Fraction(self.score - lowest, best - lowest)

    def said(self, most: int) -> str:
        """The comment on one line, cut to so many letters; "" where there is none."""
        text = " ".join((self.comment or "").split())
        return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def verbatims(db: Session, scope: Scope, kind: str | None = None) -> Breakdown:
    """The comments of the answers that count, low scores first and of those the latest first; `kind` None: all kinds.

    By row: the account; the kind and score, the comment, the day, the account's MRR at the end of the period.
    """
    answer = that_count(db, (scope.period,), zone=scope.zone, book=scope.book)
    query = (
        _with_accounts(answer, kind)
        .where(func.length(func.trim(survey_response.c.comment)) > 0)
        .order_by(_is_low(answer).desc(), answer.c.responded_at.desc(), answer.c.id.desc())
        .limit(MOST)
    )
    found = [one for one in map(_Answer._make, db.execute(query)) if one.said(COMMENT_MOST)]
    mrr = _mrr_on(db, {one.account_id for one in found}, scope.period.last, scope.rates)
    rows = (
        BreakdownRow(
            one.name,
            (
                score_sentence(one.kind, one.score),
                Sentence("“{comment}”", {"comment": one.said(COMMENT_MOST)}),
                _day(one, scope),
                Sentence("MRR {mrr}", {"mrr": mrr[one.account_id]}),
            ),
        )
        for one in found
    )
    return Breakdown(Sentence("What customers said"), tuple(rows))


def low_answers(db: Session, scope: Scope, kind: str | None = None) -> tuple[AccountRow, ...]:
    """The accounts with detractors, or with CSAT or CES of 1 or 2, the worst first; `kind` None: of all kinds.

    Each with its worst answer that counts; of equally bad ones the account that pays more comes first.
    """
    answer = that_count(db, (scope.period,), zone=scope.zone, book=scope.book)
    query = _with_accounts(answer, kind).where(_is_low(answer)).order_by(answer.c.account_id)
    by_account = groupby(map(_Answer._make, db.execute(query)), key=attrgetter("account_id"))
    found = [_worst_first(answers) for _, answers in by_account]
    mrr = _mrr_on(db, {answers[0].account_id for answers in found}, scope.period.last, scope.rates)
    found.sort(key=lambda answers: (answers[0].share, -mrr[answers[0].account_id].minor, answers[0].key))
    return tuple(_to_call(answers, mrr[answers[0].account_id], scope) for answers in found)


def score_sentence(kind: str, score: Value) -> Sentence:
    """A score, or a figure made of several, with its kind: NPS 3."""
    match kind:
        case "nps":
            return Sentence("NPS {score}", {"score": score})
        case "csat":
            return Sentence("CSAT {score}", {"score": score})
    return Sentence("CES {score}", {"score": score})


def _with_accounts(answer: Subquery, kind: str | None) -> Select[Any]:
    """The answers with account, contact and comment, in the order of _Answer."""
    response = survey_response.c
    query: Select[Any] = (
        select(
            answer.c.account_id,
            account.c.key,
            account.c.name,
            account.c.segment,
            contact.c.name,
            answer.c.kind,
            answer.c.score,
            response.comment,
            answer.c.responded_at,
        )
        .join_from(answer, survey_response, response.id == answer.c.id)
        .join(account, account.c.id == answer.c.account_id)
        .outerjoin(contact, contact.c.id == answer.c.contact_id)
    )
    return query if kind is None else query.where(answer.c.kind == kind)


def _is_low(answer: Subquery) -> ColumnElement[bool]:
    nps = answer.c.kind == "nps"
    return or_(and_(nps, answer.c.score <= DETRACTOR), and_(~nps, answer.c.score <= LOW))


def _worst_first(answers: Iterable[_Answer]) -> list[_Answer]:
    """Of equally bad ones the latest first."""
    latest_first = sorted(answers, key=attrgetter("responded_at"), reverse=True)
    return sorted(latest_first, key=attrgetter("share"))


def _to_call(answers: list[_Answer], mrr: Money, scope: Scope) -> AccountRow:
    worst, others = answers[0], len(answers) - 1
    why = _told(worst)
    if others:
        why = plural(
            "{answer} (and {count} more low answer)",
            "{answer} (and {count} more low answers)",
            others,
            answer=why,
        )
    return AccountRow(worst.account_id, worst.key, worst.name, worst.segment, why, mrr, _day(worst, scope))


def _told(one: _Answer) -> Sentence:
    """The score, whose it is and what they said, as far as it is known."""
    said = one.said(REASON_MOST)
    score = score_sentence(one.kind, one.score)
    values: dict[str, Value] = {"score": score, "person": one.person, "comment": said}
    if one.person and said:
        return Sentence("{score} from {person}: “{comment}”", values)
    if one.person:
        return Sentence("{score} from {person}", values)
    return Sentence("{score}: “{comment}”", values) if said else score


def _day(one: _Answer, scope: Scope) -> date:
    return one.responded_at.astimezone(scope.zone).date()


def _mrr_on(db: Session, account_ids: Collection[int], day: date, rates: Rates) -> dict[int, Money]:
    """The MRR of each of these accounts at the end of the day, in the company's currency."""
    line = mrr_movement.c
    state = func.sum(line.after - line.before)
    minor = dict.fromkeys(account_ids, 0)
    for some in chunks(account_ids):
        found = db.execute(
            select(line.account_id, line.currency, state)
            .where(line.account_id.in_(some), line.day <= day)
            .group_by(line.account_id, line.currency)
            .having(state != 0)
        )
        for account_id, currency, amount in found:
            minor[account_id] += rates.to_home(int(amount), currency)
    return {account_id: Money(amount, rates.home) for account_id, amount in minor.items()}
