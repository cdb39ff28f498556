"""The roll-up's parts, beside what a look at every day of an account's ledger says."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from metrics.movements import ledger
from metrics.periods import Period, month_of
from metrics.rollup import CUSTOMERS, KEPT, MONTH, NET, RETAINED, WON, YEAR, Part, is_mixed, measure_of, parts
from metrics.types import Cause, EndReason, Interval, Movement, MovementKind, SubscriptionRow

BEGIN = date(2024, 1, 1)
DAYS = 900


@st.composite
def histories(draw: st.DrawFn) -> tuple[Movement, ...]:
    """The ledger of an account with a few rows of one currency."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        begin = draw(st.integers(0, DAYS))
        length = draw(st.none() | st.integers(1, 500))
        rows.append(
            SubscriptionRow(
                f"s{number}",
                draw(st.sampled_from(("Core", "Extra"))),
                "Team",
                1,
                draw(st.integers(1, 3)) * 1_001,
                "EUR",
                Interval.MONTH,
                1,
                BEGIN + timedelta(days=begin),
                None if length is None else BEGIN + timedelta(days=begin + length),
                draw(st.sampled_from((None, *EndReason))),
            )
        )
    return ledger(rows)


def level(lines: Sequence[Movement], day: date) -> int:
    """The MRR at the end of a day."""
    return next((line.after for line in reversed(lines) if line.day <= day), 0)


def expected(lines: Sequence[Movement], worth: int) -> Counter[Part]:
    """The same sums, each window looked at by itself; `worth` multiplies amounts."""
    found: Counter[Part] = Counter()
    months = [month_of(BEGIN)]
    for _ in range(60):
        months.append(month_of(months[-1].end))
    for last, month in enumerate(months):
        add = {(MONTH, name): value for name, value in fate(lines, month, worth) + moves(lines, month, worth)}
        if last >= YEAR - 1:
            year = Period(months[last + 1 - YEAR].start, month.end)
            add |= {(YEAR, name): value for name, value in fate(lines, year, worth)}
        for (size, measure), value in add.items():
            found[Part(size, month.start, measure)] += value
    return found


def fate(lines: Sequence[Movement], window: Period, worth: int) -> list[tuple[str, int]]:
    """What came of the account between the two ends of a window."""
    opening, closing = level(lines, window.start - timedelta(days=1)), level(lines, window.last)
    if not opening:
        return [(WON, 1)] if closing else []
    found = [(RETAINED, (closing - opening) * worth), (KEPT, min(closing - opening, 0) * worth)]
    if not closing:
        churns = [line.cause for line in lines if line.kind is MovementKind.CHURN and line.day < window.end]
        found.append((measure_of("lost", churns[-1] or Cause.OTHER), 1))
    return found


def moves(lines: Sequence[Movement], month: Period, worth: int) -> list[tuple[str, int]]:
    """What moved in a month."""
    opening, closing = level(lines, month.start - timedelta(days=1)), level(lines, month.last)
    found: Counter[str] = Counter()
    for line in lines:
        if month.start <= line.day < month.end:
            assert line.kind is not None
            found[measure_of(line.kind, line.cause)] += abs(line.after - line.before) * worth
    return [(NET, (closing - opening) * worth), (CUSTOMERS, bool(closing) - bool(opening)), *found.items()]


@given(histories(), st.sampled_from((1, 7)))
def test_the_parts_are_what_each_window_says_by_itself(lines: tuple[Movement, ...], worth: int) -> None:
    found = parts(lines, lambda minor: minor * worth)
    assert all(found.values())
    right = {part: value for part, value in expected(lines, worth).items() if value}
    # Years that end in the first eleven months begin before the histories do.
    first = {part: value for part, value in found.items() if part.months == MONTH or part.month >= date(2024, 12, 1)}
    assert first == right


def test_an_amount_that_converts_to_nothing_still_makes_a_customer() -> None:
    lines = (Movement(date(2026, 1, 5), "JPY", 0, 1, MovementKind.NEW),)
    assert parts(lines, lambda _: 0) == {
        Part(MONTH, date(2026, 1, 1), CUSTOMERS): 1,
        Part(MONTH, date(2026, 1, 1), WON): 1,
        **{Part(YEAR, month_of(date(2026, 1, 1)).start.replace(month=number), WON): 1 for number in range(1, 13)},
    }


def test_several_currencies_make_an_account_mixed() -> None:
    one = Movement(date(2026, 1, 5), "EUR", 0, 1, MovementKind.NEW)
    assert not is_mixed(())
    assert not is_mixed((one, one._replace(day=date(2026, 2, 5))))
    assert is_mixed((one, one._replace(currency="USD")))
