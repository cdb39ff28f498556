"""The picture of retention: cohorts by the month of their first MRR, and who is still there month by month."""

from collections.abc import Sequence
from fractions import Fraction

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.core.retention_parts import AGES, COHORTS
from commands.ui import formats
from commands.ui.cards.words import book_name
from metrics.cohorts import After, Cohort, after
from metrics.types import Sentence, Value, plural


def cohort_map(answer: FiguresAnswer, t: Translator) -> Chart | None:
    """The cohorts in `answer.pictured` as a heat map, by accounts; None where nobody has become a customer."""
    cohorts: Sequence[Cohort] = answer.pictured or ()
    if not cohorts:
        return None
    title = t(_finding(cohorts))
    caption = Sentence(
        "Accounts still there, in %, by the month of their first MRR, {accounts}",
        {"accounts": book_name(answer.asked.book)},
    )
    data = {
        "rows": [t("{month} {year}", **_month(cohort, t)) for cohort in cohorts],
        "columns": [formats.number(months, t.locale) for months in range(COHORTS)],
        "cells": [[_permille(share) for share in cohort.by_accounts] for cohort in cohorts],
        "locale": t.locale,
        "labels": {"caption": t(caption), "columns": t("months later")},
    }
    return Chart("heat_map", title, t(_alt(cohorts, title, t)), data)


def _month(cohort: Cohort, t: Translator) -> dict[str, str]:
    return {"month": formats.month_short(cohort.month, t.locale), "year": str(cohort.month.year)}


def _permille(share: Fraction | None) -> int | None:
    return None if share is None else formats.rounded(share, 3)


def _finding(cohorts: Sequence[Cohort]) -> Sentence:
    """What is left after the longest time that more than one cohort has come to."""
    reached = _longest(cohorts)
    if reached is None:
        return Sentence("The customers won are too new to tell who stays")
    return plural(
        "After {count} month {share} of the accounts won are still there",
        "After {count} months {share} of the accounts won are still there",
        reached.months,
        share=reached.by_accounts,
    )


def _longest(cohorts: Sequence[Cohort]) -> After | None:
    reached = [one for months in AGES if (one := after(cohorts, months)) is not None]
    return next((one for one in reversed(reached) if one.cohorts > 1), reached[-1] if reached else None)


def _alt(cohorts: Sequence[Cohort], title: str, t: Translator) -> Sentence:
    values: dict[str, Value] = {
        "finding": title,
        "first": formats.month(cohorts[0].month, t.locale),
        "last": formats.month(cohorts[-1].month, t.locale),
        "accounts": sum(cohort.accounts for cohort in cohorts),
    }
    return Sentence(
        "{finding}. Months of first MRR from {first} to {last}, accounts won: {accounts}.",
        values,
    )
