"""Conversion is about all leads of a cohort."""

from fractions import Fraction

from metrics.facts import PipelineTotals
from metrics.formulas.lead_conversion import lead_conversion


def test_it_is_the_share_of_leads_that_became_customers() -> None:
    figure = lead_conversion(PipelineTotals(leads=120, mql=50, sql=20, converted=6))
    assert (figure.value, figure.inputs) == (Fraction(1, 20), {"converted": 6, "leads": 120})


def test_nobody_converted_yet() -> None:
    assert lead_conversion(PipelineTotals(leads=120)).value == 0


def test_without_leads_there_is_no_answer() -> None:
    assert lead_conversion(PipelineTotals()).value is None
