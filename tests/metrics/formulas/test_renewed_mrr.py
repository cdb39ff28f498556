"""Renewed MRR is what is still paid of what was due."""

from metrics.facts import RenewalFacts
from metrics.formulas.renewed_mrr import renewed_mrr


def test_it_is_what_was_due_without_what_was_lost_or_reduced() -> None:
    figure = renewed_mrr(RenewalFacts("EUR", due=3, renewed=2, due_mrr=60_000, renewed_mrr=35_000))
    assert figure.value == 35_000
    assert figure.inputs == {"due": 60_000, "not_renewed": 25_000}


def test_uplift_does_not_make_up_for_losses() -> None:
    figure = renewed_mrr(RenewalFacts("EUR", due=2, renewed=1, due_mrr=20_000, renewed_mrr=10_000, uplift=10_000))
    assert figure.value == 10_000


def test_everything_lost_is_nothing_and_nothing_due_is_no_answer() -> None:
    assert renewed_mrr(RenewalFacts("EUR", due=1, due_mrr=500)).value == 0
    assert renewed_mrr(RenewalFacts("EUR")).value is None
