"""What customers said and who is to be called."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from commands.ui.text import translator
from metrics.money import Rates, home_only
from metrics.periods import month_of
from metrics.types import BookFilter, BreakdownRow, Money, Sentence
from storage.queries import voice_lists
from storage.queries.totals import Scope
from storage.queries.voice_lists import low_answers, verbatims
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)
RATES = home_only("USD", OCTOBER.last)
_keys = count(1)
t = translator("en")


def scope(zone: str = "UTC", rates: Rates = RATES, **book: Any) -> Scope:
    return Scope(OCTOBER, rates, ZoneInfo(zone), BookFilter(**book))


def answered(db: Session, account: int, kind: str, score: int, comment: str | None = None, **values: Any) -> None:
    given = {"account_id": account, "kind": kind, "score": score, "comment": comment, "responded_at": NOON, **values}
    rows.add(db, "survey_response", key=f"r-{next(_keys)}", **given)


def told(row: BreakdownRow) -> str:
    assert isinstance(row.label, str)
    return " · ".join((row.label, *(t(Sentence("{value}", {"value": value})) for value in row.values)))


def comments(db: Session, asked: Scope, kind: str | None = None) -> list[str]:
    return [told(row) for row in verbatims(db, asked, kind).rows]


def test_a_comment_comes_with_its_account_score_day_and_mrr(db: Session) -> None:
    acme = rows.account(db, "Acme")
    rows.subscribe(db, acme, rows.paid(date(2026, 1, 1), amount=120_000))
    answered(db, acme, "nps", 3, "Too slow,\n  again")
    assert comments(db, scope()) == ["Acme · NPS 3 · “Too slow, again” · 15 Oct 2026 · MRR $1,200"]


def test_low_scores_come_first_and_of_those_the_latest(db: Session) -> None:
    acme = rows.account(db, "Acme")
    for hours, (kind, score) in enumerate([("nps", 6), ("csat", 2), ("nps", 10), ("ces", 5), ("csat", 3)]):
        answered(db, acme, kind, score, "words", responded_at=NOON + timedelta(hours=hours))
    scores = [line.split(" · ")[1] for line in comments(db, scope())]
    assert scores == ["CSAT 2", "NPS 6", "CSAT 3", "CES 5", "NPS 10"]


def test_answers_without_words_are_left_out(db: Session) -> None:
    acme = rows.account(db, "Acme")
    for comment in (None, "", "   ", "\n"):
        answered(db, acme, "nps", 3, comment)
    assert comments(db, scope()) == []


def test_only_answers_that_count_are_heard(db: Session) -> None:
    acme = rows.account(db, "Acme")
    ana = rows.contact(db, acme, "Ana")
    answered(db, acme, "nps", 3, "bad", contact_id=ana)
    answered(db, acme, "nps", 9, "better", contact_id=ana, responded_at=NOON + timedelta(days=1))
    answered(db, acme, "nps", 9, "too late", responded_at=NOON + timedelta(days=30))
    assert [line.split(" · ")[2] for line in comments(db, scope())] == ["“better”"]


def test_one_kind_or_one_book_may_be_asked_for(db: Session) -> None:
    small, large = rows.account(db, "Small", segment="smb"), rows.account(db, "Large", segment="enterprise")
    answered(db, small, "nps", 3, "a")
    answered(db, large, "csat", 3, "b")
    assert [line.split(" · ")[0] for line in comments(db, scope(), "csat")] == ["Large"]
    assert [line.split(" · ")[0] for line in comments(db, scope(segment="smb"))] == ["Small"]
    assert comments(db, scope(segment="smb"), "csat") == []
    assert low_answers(db, scope(segment="enterprise")) == ()
    assert low_answers(db, scope(), "ces") == ()


def test_a_long_comment_is_cut(db: Session) -> None:
    answered(db, rows.account(db), "nps", 3, "word " * 200)
    comment = comments(db, scope())[0].split(" · ")[2]
    assert comment.endswith("word…”")
    assert len(comment) <= voice_lists.COMMENT_MOST + 2


def test_a_day_is_the_company_s(db: Session) -> None:
    answered(db, rows.account(db), "nps", 3, "late", responded_at=datetime(2026, 10, 15, 23, tzinfo=UTC))
    assert "16 Oct 2026" in comments(db, scope("Europe/Madrid"))[0]
    assert low_answers(db, scope("Europe/Madrid"))[0].day == date(2026, 10, 16)


def test_the_worst_answers_are_called_first_and_the_largest_of_them(db: Session) -> None:
    names = {}
    for name, kind, score, amount in (
        ("Five", "nps", 5, 100),
        ("Two", "csat", 2, 100),
        ("Zero", "nps", 0, 100),
        ("One, large", "ces", 1, 900),
        ("Fine", "nps", 7, 100),
        ("Neutral", "csat", 3, 100),
    ):
        names[name] = rows.account(db, name)
        rows.subscribe(db, names[name], rows.paid(date(2026, 1, 1), amount=amount))
        answered(db, names[name], kind, score)
    found = low_answers(db, scope())
    assert [row.name for row in found] == ["One, large", "Zero", "Two", "Five"]
    assert (found[0].account_id, found[0].mrr, found[0].day) == (
        names["One, large"],
        Money(900, "USD"),
        date(2026, 10, 15),
    )


def test_an_account_is_called_once_about_its_worst_answer(db: Session) -> None:
    acme = rows.account(db, "Acme", segment="smb")
    answered(db, acme, "nps", 4, "meh")
    answered(db, acme, "csat", 1, "Awful")
    answered(db, acme, "ces", 2)
    answered(db, acme, "nps", 10, "Great")
    (row,) = low_answers(db, scope())
    assert t(row.why) == "CSAT 1: “Awful” (and 2 more low answers)"
    assert row.segment == "smb"
    (row,) = low_answers(db, scope(), "nps")
    assert t(row.why) == "NPS 4: “meh”"


def test_of_equally_bad_answers_the_latest_is_told(db: Session) -> None:
    acme = rows.account(db)
    answered(db, acme, "nps", 1, "second", responded_at=NOON + timedelta(hours=1))
    answered(db, acme, "nps", 1, "first")
    assert t(low_answers(db, scope())[0].why) == "NPS 1: “second” (and 1 more low answer)"


def test_who_said_it_is_told_where_it_is_known(db: Session) -> None:
    acme, beta = rows.account(db, "Acme"), rows.account(db, "Beta")
    answered(db, acme, "nps", 0, "No", contact_id=rows.contact(db, acme, "Ana"))
    answered(db, beta, "nps", 1, contact_id=rows.contact(db, beta, "Bob"))
    answered(db, rows.account(db, "Gamma"), "nps", 2)
    assert [t(row.why) for row in low_answers(db, scope())] == ["NPS 0 from Ana: “No”", "NPS 1 from Bob", "NPS 2"]


def test_mrr_is_that_of_the_period_s_end_in_the_company_s_currency(db: Session) -> None:
    acme, gone = rows.account(db, "Acme"), rows.account(db, "Gone")
    rows.subscribe(
        db,
        acme,
        rows.paid(date(2026, 1, 1), amount=1000, currency="EUR"),
        rows.paid(date(2026, 1, 1), amount=500, subscription="s-2"),
        rows.paid(date(2026, 11, 1), amount=700, subscription="s-3"),
    )
    rows.subscribe(db, gone, rows.paid(date(2026, 1, 1), date(2026, 10, 20)))
    answered(db, acme, "nps", 0)
    answered(db, gone, "nps", 1)
    found = low_answers(db, scope(rates=Rates("USD", {"EUR": Fraction(2)}, OCTOBER.last)))
    assert [row.mrr for row in found] == [Money(2500, "USD"), Money(0, "USD")]


def test_nothing_said_is_nothing(db: Session) -> None:
    assert (verbatims(db, scope()).rows, low_answers(db, scope())) == ((), ())
