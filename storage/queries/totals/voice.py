"""What customers answered in a period: see storage.queries.answers."""

from collections.abc import Mapping, Sequence

from metrics.facts import VoiceTotals
from metrics.periods import Period
from storage.queries import answers
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> VoiceTotals:
    """The answers that count in the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[VoiceTotals]:
    """The answers of several periods, read together."""
    return answers.totals(db, periods, zone=scope.zone, book=scope.book)


def by_account(db: Session, scope: Scope) -> Mapping[int, VoiceTotals]:
    """The answers of each account that count in the book, and of each that was ever asked."""
    return answers.totals_by_account(db, scope.period, zone=scope.zone, book=scope.book)


TOTALS = Totals(
    id="voice",
    facts=VoiceTotals,
    load=load,
    by_account=by_account,
    series=series,
    rests_on=("survey_response", "survey_ask"),
    in_money=False,
)
