"""Periods: half-open stretches of days, and the calendar months, quarters and years they are made of."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """What a period is, which decides the one it is compared with."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TRAILING = "trailing"
    YTD = "ytd"
    CUSTOM = "custom"


class Period(NamedTuple):
    """The days from `start` up to, not including, `end`, in the company's time zone."""

    start: date
    end: date
    kind: PeriodKind = PeriodKind.CUSTOM

    @property
    def last(self) -> date:
        """The last day in the period: the one whose evening is its closing."""
        return self.end - _DAY

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    @property
    def id(self) -> str:
        """A short name without words: 2026-10, 2026-Q3, 2026, 12m, ytd or 2026-10-05..2026-10-11 (last day included).

        12m and ytd are relative to a day; whoever keeps an id for later keeps `start` and `end` instead.
        """
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.start:%Y-%m}"
            case PeriodKind.QUARTER:
                return f"{self.start:%Y}-Q{self.start.month // 3 + 1}"
            case PeriodKind.YEAR:
                return f"{self.start:%Y}"
            case PeriodKind.TRAILING:
                return f"{_months_between(self.start, self.end)}m"
            case PeriodKind.YTD:
                return "ytd"
        return f"{self.start.isoformat()}..{self.last.isoformat()}"

    def running(self, day: date) -> bool:
        """Whether the period has begun and is not over on `day`, so that its figures may still change."""
        return self.start <= day < self.end

    def previous(self) -> "Period":
        """The comparable period before: a calendar one its predecessor, year to date the same days a year earlier.

        A trailing or custom period has the months or days just before it.

        >>> quarter_of(date(2026, 2, 3)).previous().id
        '2025-Q4'
        """
        match self.kind:
            case PeriodKind.YTD:
                return year_to_date(_year_before(self.last))
            case PeriodKind.CUSTOM:
                return Period(self.start - (self.end - self.start), self.start)
        months = _months_between(self.start, self.end)
        return Period(_shift(self.start, -months), self.start, self.kind)

    def months(self) -> tuple["Period", ...]:
        """The calendar months in the period, in order; a first or last one that is cut off is CUSTOM.

        They never overlap and leave nothing out: a period is exactly the sum of its months.
        """
        parts = []
        start = self.start
        while start < self.end:
            month = month_of(start)
            whole = month.start == start and month.end <= self.end
            parts.append(month if whole else Period(start, min(month.end, self.end)))
            start = month.end
        return tuple(parts)


def a_year_before(period: Period) -> Period:
    """The same days a year earlier, of the same kind; a 29 February becomes the day before or after, as it must.

    >>> a_year_before(month_of(date(2024, 2, 10))).end
    datetime.date(2023, 3, 1)
    """
    last = _year_before(period.last)
    whole = period.end.day == 1 and period.start.day == 1
    end = period.end.replace(year=period.end.year - 1) if whole else last + _DAY
    return Period(_year_before(period.start), end, period.kind)


def month_of(day: date) -> Period:
    """The calendar month that `day` is in."""
    start = day.replace(day=1)
    return Period(start, _shift(start, 1), PeriodKind.MONTH)


def quarter_of(day: date) -> Period:
    """The calendar quarter that `day` is in."""
    start = date(day.year, day.month - (day.month - 1) % 3, 1)
    return Period(start, _shift(start, 3), PeriodKind.QUARTER)


def year_of(day: date) -> Period:
    """The calendar year that `day` is in."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), PeriodKind.YEAR)


def last_full_month(day: date) -> Period:
    """The last calendar month that is over on `day`.

    >>> last_full_month(date(2026, 11, 23)).id
    '2026-10'
    """
    return month_of(day).previous()


def trailing_months(n: int, *, last_full_month_before: date) -> Period:
    """The `n` calendar months that end with the last full one before the month of a day; ValueError unless n ≥ 1.

    >>> trailing_months(12, last_full_month_before=date(2026, 11, 23)).start
    datetime.date(2025, 11, 1)
    """
    if n < 1:
        raise ValueError(f"a period of {n} months has no days")
    end = month_of(last_full_month_before).start
    return Period(_shift(end, -n), end, PeriodKind.TRAILING)


def year_to_date(day: date) -> Period:
    """The calendar year of `day` up to and including `day`."""
    return Period(date(day.year, 1, 1), day + _DAY, PeriodKind.YTD)


def _shift(first: date, months: int) -> date:
    """The first day of the month that is `months` later than that of `first`, a first day of a month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _months_between(start: date, end: date) -> int:
    """How many months lie between two first days of months."""
    return (end.year - start.year) * 12 + end.month - start.month


def _year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
