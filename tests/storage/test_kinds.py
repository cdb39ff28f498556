"""What a cell may say, kind by kind."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import kinds
from storage.kinds import Context, Kind, Unreadable

CONTEXT = Context(ZoneInfo("Europe/Madrid"), "EUR", {"accounts": {"a1": 7}})


def read(kind: Kind, cell: str, beside: object = None) -> Any:
    return kind(CONTEXT)(cell, beside)


GOOD = [
    (kinds.text(3), "abc", None, "abc"),
    (kinds.email(), "Ana@Ours.Example", None, "ana@ours.example"),
    (kinds.email("team"), "TEAM", None, "team"),
    (kinds.choice("open", "paid"), "Paid", None, "paid"),
    *((kinds.boolean(), cell, None, True) for cell in ("true", "TRUE", "1", "yes", "Yes")),
    *((kinds.boolean(), cell, None, False) for cell in ("false", "False", "0", "no", "NO")),
    (kinds.whole(), "0", None, 0),
    (kinds.whole(), "2147483647", None, 2147483647),
    (kinds.score(), "10", "nps", 10),
    (kinds.score(), "0", "nps", 0),
    (kinds.score(), "5", "csat", 5),
    (kinds.measured(), "12.5", None, 12.5),
    (kinds.decimal(), "-0.5", None, "-0.5"),
    (kinds.decimal(positive=True), "0.0061", None, "0.0061"),
    (kinds.day(), "2024-02-29", None, date(2024, 2, 29)),
    (kinds.day(), "9999-12-31", None, date.max),
    (kinds.day(), "2026-01-01", date(2026, 1, 1), date(2026, 1, 1)),
    (kinds.moment(), "2026-11-02T14:05:00+01:00", None, datetime(2026, 11, 2, 13, 5, tzinfo=UTC)),
    (kinds.moment(), "2026-11-02T14:05Z", None, datetime(2026, 11, 2, 14, 5, tzinfo=UTC)),
    (kinds.moment(), "2026-11-02 14:05", None, datetime(2026, 11, 2, 13, 5, tzinfo=UTC)),
    (kinds.moment(), "2026-07-02T14:05:06.5", None, datetime(2026, 7, 2, 12, 5, 6, 500_000, tzinfo=UTC)),
    (kinds.moment(), "2026-10-25T02:30:00", None, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (kinds.currency(), "usd", None, "USD"),
    (kinds.amount(), "1250.00", "EUR", 125_000),
    (kinds.amount(), "1250", "JPY", 1_250),
    (kinds.amount(), "1.25", "KWD", 1_250),
    (kinds.amount(), "1.25", None, 125),
    (kinds.amount(negative=True), "-0.01", "EUR", -1),
    (kinds.reference("accounts"), "a1", None, 7),
    *((kinds.period(), cell, None, cell) for cell in ("2026", "2026-11", "2026-Q4")),
]

BAD = [
    (kinds.text(3), "abcd", None),
    *((kinds.email(), cell, None) for cell in ("team", "a@", "@b", "a b@c", f"{'x' * 320}@y")),
    (kinds.choice("open", "paid"), "late", None),
    *((kinds.boolean(), cell, None) for cell in ("y", "2", "on", "ja")),
    *((kinds.whole(), cell, None) for cell in ("-1", "+1", "1.0", "1e3", "1,000", "٣", "2147483648", "9" * 5_000)),
    (kinds.whole(at_least=1), "0", None),
    *((kinds.score(), cell, kind) for cell, kind in (("11", "nps"), ("0", "csat"), ("6", "ces"), ("-1", "nps"))),
    *((kinds.measured(), cell, None) for cell in ("-1", "nan", "inf", "1e9", "1,5", ".5", "5.")),
    *((kinds.decimal(), cell, None) for cell in ("1,5", "5 %", "nan", "1e2")),
    *((kinds.decimal(positive=True), cell, None) for cell in ("0", "0.00", "-1")),
    *(
        (kinds.day(), cell, None)
        for cell in ("2026-02-30", "20260201", "2026-W01-1", "01/02/2026", "2026-2-1", "0000-01-01")
    ),
    (kinds.day(), "2025-12-31", date(2026, 1, 1)),
    *(
        (kinds.moment(), cell, None)
        for cell in ("2026-11-02", "2026-11-02T25:00Z", "yesterday", "2026-11-02T14", "1762092300")
    ),
    (kinds.moment(), "0001-01-01T00:00+02:00", None),
    (kinds.moment(), "2026-03-29T02:30:00", None),
    (kinds.moment(), "2026-11-02T14:05Z", datetime(2026, 11, 2, 15, tzinfo=UTC)),
    *((kinds.currency(), cell, None) for cell in ("EURO", "XYZ", "€")),
    *((kinds.amount(), cell, "EUR") for cell in ("1.234", "1,25", "-1", "1e3", "€5", "1 000", "9" * 30)),
    (kinds.amount(), "1.5", "JPY"),
    (kinds.reference("accounts"), "A1", None),
    *((kinds.period(), cell, None) for cell in ("2026-13", "2026-Q5", "26", "2026-1", "Q4")),
]


@pytest.mark.parametrize(("kind", "cell", "beside", "value"), GOOD)
def test_a_cell_is_read(kind: Kind, cell: str, beside: object, value: object) -> None:
    found = read(kind, cell, beside)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("kind", "cell", "beside"), BAD)
def test_a_cell_is_refused_with_a_sentence_that_can_be_shown(kind: Kind, cell: str, beside: object) -> None:
    with pytest.raises(Unreadable) as found:
        read(kind, cell, beside)
    assert found.value.what.text.format(**found.value.what.values)


def test_a_time_that_clocks_skipped_is_refused_with_the_zone() -> None:
    with pytest.raises(Unreadable) as found:
        read(kinds.moment(), "2026-03-29T02:30")
    assert found.value.what.values == {"zone": "Europe/Madrid"}


def test_of_many_words_the_nearest_are_named() -> None:
    with pytest.raises(Unreadable) as found:
        read(kinds.choice(*(f"word{n}" for n in range(50)), "churned_mrr"), "churn_mrr")
    assert "churned_mrr" in str(found.value.what.values["words"])


@given(st.dates())
def test_every_date_survives_being_written_and_read(day: date) -> None:
    assert read(kinds.day(), day.isoformat()) == day


@given(
    st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001 - zoned below
    st.integers(-14 * 60, 14 * 60),
)
def test_every_moment_with_an_offset_survives_being_written_and_read(local: datetime, minutes: int) -> None:
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    cell = f"{local.isoformat()}{sign}{size // 60:02}:{size % 60:02}"
    assert read(kinds.moment(), cell) == local.replace(tzinfo=UTC) - timedelta(minutes=minutes)


@given(st.text(min_size=1))
@pytest.mark.parametrize(
    "kind",
    [kinds.day(), kinds.moment(), kinds.whole(), kinds.measured(), kinds.decimal(), kinds.currency(), kinds.period()],
)
def test_any_text_is_read_or_refused(kind: Kind, cell: str) -> None:
    with suppress(Unreadable):
        read(kind, cell)
