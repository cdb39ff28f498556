from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.core.arguments import Arguments, Asking, Known, parse, parse_book, parse_period, parse_pieces, render
from commands.core.errors import NotUnderstood
from metrics.periods import (
    Period,
    PeriodKind,
    last_full_month,
    month_of,
    quarter_of,
    trailing_months,
    year_of,
    year_to_date,
)
from metrics.types import BookFilter

TODAY = date(2026, 11, 23)
KNOWN = Known(
    ("Enterprise", "Mid-Market", "SMB", "May flowers"),
    ("ana@x.com", "bo.ny@x.com", "boris@x.com"),
    "ana@x.com",
    ("Pro", "Team Plus", "Basic"),
    ("USD", "EUR", "GBP", "ALL"),
)


def asking(locale: str = "en", known: Known = KNOWN, today: date = TODAY) -> Asking:
    return Asking("/churn", today, locale, known)


def period_id(text: str) -> str:
    return parse(text, asking()).period.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "2026-10"),
        ("this month", "2026-11"),
        ("last month", "2026-10"),
        ("LAST   Month", "2026-10"),
        ("2026-10", "2026-10"),
        ("2026/1", "2026-01"),
        ("10/2025", "2025-10"),
        ("10.2025", "2025-10"),
        ("oct", "2026-10"),
        ("Oct.", "2026-10"),
        ("sept", "2026-09"),
        ("december", "2025-12"),
        ("november", "2026-11"),
        ("oct 2025", "2025-10"),
        ("october of 2025", "2025-10"),
        ("2025 oct", "2025-10"),
        ("Q3", "2026-Q3"),
        ("q4", "2026-Q4"),
        ("q1 2025", "2025-Q1"),
        ("2026-Q3", "2026-Q3"),
        ("2025q2", "2025-Q2"),
        ("3rd quarter", "2026-Q3"),
        ("this quarter", "2026-Q4"),
        ("last quarter", "2026-Q3"),
        ("2026", "2026"),
        ("this year", "2026"),
        ("last year", "2025"),
        ("12m", "12m"),
        ("36m", "36m"),
        ("last 6 months", "6m"),
        ("ttm", "12m"),
        ("ytd", "ytd"),
        ("year to date", "ytd"),
        ("2026-10-05", "2026-10-05..2026-10-05"),
        ("2026-10-05..2026-10-11", "2026-10-05..2026-10-11"),
        ("2026-01..2026-06", "2026-01-01..2026-06-30"),
        # Spanish
        ("octubre", "2026-10"),
        ("octubre de 2025", "2025-10"),
        ("este mes", "2026-11"),
        ("mes pasado", "2026-10"),
        ("el mes pasado", "2026-10"),
        ("trimestre pasado", "2026-Q3"),
        ("T3 2025", "2025-Q3"),
        ("3er trimestre", "2026-Q3"),
        ("año pasado", "2025"),
        ("en lo que va de año", "ytd"),
        ("últimos 12 meses", "12m"),
        # Russian
        ("октябрь", "2026-10"),
        ("октября 2025", "2025-10"),
        ("в октябре", "2026-10"),
        ("окт", "2026-10"),
        ("окт. 2025 г.", "2025-10"),
        ("мая", "2026-05"),
        ("май", "2026-05"),
        ("марте 2026 года", "2026-03"),
        ("этот месяц", "2026-11"),
        ("в прошлом месяце", "2026-10"),
        ("прошлый квартал", "2026-Q3"),
        ("3 кв 2025", "2025-Q3"),
        ("2-й квартал", "2026-Q2"),
        ("прошлый год", "2025"),
        ("за последние 12 месяцев", "12m"),
        ("с начала года", "ytd"),
    ],
)
def test_a_period_is_understood_in_any_language(text: str, expected: str) -> None:
    assert period_id(text) == expected


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_without_a_year_is_the_latest_that_has_begun(number: int) -> None:
    year = 2026 if number <= TODAY.month else 2025
    name = date(2000, number, 1).strftime("%B")
    assert period_id(name) == f"{year}-{number:02d}"


def test_a_trailing_period_ends_with_the_last_full_month() -> None:
    assert parse("12m", asking()).period == trailing_months(12, last_full_month_before=TODAY)


