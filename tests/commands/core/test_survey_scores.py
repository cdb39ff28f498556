"""What the picture of a survey is drawn from."""

from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from commands.core.survey_scores import Heard, scores_of
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope
from storage.session import Session
from tests.commands.surveys import fill

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), ZoneInfo("UTC"))


def test_every_score_of_the_scale_is_counted_of_each_contact_the_latest(db_empty: Session) -> None:
    heard = scores_of("nps")(fill(db_empty), SCOPE)
    assert heard.scores == {**dict.fromkeys(range(11), 0), 3: 1, 6: 1, 9: 2, 10: 2}
    assert heard.answers == 6


def test_each_month_has_its_figure_and_from_five_answers_on_its_margin(db_empty: Session) -> None:
    heard = scores_of("ces")(fill(db_empty), SCOPE)
    assert heard.by_month == (*[Heard(None, None)] * 11, Heard(Fraction(19, 5), Fraction(51, 50)))
    assert heard.whole == heard.by_month[-1]
    assert scores_of("csat")(db_empty, SCOPE).whole == Heard(Fraction(50), None)


def test_it_is_about_the_book_that_is_asked_about(db_empty: Session) -> None:
    heard = scores_of("nps")(fill(db_empty), SCOPE._replace(book=BookFilter(segment="enterprise")))
    assert (heard.answers, heard.whole.value) == (2, 100)
