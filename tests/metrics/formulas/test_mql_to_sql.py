"""MQL → SQL is about qualified leads."""

from fractions import Fraction

from metrics.facts import PipelineTotals
from metrics.formulas.mql_to_sql import mql_to_sql


def test_it_is_the_share_of_the_qualified_that_asked_for_a_trial() -> None:
    figure = mql_to_sql(PipelineTotals(leads=120, mql=50, sql=20, converted=6))
    assert (figure.value, figure.inputs) == (Fraction(2, 5), {"sql": 20, "mql": 50})


def test_without_qualified_leads_there_is_no_answer() -> None:
    assert mql_to_sql(PipelineTotals(leads=120, converted=6)).value is None
