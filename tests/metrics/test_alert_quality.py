"""How good a rule's alerts are, by figures that can be done by hand."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from metrics.alert_lives import AlertLife
from metrics.alert_quality import Turn, calmer, qualities
from metrics.dials import Calmer, Dial, DialUnit
from metrics.types import Money


def life(rule_id: str = "renewal_near", **more: Any) -> AlertLife:
    """An alert that nobody did anything about."""
    given: dict[str, Any] = {"mrr": Money(10_000, "USD"), "held": False, "taken_after": None, "outcome": None}
    return AlertLife(rule_id, **{**given, "useful": 0, "useless": 0, **more})


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


LIVES = (
    life(taken_after=hours(1), outcome="saved", useful=1),
    life(taken_after=hours(2), outcome="saved", mrr=Money(5_000, "USD"), useless=1),
    life(taken_after=hours(9), outcome="lost"),
    life(taken_after=hours(4)),
    life(outcome="not_a_risk", useless=2),
    life(useless=1),
    life(useful=1, useless=1),
    life(held=True),
)
"""Judged are the first seven; wrong the fifth and the sixth."""


def test_a_rule_s_figures_add_up() -> None:
    (found,) = qualities(LIVES)
    assert (found.fired, found.held, found.taken) == (8, 1, 4)
    assert (found.saved, found.lost, found.not_a_risk) == (2, 1, 1)
    assert (found.useful, found.useless) == (2, 5)
    assert (found.judged, found.wrong) == (7, 2)
    assert found.precision == Fraction(5, 7)
    assert found.noise == Fraction(2, 8)
    assert found.median == hours(3)
    assert found.mrr_saved == Money(15_000, "USD")
    assert not found.noisy


def test_without_judgements_there_is_no_precision() -> None:
    (found,) = qualities([life()])
    assert found.noise == 0
    assert (found.precision, found.median, found.mrr_saved) == (None, None, None)


def test_amounts_in_several_currencies_are_not_added() -> None:
    saved = [life(outcome="saved"), life(outcome="saved", mrr=Money(1, "EUR"))]
    assert qualities(saved)[0].mrr_saved is None


def test_the_most_frequent_rule_is_first() -> None:
    assert [one.rule_id for one in qualities([life("b"), life("a"), life("c"), life("c")])] == ["c", "a", "b"]


@pytest.mark.parametrize(("wrong", "right", "noisy"), [(3, 2, True), (4, 0, False), (2, 3, False), (12, 3, True)])
def test_a_rule_is_noisy_once_enough_people_say_so(wrong: int, right: int, noisy: bool) -> None:
    lives = [life(useless=1)] * wrong + [life(taken_after=hours(1))] * right
    assert qualities(lives)[0].noisy is noisy


def dial(default: int, low: int = 0, high: int = 365, better: Calmer = Calmer.LOWER) -> Dial:
    return Dial("Days", default, DialUnit.DAYS, low, high, better)


@pytest.mark.parametrize(
    ("dials", "expected"),
    [
        ({"days": dial(60)}, Turn("days", 60, 45)),
        ({"days": dial(60, better=Calmer.HIGHER)}, Turn("days", 60, 75)),
        ({"days": dial(2, low=2), "share": dial(1)}, Turn("share", 1, 0)),
        ({"days": dial(365, better=Calmer.HIGHER)}, None),
        ({}, None),
    ],
    ids=["lower", "higher", "the next dial", "as far as it goes", "no dial"],
)
def test_the_first_dial_that_can_be_turned_is_turned_by_a_quarter(
    dials: dict[str, Dial], expected: Turn | None
) -> None:
    assert calmer(dials, {name: one.default for name, one in dials.items()}) == expected
