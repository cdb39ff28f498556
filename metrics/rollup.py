"""The monthly roll-up of the ledger: what one account adds to each month's sums, so that a company's need no reading.

Every measure is a plain sum over accounts. An account's part can be taken away and put back when its lines change, and
an account whose MRR is in several currencies has none: only a report's rates can tell what its days came to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from metrics.types import Cause, Movement, MovementKind

MONTH: Final = 1
YEAR: Final = 12
"""The windows that are kept, in months: each calendar month, and the twelve months that end with it."""

NET: Final = "net"
"""Closing less opening MRR."""
CUSTOMERS: Final = "customers"
"""Customers at closing less customers at opening."""
WON: Final = "won"
RETAINED: Final = "retained"
"""Closing less opening MRR of the customers at opening."""
KEPT: Final = "kept"
"""The sum of min(opening, closing) less opening MRR of the customers at opening."""
LOST: Final = "lost"
"""With a cause: customers at opening that are none at closing, by the cause of their last churn in the window."""

ARRIVALS: Final = frozenset({MovementKind.NEW, MovementKind.REACTIVATION})


class Part(NamedTuple):
    """One sum: of `measure` in the window of so many `months` that ends with the month beginning on `month`."""

    months: int
    month: date
    measure: str


def measure_of(what: str, cause: Cause | None) -> str:
    """The name of a measure that is kept by cause: a movement's kind, or LOST."""
    return f"{what} {cause.value if cause else ''}"


def what_and_cause(measure: str) -> tuple[str, Cause | None]:
    """The kind (or LOST) and the cause that `measure_of` put into a name."""
    what, _, cause = measure.partition(" ")
    return what, Cause(cause) if cause else None


def is_mixed(lines: Sequence[Movement]) -> bool:
    """Whether an account's lines are in several currencies, so that it is left out of the roll-up."""
    return len({line.currency for line in lines}) > 1


def parts(lines: Sequence[Movement], worth: Callable[[int], int] = int) -> Mapping[Part, int]:
    """What ONE account with `lines` of one currency, in order of day, adds to the sums; measures of 0 are left out.

    `worth` converts MRR into the currency of the sums. Whether somebody is a customer is never a matter of rates.
    """
    months = [_Month.of(number, list(found)) for number, found in groupby(lines, key=lambda line: _number(line.day))]
    sums: defaultdict[Part, int] = defaultdict(int)
    for month in months:
        first = _first_day(month.number)
        for line in month.lines:
            if line.kind is not None:
                moved = measure_of(line.kind.value, line.cause)
                sums[Part(MONTH, first, moved)] += abs(worth(line.after) - worth(line.before))
        sums[Part(MONTH, first, NET)] += worth(month.closing) - worth(month.opening)
        sums[Part(MONTH, first, CUSTOMERS)] += (month.closing > 0) - (month.opening > 0)
        for measure, value in _fate(month.opening, month.closing, month.left, worth):
            sums[Part(MONTH, first, measure)] += value
    for number, opening, closing, left in _years(months):
        for measure, value in _fate(opening, closing, left, worth):
            sums[Part(YEAR, _first_day(number), measure)] += value
    return {part: value for part, value in sums.items() if value}


class _Month(NamedTuple):
    """A month in which an account's MRR moved."""

    number: int
    lines: list[Movement]
    opening: int
    closing: int
    left: Cause | None
    """The cause of its last churn in the month; None: it did not churn."""

    @classmethod
    def of(cls, number: int, lines: list[Movement]) -> "_Month":
        churns = [line.cause or Cause.OTHER for line in lines if line.kind is MovementKind.CHURN]
        return cls(number, lines, lines[0].before, lines[-1].after, churns[-1] if churns else None)


def _years(months: Sequence[_Month]) -> Iterator[tuple[int, int, int, Cause | None]]:
    """Each window of twelve months in which something moved: its last month, opening, closing, and last churn."""
    ends = sorted({month.number + later for month in months for later in range(YEAR)})
    first = last = 0
    for end in ends:
        while last < len(months) and months[last].number <= end:
            last += 1
        while months[first].number <= end - YEAR:
            first += 1
        within = months[first:last]
        left = next((month.left for month in reversed(within) if month.left is not None), None)
        yield end, within[0].opening, within[-1].closing, left


def _fate(opening: int, closing: int, left: Cause | None, worth: Callable[[int], int]) -> Iterator[tuple[str, int]]:
    """What came of the account between the two ends of a window."""
    if opening > 0:
        change = worth(closing) - worth(opening)
        yield RETAINED, change
        yield KEPT, min(change, 0)
        if closing == 0:
            yield measure_of(LOST, left or Cause.OTHER), 1
    elif closing > 0:
        yield WON, 1


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
