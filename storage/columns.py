"""Column types that the tables share."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Dialect, Integer
from sqlalchemy.types import TypeDecorator

_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970-01-01: how the tall tables keep a day."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day that `number` (days since 1970-01-01) stands for."""
    return _EPOCH + timedelta(days=number)


class Day(TypeDecorator[date]):
    """A date kept as an integer (days since 1970-01-01): small, fast to group by and the same on every database."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Date to number."""
        return None if value is None else day_number(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:  # noqa: ANN401, ARG002
        """Number to date."""
        return None if value is None else day_of(value)
