"""Margins: hand-worked values, and what holds for any answers."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.facts import VoiceTotals
from metrics.margins import ces_margin, csat_margin, margin_of_mean, nps_margin

counts = st.dictionaries(st.integers(-100, 100), st.integers(0, 10_000), max_size=6)


def nps_of(promoters: int, passives: int, detractors: int) -> Fraction | None:
    return nps_margin(VoiceTotals(promoters=promoters, passives=passives, detractors=detractors))


@pytest.mark.parametrize(
    ("answers", "margin"),
    [
        # variance (0.5 + 0.2) − 0.3² = 0.61; 196 × √(0.61 ÷ 100) = 15.308…
        ((50, 30, 20), "15.3"),
        # variance 1 − 0² = 1; 196 × √(1 ÷ 100) = 19.6
        ((50, 0, 50), "19.6"),
        # variance (2 ÷ 3) − 0² = 2 ÷ 3; 196 × √(2 ÷ 9) = 92.395…
        ((1, 1, 1), "92.4"),
        # variance 0.5 − 0.5² = 0.25; 196 × √(0.25 ÷ 400) = 4.9
        ((200, 200, 0), "4.9"),
    ],
)
def test_the_margin_of_nps_is_196_standard_errors_of_a_hundredth(answers, margin):
    assert nps_of(*answers) == Fraction(margin)


def test_the_margin_of_csat_is_that_of_a_share():
    # 196 × √(0.8 × 0.2 ÷ 100) = 7.84; 196 × √(0.9 × 0.1 ÷ 1600) = 1.47
    assert csat_margin(VoiceTotals(csat_answers=100, csat_good=80)) == Fraction("7.8")
    assert csat_margin(VoiceTotals(csat_answers=1600, csat_good=1440)) == Fraction("1.5")


def test_the_margin_of_ces_is_that_of_a_mean_of_scores():
    # variance of half ones and half fives is 4; 1.96 × √(4 ÷ 20) = 0.8765…
    assert ces_margin({1: 10, 5: 10}) == Fraction("0.88")
    assert margin_of_mean({1: 10, 5: 10}, digits=3) == Fraction("0.877")


@pytest.mark.parametrize("answers", [(0, 0, 0), (1, 0, 0), (9, 0, 0), (0, 9, 0), (0, 0, 1)])
def test_answers_that_are_all_alike_or_alone_tell_no_margin(answers):
    assert nps_of(*answers) is None


def test_a_negative_count_is_an_error():
    with pytest.raises(ValueError, match="less than no times"):
        margin_of_mean({1: 3, 2: -1})


@given(counts, st.integers(0, 3))
def test_it_is_within_half_a_unit_of_the_root(counts, digits):
    margin = margin_of_mean(counts, digits)
    answers = sum(counts.values())
    if margin is None:
        assert sum(count > 0 for count in counts.values()) <= 1
        return
    mean = Fraction(sum(value * count for value, count in counts.items()), answers)
    variance = sum((value - mean) ** 2 * count for value, count in counts.items()) / answers
    square = variance / answers * Fraction("1.96") ** 2
    half = Fraction(1, 2 * 10**digits)
    assert max(margin - half, Fraction(0)) ** 2 <= square < (margin + half) ** 2


@given(counts)
def test_it_agrees_with_the_textbook_to_many_digits(counts):
    margin = margin_of_mean(counts, 20)
    if margin is None:
        return
    with localcontext() as context:
        context.prec = 60
        answers = Decimal(sum(counts.values()))
        mean = sum(value * Decimal(count) for value, count in counts.items()) / answers
        variance = sum((value - mean) ** 2 * count for value, count in counts.items()) / answers
        expected = Decimal("1.96") * (variance / answers).sqrt()
        assert abs(Decimal(margin.numerator) / margin.denominator - expected) < Decimal("1e-19")


@given(counts, st.integers(-50, 50))
def test_it_does_not_depend_on_where_the_scale_begins_or_which_way_it_runs(counts, shift):
    assert margin_of_mean({value + shift: count for value, count in counts.items()}) == margin_of_mean(counts)
    assert margin_of_mean({-value: count for value, count in counts.items()}) == margin_of_mean(counts)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_answers_of_the_same_kind_narrow_it_down(promoters, passives, detractors):
    margin = nps_of(promoters, passives, detractors)
    more = nps_of(4 * promoters, 4 * passives, 4 * detractors)
    if margin is None:
        assert more is None
    else:
        assert more is not None
        assert abs(more - margin / 2) <= Fraction(1, 10)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_promoters_and_detractors_weigh_the_same(promoters, passives, detractors):
    assert nps_of(promoters, passives, detractors) == nps_of(detractors, passives, promoters)
