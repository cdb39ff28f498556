"""What customers answered in a period: see storage.queries.answers."""

from collections.abc import Sequence

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


TOTALS = Totals(
    id="voice", facts=VoiceTotals, load=load, series=series, rests_on=("survey_response", "survey_ask"), in_money=False
)
