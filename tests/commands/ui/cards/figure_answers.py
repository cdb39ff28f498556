"""A topic and answers to it as its card gets them, made up: usual, running, of nothing, and at their longest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date
from fractions import Fraction

from commands.core.arguments import Arguments
from commands.core.asked import months_to
from commands.core.compare_question import MAIN, CompareAnswer, Side
from commands.core.figure_question import FiguresAnswer, figures_of
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_card import metrics_of
from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.types import AccountRow, BookFilter, Breakdown, BreakdownRow, Money, RevenueFacts, Sentence
from storage.queries.totals import Scope
from storage.session import Session
from tests.commands.ui.cards import answers
from tests.commands.ui.cards.answers import FACTS, NASTY, OCTOBER, TODAY

HUGE = 10**15 + 1


def no_rows(_db: Session, _scope: Scope) -> Sequence[AccountRow]:
    return ()


TOPIC = Topic(
    command="example",
    title="Loyalty",
    headline="logo_churn",
    rows=(("nrr", "grr"), ("customers", "arpa")),
    picture=Picture(metrics=("logo_churn", "gross_mrr_churn")),
    nothing="Nothing yet. Import it with `latido import tickets.csv`.",
    accounts=(
        Accounts("due", "Renewals due", no_rows),
        Accounts("low", "Low answers", no_rows, on_card=2),
        Accounts("stalled", "Stalled", no_rows, empty="Nobody is stalled."),
    ),
    entities=("subscriptions", "tickets"),
)
RATES = Rates("USD", {"EUR": Fraction(11, 10)}, OCTOBER.last)


def row(number: int, name: str = "Account") -> AccountRow:
    why = Sentence("{count} of {all} features used", {"count": number, "all": 12})
    return AccountRow(number, f"a{number}", f"{name} {number}", "smb", why, Money(number * 10_000, "USD"), TODAY)


SPLIT = Breakdown(
    Sentence("By source"),
    tuple(BreakdownRow(f"Source {n}", (n, Fraction(n, 10), Sentence("since {day}", {"day": TODAY}))) for n in range(7)),
)


def answer() -> FiguresAnswer:
    months = answers.months(*range(100_000, 130_000, 2500))[:11]
    before = months[-1]
    return FiguresAnswer(
        asked=Arguments(OCTOBER, BookFilter("smb", plan="Pro")),
        period=OCTOBER,
        before=OCTOBER.previous(),
        running=False,
        today=TODAY,
        scope=Scope(OCTOBER, RATES, UTC, BookFilter("smb", plan="Pro")),
        facts={RevenueFacts: FACTS},
        facts_before={RevenueFacts: before},
        figures=figures_of({RevenueFacts: FACTS}, metrics_of(TOPIC)),
        figures_before=figures_of({RevenueFacts: before}, metrics_of(TOPIC)),
        months=months_to(OCTOBER),
        series={
            name: tuple(figures_of({RevenueFacts: month}, (name,))[name] for month in (*months, FACTS))
            for name in TOPIC.picture.metrics
        },
        accounts={"due": tuple(row(n) for n in range(12)), "low": (row(1), row(2), row(3)), "stalled": ()},
        breakdowns=(SPLIT,),
        imported_on={"subscriptions": date(2026, 11, 22), "tickets": None},
        rates_day=OCTOBER.last,
        csms={1: "ana@example.com"},
    )


def empty_answer() -> FiguresAnswer:
    nothing = RevenueFacts("USD", OCTOBER.start, OCTOBER.end)
    figures = figures_of({RevenueFacts: nothing}, metrics_of(TOPIC))
    return replace(
        answer(),
        figures=figures,
        figures_before=figures,
        series={},
        accounts={"due": (), "low": (), "stalled": ()},
        breakdowns=(),
        imported_on={"subscriptions": None, "tickets": None},
        rates_day=None,
    )


def running_answer() -> FiguresAnswer:
    """November, which is not over."""
    november = month_of(TODAY)
    return replace(
        answer(),
        asked=Arguments(november),
        period=Period(november.start, date(2026, 11, 24)),
        before=Period(OCTOBER.start, date(2026, 10, 24)),
        running=True,
        months=months_to(Period(november.start, date(2026, 11, 24))),
    )


def longest_answer() -> FiguresAnswer:
    facts = answers.longest_revenue_answer().facts
    why = Sentence("{words}", {"words": NASTY * 9})
    rows = tuple(
        AccountRow(n, NASTY[:255], NASTY[:255], NASTY[:100], why, Money(HUGE, "USD"), TODAY) for n in range(90)
    )
    split = Breakdown(why, tuple(BreakdownRow(NASTY, (NASTY, HUGE, why)) for _ in range(40)))
    figures = figures_of({RevenueFacts: facts}, metrics_of(TOPIC))
    return replace(
        answer(),
        asked=Arguments(OCTOBER, BookFilter(NASTY[:100], "a" * 300 + "@example.com", NASTY[:100])),
        figures=figures,
        figures_before=figures,
        accounts={"due": rows, "low": rows, "stalled": rows},
        breakdowns=(split, split, split),
    )


def comparison() -> CompareAnswer:
    first, second = (figures_of({RevenueFacts: facts}, MAIN) for facts in (FACTS, answers.months(100_000, 120_000)[0]))
    september = OCTOBER.previous()
    return CompareAnswer(
        (
            Side(Arguments(september), september, running=False, account=None, figures=second),
            Side(Arguments(OCTOBER), OCTOBER, running=False, account=None, figures=first),
        ),
        MAIN,
        RATES,
        TODAY,
    )


def longest_comparison() -> CompareAnswer:
    figures = figures_of({RevenueFacts: answers.longest_revenue_answer().facts}, MAIN)
    asked = (Arguments(OCTOBER, BookFilter(NASTY[:100], plan=NASTY[:100])), Arguments(month_of(TODAY)))
    first, second = (
        Side(one, one.period, running=False, account=answers.ACCOUNT._replace(name=NASTY[:255]), figures=figures)
        for one in asked
    )
    return CompareAnswer((first, second), MAIN, RATES, TODAY)
