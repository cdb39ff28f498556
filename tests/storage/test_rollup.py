"""The roll-up: whatever is imported in whichever order, a whole company's figures are those that its lines say."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from metrics.money import Rates
from metrics.periods import Period, month_of, trailing_months, year_of
from metrics.types import BookFilter, EndReason, RevenueFacts
from storage.ledger import rebuild
from storage.queries.revenue import monthly_revenue
from storage.rollup import has_rates, keep_rates
from storage.schema import metadata
from storage.session import loading, reading, transaction
from tests.factories import accounts, contents, import_files, subscription, write_csv

START = date(2025, 1, 1)
TODAY = date(2026, 6, 10)
ACCOUNTS = ("a1", "a2", "a3", "a4")
LINE_BY_LINE = "Basic"
"""Every subscription here is to this plan; a question about a plan is answered from the lines."""
BOOKS = (BookFilter(), BookFilter(segment="SMB"), BookFilter(csm_email="bo@x.test"), BookFilter(segment="nobody's"))
RATES = Rates("EUR", {"USD": Fraction(1_037, 1_200), "JPY": Fraction(3, 517)}, TODAY)
OTHER_RATES = Rates("EUR", {"USD": Fraction(2), "JPY": Fraction(3, 517)}, TODAY)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    """One row; each account has a currency it prefers, so that most have one alone."""
    account = draw(st.sampled_from(ACCOUNTS))
    usual = {"a1": "EUR", "a2": "USD", "a3": "JPY", "a4": "EUR"}[account]
    started_on = START + timedelta(days=draw(st.integers(0, 500)))
    length = draw(st.none() | st.integers(1, 300))
    return subscription(
        draw(st.sampled_from(("s1", "s2", "s3", "s4", "s5"))),
        account,
        amount=draw(st.sampled_from(("1", "1001", "250", "333"))),
        currency=draw(st.sampled_from((usual, usual, usual, "USD"))),
        started_on=started_on.isoformat(),
        ended_on="" if length is None else (started_on + timedelta(days=length)).isoformat(),
        end_reason=draw(st.sampled_from(("", *EndReason))),
    )


def periods() -> list[Sequence[Period]]:
    """Months, years, trailing years, and periods that the roll-up does not have."""
    months = [month_of(START)]
    while len(months) < 24:
        months.append(month_of(months[-1].end))
    weeks = [Period(START + timedelta(days=40 + 7 * n), START + timedelta(days=47 + 7 * n)) for n in range(30)]
    return [
        months,
        months[7:13],
        [year_of(date(2025, 1, 1)), year_of(date(2026, 1, 1))],
        [trailing_months(12, last_full_month_before=TODAY)],
        [trailing_months(3, last_full_month_before=TODAY)],
        weeks,
        [Period(date(2026, 5, 1), TODAY)],
        [months[3], Period(months[4].start, months[4].start + timedelta(days=9))],
    ]


def figures(engine: Engine, rates: Rates, plan: str | None) -> list[tuple[RevenueFacts, ...]]:
    with reading(engine) as db:
        return [
            monthly_revenue(db, several, rates=rates, book=book._replace(plan=plan))
            for several in periods()
            for book in BOOKS
        ]


def books() -> st.SearchStrategy[list[dict[str, object]]]:
    """All accounts, each in some segment and with some CSM, or none."""
    chosen = st.tuples(st.sampled_from(("smb", "Smb", "mid", "")), st.sampled_from(("bo@x.test", "ana@x.test", "")))
    return st.lists(chosen, min_size=len(ACCOUNTS), max_size=len(ACCOUNTS)).map(
        lambda several: [
            {**row, "segment": segment, "csm_email": csm}
            for row, (segment, csm) in zip(accounts(*ACCOUNTS), several, strict=True)
        ]
    )


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # looking for a smaller example imports too many files
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sent=st.lists(rows(), min_size=1, max_size=20),
    chance=st.randoms(),
    early=st.booleans(),
    first=books(),
    then=books(),
)
def test_it_says_what_the_lines_say_and_equals_a_rebuild(
    engine: Engine,
    tmp_path: Path,
    sent: list[dict[str, object]],
    chance: Random,
    early: bool,
    first: list[dict[str, object]],
    then: list[dict[str, object]],
) -> None:
    with transaction(engine) as db:
        for table in reversed(metadata().sorted_tables):
            db.execute(table.delete())
    import_files(engine, write_csv(tmp_path / "accounts.csv", first))
    if early:  # the rates are there before the rows are, or come when all of them are
        import_files(engine, write_csv(tmp_path / "subscriptions.csv", sent[:1]))
        keep(engine, RATES)
    rest = list(sent)
    while rest:
        size = chance.randint(1, len(rest))
        part, rest = rest[:size], rest[size:]
        import_files(engine, write_csv(tmp_path / "subscriptions.csv", part))
    for rates in (RATES, OTHER_RATES):
        assert figures(engine, rates, None) == figures(engine, rates, LINE_BY_LINE)
    keep(engine, RATES)
    assert figures(engine, RATES, None) == figures(engine, RATES, LINE_BY_LINE)
    import_files(engine, write_csv(tmp_path / "accounts.csv", then))
    assert figures(engine, RATES, None) == figures(engine, RATES, LINE_BY_LINE)

    kept = contents(engine)
    with loading(engine) as db:
        for name in ("mrr_movement", "mrr_rollup"):
            db.execute(metadata().tables[name].delete())
        rebuild(db.connection(), {row.id for row in db.execute(metadata().tables["account"].select())})
        keep_rates(db.connection(), [RATES])
    assert contents(engine) == kept


def keep(engine: Engine, *rates: Rates) -> None:
    with loading(engine) as db:
        keep_rates(db.connection(), rates)
        assert has_rates(db.connection(), rates)


def test_only_the_rates_that_are_asked_for_are_kept(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1", "a2")))
    sent = [subscription("s1", "a1", currency="USD"), subscription("s2", "a2", currency="EUR")]
    import_files(engine, write_csv(tmp_path / "subscriptions.csv", sent))
    keep(engine, RATES, OTHER_RATES)
    assert names(engine) == {("USD", ""), ("USD", "EUR 1037/1200"), ("USD", "EUR 2"), ("EUR", "")}
    keep(engine, OTHER_RATES)
    assert names(engine) == {("USD", ""), ("USD", "EUR 2"), ("EUR", "")}
    with reading(engine) as db:
        assert not has_rates(db.connection(), [RATES])
        assert has_rates(db.connection(), [OTHER_RATES])
    keep(engine, Rates("USD", {"EUR": Fraction(1, 3)}, TODAY))  # the company changed its currency
    assert names(engine) == {("USD", ""), ("EUR", ""), ("EUR", "USD 1/3")}
    keep(engine, Rates("GBP", {}, TODAY))  # nothing is known, nothing is kept
    assert names(engine) == {("USD", ""), ("EUR", "")}


def names(engine: Engine) -> set[tuple[str, str]]:
    table = metadata().tables["mrr_rollup"]
    with reading(engine) as db:
        return {(row.currency, row.rate) for row in db.execute(table.select())}
