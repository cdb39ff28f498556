"""The renewal rate counts customers that still pay on the day their renewal was due."""

from fractions import Fraction

from metrics.facts import RenewalFacts
from metrics.formulas.renewal_rate import renewal_rate


def test_it_is_renewed_over_due() -> None:
    assert renewal_rate(RenewalFacts("EUR", due=8, renewed=6)).value == Fraction(3, 4)


def test_all_of_them_and_none_of_them_are_answers() -> None:
    assert renewal_rate(RenewalFacts("EUR", due=3, renewed=3)).value == 1
    assert renewal_rate(RenewalFacts("EUR", due=3)).value == 0


def test_nothing_due_is_no_answer() -> None:
    assert renewal_rate(RenewalFacts("EUR")).value is None


def test_renewals_to_come_move_it_not() -> None:
    assert renewal_rate(RenewalFacts("EUR", due=2, renewed=1, undecided=40)).value == Fraction(1, 2)
