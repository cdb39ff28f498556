"""Leads are counted when they are created."""

from metrics.facts import PipelineTotals
from metrics.formulas.leads import leads


def test_it_is_the_count() -> None:
    figure = leads(PipelineTotals(leads=120, mql=50, sql=20, converted=6))
    assert (figure.value, figure.inputs) == (120, {"leads": 120})


def test_none_were_created() -> None:
    assert leads(PipelineTotals()).value == 0