@pytest.mark.parametrize(
    ("text", "book"),
    [
        ("enterprise", BookFilter(segment="Enterprise")),
        ("ENT", BookFilter(segment="Enterprise")),
        ("mid market", BookFilter(segment="Mid-Market")),
        ("midmarket", BookFilter(segment="Mid-Market")),
        ('"mid market"', BookFilter(segment="Mid-Market")),
        ("«Mid-Market»", BookFilter(segment="Mid-Market")),
        ("may flowers", BookFilter(segment="May flowers")),
        ("segment:enterprise", BookFilter(segment="Enterprise")),
        ('segment:"May flowers"', BookFilter(segment="May flowers")),
        ("сегмент:SMB", BookFilter(segment="SMB")),
        ("csm:@ana", BookFilter(csm_email="ana@x.com")),
        ("csm:ana", BookFilter(csm_email="ana@x.com")),
        ("csm: @ana", BookFilter(csm_email="ana@x.com")),
        ("csm:ANA@x.com", BookFilter(csm_email="ana@x.com")),
        ("csm:@bo.ny@x.com", BookFilter(csm_email="bo.ny@x.com")),
        ("@boris", BookFilter(csm_email="boris@x.com")),
        ("@bor", BookFilter(csm_email="boris@x.com")),
        ("ana@x.com", BookFilter(csm_email="ana@x.com")),
        ("mine", BookFilter(csm_email="ana@x.com")),
        ("mis cuentas", BookFilter(csm_email="ana@x.com")),
        ("мои", BookFilter(csm_email="ana@x.com")),
        ("smb @ana", BookFilter("SMB", "ana@x.com")),
        ("plan:pro", BookFilter(plan="Pro")),
        ("plan: Pro", BookFilter(plan="Pro")),
        ('plan:"team plus"', BookFilter(plan="Team Plus")),
        ("план:basic", BookFilter(plan="Basic")),
        ("тариф:teamplus", BookFilter(plan="Team Plus")),
        ("smb @ana plan:team", BookFilter("SMB", "ana@x.com", "Team Plus")),
        ("all customers", BookFilter()),
    ],
)
def test_a_book_is_understood(text: str, book: BookFilter) -> None:
    assert parse(text, asking()) == Arguments(last_full_month(TODAY), book)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("currency:EUR", "EUR"),
        ("currency:eur", "EUR"),
        ("currency: eur", "EUR"),
        ("in:EUR", "EUR"),
        ("in EUR", "EUR"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("in euros", "EUR"),
        ("in pounds", "GBP"),
        ("en euros", "EUR"),
        ("moneda:euro", "EUR"),
        ("en libras", "GBP"),
        ("в евро", "EUR"),
        ("в фунтах", "GBP"),
        ("валюта:gbp", "GBP"),
        ("currency:all", "ALL"),
        ("all", None),
        ("usd", None),
        ("в долларах", None),
        ("currency:USD", None),
        ("eur eur", "EUR"),
    ],
)
def test_a_currency_is_understood_and_the_companys_own_needs_no_mention(text: str, currency: str | None) -> None:
    assert parse(text, asking()) == Arguments(last_full_month(TODAY), BookFilter(), currency)


def test_a_segment_that_is_called_like_a_currency_is_the_segment() -> None:
    known = KNOWN._replace(segments=("EUR",))
    assert parse("eur", asking(known=known)) == Arguments(last_full_month(TODAY), BookFilter("EUR"))
    assert parse("currency:eur", asking(known=known)).currency == "EUR"


@pytest.mark.parametrize("text", ["oct 2025 smb @ana", "@ana in SMB for oct 2025", "smb oct 2025 csm:ana"])
def test_the_order_does_not_matter(text: str) -> None:
    assert parse(text, asking()) == Arguments(month_of(date(2025, 10, 1)), BookFilter("SMB", "ana@x.com"))


