"""Answers to surveys that count in a period: of each contact the latest of each kind; one of nobody stands for itself.

Who left no name cannot be told apart from others, so that each such answer is somebody's only one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Integer, Subquery, case, func, literal_column, select

from metrics.facts import VoiceTotals
from metrics.periods import Period
from metrics.types import BookFilter
from storage.queries.asking import midnight
from storage.queries.books import accounts_of
from storage.queries.survey_rates import Asked, asked_by_account, asked_by_period
from storage.queries.survey_rows import COUNTED
from storage.queries.tables import account, contact, survey_response
from storage.session import Session

PROMOTER: Final = 9
"""The lowest NPS score of a promoter."""
DETRACTOR: Final = 6
"""The highest NPS score of a detractor."""
GOOD: Final = 4
"""The lowest CSAT or CES score that is good."""
LOW: Final = 2
"""The highest CSAT or CES score that is low."""

_EVERYBODY = BookFilter()
_s = survey_response.c

Scores = Mapping[tuple[str, int], int]
"""How many answers there are by kind and score; those that nobody gave are left out."""


class _Count(NamedTuple):
    """So many answers of one kind and score, in the period of that number, of that part."""

    number: int
    part: str | None
    kind: str
    score: int
    answers: int


def that_count(db: Session, periods: Sequence[Period], *, zone: tzinfo, book: BookFilter = _EVERYBODY) -> Subquery:
    """The answers of a book that count in each of `periods`, at least one, which follow one another without a gap.

    Columns: number (of the period), id, account_id, contact_id, kind, score, responded_at. Days begin in `zone`.
    """
    if any(before.end != after.start for before, after in pairwise(periods)):
        raise ValueError("the periods must follow one another without a gap")
    begin, end = midnight(periods[0].start, zone), midnight(periods[-1].end, zone)
    accounts = accounts_of(db, book)
    number = _number(periods, zone)
    # Ids are positive, so that an answer of nobody shares its place with none.
    whose = (number, _s.kind, func.coalesce(_s.contact_id, -_s.id))
    latest_first = (_s.responded_at.desc(), _s.id.desc())
    ranked = (
        select(
            number.label("number"),
            *(_s[name] for name in ("id", "account_id", "contact_id", "kind", "score", "responded_at")),
            func.row_number().over(partition_by=whose, order_by=latest_first).label("place"),
        )
        .where(_s.responded_at >= begin, _s.responded_at < end, COUNTED)
        .where(*(() if accounts is None else (_s.account_id.in_(accounts),)))
        .subquery("ranked")
    )
    columns = [column for column in ranked.c if column.name != "place"]
    return select(*columns).where(ranked.c.place == 1).subquery("answer")


def totals(
    db: Session, periods: Sequence[Period], *, zone: tzinfo, book: BookFilter = _EVERYBODY
) -> tuple[VoiceTotals, ...]:
    """What the answers of each period come to, and how many of our own questions were answered.

    The periods follow one another.
    """
    if not periods:
        return ()
    heard = scores_by_period(db, periods, zone=zone, book=book)
    asked = asked_by_period(db, periods, zone=zone, book=book)
    return tuple(_with_asked(totals_of(scores), one) for scores, one in zip(heard, asked, strict=True))


def totals_by_account(
    db: Session, period: Period, *, zone: tzinfo, book: BookFilter = _EVERYBODY
) -> dict[int, VoiceTotals]:
    """The same of each account that answered in the period or was ever asked.

    Of a contact who answered for several accounts of the book, the latest answer counts, for the account it was given
    for, as it does in the book.
    """
    heard: defaultdict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    answer = that_count(db, (period,), zone=zone, book=book)
    keys = (answer.c.account_id, answer.c.kind, answer.c.score)
    for account_id, kind, score, count in db.execute(select(*keys, func.count()).group_by(*keys)):
        heard[account_id][kind, score] = count
    asked = asked_by_account(db, period, zone=zone, book=book)
    return {
        account_id: _with_asked(totals_of(heard.get(account_id, {})), asked.get(account_id))
        for account_id in heard.keys() | asked.keys()
    }


def _with_asked(answered: VoiceTotals, asked: Asked | None) -> VoiceTotals:
    return answered if asked is None else replace(answered, delivered=asked.delivered, answered=asked.answered)


class Split(StrEnum):
    """By what answers are told apart."""

    SEGMENT = "segment"
    CSM = "csm"
    LANGUAGE = "language"
    """In which somebody answered; where that is not known, the contact's, then the account's."""


def totals_by(
    db: Session, split: Split, period: Period, *, zone: tzinfo, book: BookFilter = _EVERYBODY
) -> dict[str | None, VoiceTotals]:
    """What the answers of each part come to, in order of name; None, what is in no part, comes last.

    Parts that differ only in case are one. A part nobody of which answered is left out.
    """
    written: dict[str, str] = {}
    scores: dict[str | None, dict[tuple[str, int], int]] = {}
    answer = that_count(db, (period,), zone=zone, book=book)
    for one in sorted(_counts(db, answer, split), key=lambda one: one.part or ""):
        name = one.part and written.setdefault(one.part.strip().casefold(), one.part)
        found = scores.setdefault(name, {})
        found[one.kind, one.score] = found.get((one.kind, one.score), 0) + one.answers
    names = sorted(scores, key=lambda name: (name is None, (name or "").casefold()))
    return {name: totals_of(scores[name]) for name in names}


def scores_given(db: Session, period: Period, *, zone: tzinfo, book: BookFilter = _EVERYBODY) -> Scores:
    """How often each score of each kind of survey was given in the period."""
    return scores_by_period(db, (period,), zone=zone, book=book)[0]


def scores_by_period(
    db: Session, periods: Sequence[Period], *, zone: tzinfo, book: BookFilter = _EVERYBODY
) -> tuple[Scores, ...]:
    """The same for each of several periods, which follow one another, read in one statement."""
    if not periods:
        return ()
    scores: tuple[dict[tuple[str, int], int], ...] = tuple({} for _ in periods)
    for one in _counts(db, that_count(db, periods, zone=zone, book=book)):
        scores[one.number][one.kind, one.score] = one.answers
    return scores


def totals_of(scores: Scores) -> VoiceTotals:
    """What answers come to; they do not tell how many questions were asked."""

    def count(kind: str, least: int, most: int) -> int:
        return sum(number for (of, score), number in scores.items() if of == kind and least <= score <= most)

    return VoiceTotals(
        promoters=count("nps", PROMOTER, 10),
        passives=count("nps", DETRACTOR + 1, PROMOTER - 1),
        detractors=count("nps", 0, DETRACTOR),
        csat_answers=count("csat", 1, 5),
        csat_good=count("csat", GOOD, 5),
        ces_answers=count("ces", 1, 5),
        ces_sum=sum(score * number for (kind, score), number in scores.items() if kind == "ces"),
        ces_easy=count("ces", GOOD, 5),
    )


_SPOKEN = func.lower(func.substr(func.coalesce(_s.language, contact.c.language, account.c.language), 1, 2))
_PARTS: Final[Mapping[Split, ColumnElement[Any]]] = {
    Split.SEGMENT: account.c.segment,
    Split.CSM: account.c.csm_email,
    Split.LANGUAGE: _SPOKEN,
}


def _counts(db: Session, answer: Subquery, split: Split | None = None) -> Iterable[_Count]:
    """How many of the answers there are of each kind and score."""
    part: ColumnElement[Any] = literal_column("NULL") if split is None else _PARTS[split]
    keys = (answer.c.number, *(() if split is None else (part,)), answer.c.kind, answer.c.score)
    query = select(answer.c.number, part, answer.c.kind, answer.c.score, func.count()).group_by(*keys)
    if split is not None:
        query = query.join_from(answer, account, account.c.id == answer.c.account_id)
    if split is Split.LANGUAGE:
        query = query.join(survey_response, _s.id == answer.c.id).outerjoin(
            contact, contact.c.id == answer.c.contact_id
        )
    return [_Count._make(row) for row in db.execute(query)]


def _number(periods: Sequence[Period], zone: tzinfo) -> ColumnElement[int]:
    """Which of the periods an answer is in."""
    last = literal_column(str(len(periods) - 1), Integer)
    ends = [
        (_s.responded_at < midnight(period.end, zone), literal_column(str(number), Integer))
        for number, period in enumerate(periods[:-1])
    ]
    return case(*ends, else_=last) if ends else last
