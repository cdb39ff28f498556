"""What customers wrote, in their own words: the comments of a period, the least content first."""

from fractions import Fraction
from typing import Final, NamedTuple

from sqlalchemy import func, select

from metrics.surveys import scales
from storage.queries.answers import DETRACTOR, GOOD, LOW, PROMOTER, that_count
from storage.queries.tables import account, survey_response
from storage.queries.totals import Scope
from storage.session import Session

MOST: Final = 1000
"""So many comments are read at most."""


class Comment(NamedTuple):
    """What somebody at an account wrote beside an answer."""

    key: str
    account: str
    kind: str
    score: int
    text: str
    """On one line."""

    @property
    def share(self) -> Fraction:
        """How far up its scale the score is, 0 to 1: so that kinds can be compared."""
        lowest, best = scales()[self.kind]
        return Fraction(self.score - lowest, best - lowest)

    @property
    def low(self) -> bool:
        """A detractor, or somebody as unhappy."""
        return self.score <= (DETRACTOR if self.kind == "nps" else LOW)

    @property
    def high(self) -> bool:
        """A promoter, or somebody as happy."""
        return self.score >= (PROMOTER if self.kind == "nps" else GOOD)


def comments(db: Session, scope: Scope) -> list[Comment]:
    """The comments beside the answers that count in the period, the lowest first and of equal ones the latest first."""
    answer = that_count(db, (scope.period,), zone=scope.zone, book=scope.book)
    said = survey_response.c
    query = (
        select(account.c.key, account.c.name, answer.c.kind, answer.c.score, said.comment)
        .join_from(answer, survey_response, said.id == answer.c.id)
        .join(account, account.c.id == answer.c.account_id)
        .where(func.length(func.trim(said.comment)) > 0)
        .order_by(answer.c.responded_at.desc(), answer.c.id.desc())
        .limit(MOST)
    )
    found = [
        Comment(key, name, kind, score, " ".join(text.split())) for key, name, kind, score, text in db.execute(query)
    ]
    return sorted((one for one in found if one.text), key=lambda one: one.share)
