"""What a figure is asked about: days, accounts, exchange rates."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from tests.scenarios.oracle.files import ZONE, Record

Convert: TypeAlias = Callable[[int, str], int]
"""Minor units of a currency in minor units of the company's."""


class Asked(NamedTuple):
    """The days from `start` up to, not including, `end`, of some accounts."""

    start: date
    end: date
    accounts: frozenset[str]
    everybody: bool
    """Nobody is left out: what belongs to no account counts too."""
    convert: Convert

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)

    def during(self, day: date | None) -> bool:
        """The day is known and one of them."""
        return day is not None and self.start <= day < self.end

    def at(self, moment: datetime | None) -> bool:
        """The moment is known and on one of them, by the clocks of the company."""
        return moment is not None and self.during(moment.astimezone(ZONE).date())

    def of(self, records: Iterable[Record]) -> list[Record]:
        """Those of the accounts."""
        return [record for record in records if self.everybody or record["account_id"] in self.accounts]

    def since(self, start: date) -> "Asked":
        """The same, from another day on."""
        return self._replace(start=start)


def months_before(end: date, count: int) -> date:
    """The first day of the month so many months before that of `end`."""
    year, month = divmod(end.year * 12 + end.month - 1 - count, 12)
    return date(year, month + 1, 1)
