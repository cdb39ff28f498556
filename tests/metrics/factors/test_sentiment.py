"""Sentiment is the mean of NPS and ratings, of those that were answered."""

import pytest

from metrics.factors.sentiment import sentiment
from tests.metrics.accounts import account

NO_NPS = {"nps_answers": 0, "promoters": 0, "detractors": 0}
NO_RATINGS = {"ratings": 0, "ratings_sum": 0}


@pytest.mark.parametrize(
    ("voice", "permille", "text"),
    [
        (
            {},
            1000,
            "{count} answer (promoters: {promoters}, detractors: {detractors}), ratings at {reached} of the best",
        ),
        (
            {"promoters": 0, "ratings_sum": 8},
            650,
            "{count} answer (promoters: {promoters}, detractors: {detractors}), ratings at {reached} of the best",
        ),
        (NO_RATINGS, 1000, "{count} NPS answer (promoters: {promoters}, detractors: {detractors})"),
        (
            {**NO_RATINGS, "promoters": 0, "detractors": 4},
            0,
            "{count} NPS answer (promoters: {promoters}, detractors: {detractors})",
        ),
        ({**NO_NPS, "ratings_sum": 6}, 450, "{count} rating, at {reached} of the best"),
    ],
)
def test_what_was_answered_makes_the_share(voice, permille, text):
    reading = sentiment(account(voice=voice))
    assert reading is not None
    assert (reading.permille, reading.fact.text) == (permille, text)


def test_nobody_asked_is_no_data():
    assert sentiment(account(voice={**NO_NPS, **NO_RATINGS})) is None
