from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from metrics.clocks import Clock
from metrics.quiet_hours import QuietHours

TOKYO = ZoneInfo("Asia/Tokyo")
GOLDEN_WEEK = frozenset(date(2026, 5, 3) + timedelta(days=number) for number in range(4))
ALWAYS = QuietHours(time(), time(), ())
MOMENTS = st.datetimes(datetime(2026, 4, 25), datetime(2026, 5, 15), timezones=st.just(UTC))  # noqa: DTZ001


def test_on_a_working_day_it_is_now() -> None:
    now = datetime(2026, 5, 1, 3, tzinfo=UTC)
    assert Clock(TOKYO, QuietHours(), GOLDEN_WEEK).next_moment(now) is now


def test_holidays_and_the_weekend_before_them_are_one_pause() -> None:
    friday_evening = datetime(2026, 5, 1, 12, tzinfo=UTC)
    found = Clock(TOKYO, QuietHours(), GOLDEN_WEEK).next_moment(friday_evening)
    assert found.astimezone(TOKYO) == datetime(2026, 5, 7, 8, tzinfo=TOKYO)


def test_a_holiday_is_the_one_of_the_clock_on_the_wall() -> None:
    """It is still the second of May in UTC."""
    now = datetime(2026, 5, 2, 16, tzinfo=UTC)
    assert Clock(TOKYO, ALWAYS, GOLDEN_WEEK).next_moment(now) == datetime(2026, 5, 6, 15, tzinfo=UTC)


@given(MOMENTS, st.frozensets(st.dates(date(2026, 4, 20), date(2026, 5, 20))))
def test_it_is_never_a_holiday_nor_quiet_nor_earlier(now: datetime, holidays: frozenset[date]) -> None:
    found = Clock(TOKYO, QuietHours(), holidays).next_moment(now)
    assert found >= now
    assert found.astimezone(TOKYO).date() not in holidays
    assert QuietHours().next_moment(found, TOKYO) == found
