"""NPS is the percentage of promoters less that of detractors."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.facts import VoiceTotals
from metrics.formulas.nps import net_promoter_score

counts = st.integers(0, 10_000)


def nps(promoters: int, passives: int, detractors: int) -> Fraction | int | None:
    return net_promoter_score(VoiceTotals(promoters=promoters, passives=passives, detractors=detractors)).value


def test_it_is_promoters_less_detractors_of_a_hundred():
    assert nps(50, 30, 20) == 30
    assert nps(1, 1, 1) == 0
    assert nps(2, 1, 0) == Fraction(200, 3)


def test_its_ends_are_where_all_agree():
    assert (nps(3, 0, 0), nps(0, 3, 0), nps(0, 0, 3)) == (100, 0, -100)


def test_nobody_asked_is_no_answer():
    assert nps(0, 0, 0) is None


def test_it_brings_the_counts_along():
    figure = net_promoter_score(VoiceTotals(promoters=5, passives=3, detractors=2))
    assert figure.inputs == {"promoters": 5, "passives": 3, "detractors": 2, "answers": 10}


def test_other_kinds_of_answers_are_no_matter():
    assert net_promoter_score(VoiceTotals(csat_answers=9, csat_good=9, ces_answers=2, ces_sum=9)).value is None


@given(counts, counts, counts)
def test_it_stays_on_its_scale_and_turns_with_promoters_and_detractors(promoters, passives, detractors):
    value = nps(promoters, passives, detractors)
    if value is not None:
        assert -100 <= value <= 100
        assert nps(detractors, passives, promoters) == -value
