"""The picture of renewals: its finding, its columns, and what it shows where nothing is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commands.core.reply import Chart
from commands.ui.cards.renewal_columns import renewal_columns
from commands.ui.text import LOCALES, translator
from metrics.types import Band
from storage.queries.renewal_lists import Ahead, Window
from tests.commands.ui.cards import figure_answers

TODAY = date(2026, 11, 23)
Due = dict[Band | None, int]


def ahead(*due: Due) -> Ahead:
    """What is due in each of three windows."""
    days = [TODAY + timedelta(days=number) for number in (0, 31, 61, 91)]
    empty: Due = {}
    found = (*due, *(empty,) * 3)[:3]
    windows = (
        Window(first, until - timedelta(days=1), mrr, len(mrr))
        for first, until, mrr in zip(days[:-1], days[1:], found, strict=True)
    )
    return Ahead(tuple(windows), "USD")


def chart(*due: Due, locale: str = "en") -> Chart | None:
    answer = replace(figure_answers.answer(), pictured=ahead(*due))
    return renewal_columns(answer, translator(locale))


@pytest.mark.parametrize(
    ("due", "finding"),
    [
        (({Band.POOR: 199_000, Band.GOOD: 1_988_300},), "$1,990 of $21,873 due in 90 days is in poor health"),
        (({Band.GOOD: 100}, {None: 200}), "Health is unknown for $2 of $3 due in 90 days"),
        (({}, {Band.GOOD: 100, Band.AVERAGE: 50}), "None of $1.50 due in 90 days is in poor health"),
    ],
)
def test_the_title_says_how_much_is_in_danger(due: tuple[Due, ...], finding: str) -> None:
    found = chart(*due)
    assert found is not None
    assert found.title == finding


def test_what_is_in_danger_stands_on_the_ground() -> None:
    found = chart({Band.GOOD: 533_000, None: 100, Band.POOR: 199_000, Band.AVERAGE: 22_800}, {Band.GOOD: 590_000})
    assert found is not None
    first, second, third = found.data["columns"]
    assert [(one["label"], one["shown"], one["tone"]) for one in first["parts"]] == [
        ("poor", "$2K", "bad"),
        ("average", "$228", ""),
        ("unknown", "$1", "quiet"),
        ("good", "$5.3K", "good"),
    ]
    assert (first["label"], second["label"]) == ("23 Nov to 23 Dec", "24 Dec to 22 Jan")
    assert (third["total"], third["parts"]) == ("$0", [])


def test_what_is_due_when_is_told_to_those_who_see_no_picture() -> None:
    found = chart({Band.POOR: 100}, {Band.GOOD: 200})
    assert found is not None
    assert found.alt == (
        "$1 of $3 due in 90 days is in poor health. By 23 Dec 2026: $1, then by 22 Jan 2027: $2, by 21 Feb 2027: $0."
    )


def test_where_nothing_is_due_and_nothing_was_there_is_no_picture() -> None:
    assert chart() is None


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_drawn_in_every_language(locale: str) -> None:
    found = chart({Band.POOR: 100}, locale=locale)
    assert found is not None
    assert "1" in found.title
