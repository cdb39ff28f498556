"""Periods that follow one another as SQL: rows of all of them are read in one pass, each with its period's number."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, case, literal_column

from metrics.periods import Period
from storage.queries.asking import midnight


class Consecutive(NamedTuple):
    """Several periods by the days, or moments, at which they begin and end."""

    start: date | datetime
    ends: tuple[date | datetime, ...]

    def during(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """The column is in one of the periods."""
        return and_(column >= self.start, column < self.ends[-1])

    def number(self, column: ColumnElement[Any]) -> ColumnElement[int]:
        """The number, from 0 on, of the period that the column is in; it must be in one of them."""
        return case(
            *((column < end, literal_column(str(number))) for number, end in enumerate(self.ends)),
            else_=literal_column(str(len(self.ends) - 1)),
        ).label("number")

    def key(self, column: ColumnElement[Any]) -> tuple[ColumnElement[int], tuple[ColumnElement[int], ...]]:
        """That number, and what to group by for the rows of each period; a single period's are one group.

        To sort the rows of a month by what is the same in all of them triples the price of adding them up. Mind that
        sums without a group are None where there are no rows.
        """
        if len(self.ends) == 1:
            return literal_column("0", Integer).label("number"), ()
        number = self.number(column)
        return number, (number,)


def days_of(periods: Sequence[Period]) -> Consecutive:
    """For columns of days; ValueError unless the periods follow one another without a gap."""
    _check(periods)
    return Consecutive(periods[0].start, tuple(period.end for period in periods))


def moments_of(periods: Sequence[Period], zone: tzinfo) -> Consecutive:
    """For columns of moments, a day beginning at midnight in `zone`; ValueError as for `days_of`."""
    _check(periods)
    return Consecutive(midnight(periods[0].start, zone), tuple(midnight(period.end, zone) for period in periods))


def _check(periods: Sequence[Period]) -> None:
    if not periods or any(before.end != after.start for before, after in pairwise(periods)):
        raise ValueError("the periods must follow one another without a gap")