@pytest.mark.parametrize(
    ("text", "locale", "suggested"),
    [
        ("entreprise oct", "en", "/churn Enterprise oct"),
        ("lst month", "en", "/churn last month"),
        ("lst month", "es", "/churn mes pasado"),
        ("ocutbre", "es", "/churn octubre"),
        ("октяьрь", "ru", "/churn октябрь"),
        ("mes pasdo", "ru", "/churn прошлый месяц"),
        ("csm:bors", "en", "/churn csm:boris@x.com"),
        ("segment:enterprize", "en", "/churn segment:Enterprise"),
        ("@bo", "en", "/churn csm:bo.ny@x.com"),
        ("plan:prp", "en", "/churn plan:Pro"),
        ("basik", "en", "/churn plan:Basic"),
        ("plan:pro plan:basic", "en", "/churn plan:pro"),
        ("q3 q4", "en", "/churn q3"),
        ("currency:gbb", "en", "/churn currency:GBP"),
        ("eur gbp", "en", "/churn eur"),
        ("smb enterprise", "en", "/churn smb"),
        ("oct 2031", "en", "/churn last month"),
        ("xyzzy", "ru", "/churn прошлый месяц"),
        ("2026-13", "en", "/churn last month"),
        ("2026-02-30", "en", "/churn last month"),
        ("0m", "en", "/churn last month"),
    ],
)
def test_what_is_not_understood_comes_with_what_would_have_been(text: str, locale: str, suggested: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(text, asking(locale))
    assert suggested in refused.value.suggestions


def test_the_words_that_puzzled_are_named_and_the_others_are_not() -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse("oct foo bar smb", asking())
    assert refused.value.sentence.values == {"words": "foo bar"}


def test_a_segment_that_is_written_in_two_ways_is_one() -> None:
    known = Known(("Enterprise", "enterprise"), ("Ana@x.com", "ana@x.com"))
    assert parse("ENTERPRISE @ana", asking(known=known)).book == BookFilter("Enterprise", "Ana@x.com")


def test_mine_needs_an_address() -> None:
    with pytest.raises(NotUnderstood, match="address"):
        parse("mine", asking(known=KNOWN._replace(me=None)))


def test_mine_is_refused_for_somebody_without_accounts() -> None:
    with pytest.raises(NotUnderstood, match="as its CSM"):
        parse("mine", asking(known=KNOWN._replace(me="zoe@x.com")))


def test_a_period_alone_can_be_asked_for() -> None:
    assert parse_period("q3", today=TODAY, locale="en", command="/mrr") == quarter_of(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("text", "book"),
    [("", BookFilter()), ("@ana smb", BookFilter("SMB", "ana@x.com")), ("acme", None), ("@ana acme", None)],
)
def test_a_book_alone_can_be_told_from_other_words(text: str, book: BookFilter | None) -> None:
    assert parse_book(text, asking()) == book


def test_a_csm_who_is_none_is_not_taken_for_other_words() -> None:
    with pytest.raises(NotUnderstood):
        parse_book("csm:zoe", asking())


def test_pieces_are_every_period_and_book_in_order_and_the_words_that_are_neither() -> None:
    pieces = parse_pieces("acme corp q2 smb in enterprise oct 2025 zenith", asking())
    assert [period.id for period in pieces.periods] == ["2026-Q2", "2025-10"]
    assert pieces.books == (BookFilter("SMB"), BookFilter("Enterprise"))
    assert pieces.others == ("acme corp", "zenith")


def test_pieces_know_the_currency() -> None:
    assert parse_pieces("q2 vs q3 in euros", asking()).currency == "EUR"
    assert parse_pieces("q2 vs q3 in dollars", asking()).currency is None


def test_pieces_that_are_clearly_meant_and_wrong_are_refused() -> None:
    with pytest.raises(NotUnderstood):
        parse_pieces("csm:zoe oct", asking())


days = st.dates(date(2001, 1, 1), TODAY)
periods = st.one_of(
    days.map(month_of),
    days.map(quarter_of),
    days.map(year_of),
    days.map(year_to_date),
    st.builds(lambda n, day: trailing_months(n, last_full_month_before=day), st.integers(1, 120), days),
    st.tuples(days, days).map(
        lambda two: Period(min(two), date.fromordinal(max(two).toordinal() + 1), PeriodKind.CUSTOM)
    ),
)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(deadline=None)  # the first example reads the names of months
@given(
    period=periods,
    segment=st.none() | names,
    csm=st.none() | names,
    plan=st.none() | names,
    currency=st.sampled_from([None, *KNOWN.currencies[1:]]),
    later=st.integers(0, 4000),
)
def test_what_is_rendered_is_read_back_the_same_on_any_later_day(
    period: Period, segment: str | None, csm: str | None, plan: str | None, currency: str | None, later: int
) -> None:
    segments, csms, plans = (() if name is None else (name,) for name in (segment, csm, plan))
    known = Known(segments, csms, None, plans, KNOWN.currencies)
    asked = Arguments(period, BookFilter(segment, csm, plan), currency)
    day = date.fromordinal(TODAY.toordinal() + later)
    assert parse(render(asked), asking(known=known, today=day)) == asked


@settings(deadline=None)  # the first example reads the names of months
@given(text=st.text(max_size=80), locale=st.sampled_from(["en", "es", "ru"]))
def test_nonsense_is_answered_and_every_suggestion_works(text: str, locale: str) -> None:
    try:
        parse(text, asking(locale))
    except NotUnderstood as refused:
        for suggestion in refused.suggestions:
            parse(suggestion.removeprefix("/churn"), asking(locale))


@pytest.mark.parametrize("text", ["0001-01-01..0001-01-05", "0000-01-01", "9999-12-31"])
def test_days_that_no_company_has_seen_are_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text, asking())
