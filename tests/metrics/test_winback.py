"""Why accounts left, and what is to be expected of each reason."""

from fractions import Fraction

import pytest

from metrics.surveys import all_surveys
from metrics.types import Cause
from metrics.winback import ADVICE, CHANCES, OF_CHOICE, TITLES, Reason, reason_of, worth


@pytest.mark.parametrize(
    ("cause", "detail", "reason"),
    [
        (Cause.PAYMENT_FAILURE, None, Reason.PAYMENT),
        (Cause.PAYMENT_FAILURE, "card expired, too expensive", Reason.PAYMENT),
        (Cause.PAYMENT_FAILURE, "Company closed", Reason.CLOSED),
        (Cause.VOLUNTARY, "Demasiado caro", Reason.PRICE),
        (Cause.VOLUNTARY, "слишком дорого", Reason.PRICE),
        (Cause.VOLUNTARY, "went to a cheaper tool", Reason.PRICE),
        (Cause.VOLUNTARY, "Missing integration", Reason.MISSING),
        (Cause.VOLUNTARY, "support was slow", Reason.SERVICE),
        (Cause.VOLUNTARY, "switched to a competitor", Reason.COMPETITOR),
        (Cause.VOLUNTARY, "no longer needed", Reason.NO_NEED),
        (Cause.OTHER, "bankruptcy", Reason.CLOSED),
        (Cause.OTHER, "компания закрылась", Reason.CLOSED),
        (Cause.VOLUNTARY, "who knows", Reason.OTHER),
        (None, None, Reason.OTHER),
    ],
)
def test_a_cause_and_its_detail_say_why(cause, detail, reason):
    assert reason_of(cause, detail) is reason


def test_every_reason_has_its_words_and_its_chance():
    assert set(TITLES) == set(ADVICE) == set(CHANCES) == set(Reason)
    assert all(0 <= chance <= 1 for chance in CHANCES.values())
    assert max(CHANCES, key=CHANCES.__getitem__) is Reason.PAYMENT


def test_what_is_expected_is_what_was_lost_times_the_chance():
    assert worth(20_000, Reason.PAYMENT) == Fraction(10_000)
    assert worth(20_000, Reason.CLOSED) == 0


@pytest.mark.parametrize(
    ("cause", "detail", "choice", "words", "reason"),
    [
        (Cause.VOLUNTARY, "too expensive", "missing", None, Reason.PRICE),
        (Cause.PAYMENT_FAILURE, None, "price", None, Reason.PAYMENT),
        (Cause.VOLUNTARY, None, "effort", None, Reason.SERVICE),
        (Cause.VOLUNTARY, "see the notes", "competitor", "price", Reason.COMPETITOR),
        (None, None, "other", "The company closed", Reason.CLOSED),
        (None, None, "an old option", None, Reason.OTHER),
    ],
)
def test_what_was_told_says_why_where_the_data_does_not(cause, detail, choice, words, reason):
    assert reason_of(cause, detail, choice=choice, words=words) is reason


def test_every_choice_of_an_exit_survey_means_something():
    assert {one.id for one in all_surveys()["exit"].options} == {*OF_CHOICE, "other"}
