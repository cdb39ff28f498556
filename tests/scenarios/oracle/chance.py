"""Days and moments at random, more often than not where figures go wrong: at the ends of months, around midnight."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from typing import Final

from tests.scenarios.oracle.files import ZONE

SINCE, UNTIL = date(2025, 8, 1), date(2026, 11, 22)
"""What happens at random happens on these days."""
CLOCKS: Final = (date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25))
"""Clocks in Madrid go back, forward and back."""
_ENDS: Final = (
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 9, 30),
    date(2026, 10, 1),
    date(2026, 10, 31),
    date(2026, 11, 1),
)
_EDGES: Final = (time(0, 0), time(0, 30), time(1, 59, 59), time(2, 30), time(3, 0), time(23, 30), time(23, 59, 59))


def a_day(random: Random) -> date:
    """A day."""
    if random.random() < 0.3:
        return random.choice(_ENDS)
    return SINCE + timedelta(days=random.randrange((UNTIL - SINCE).days + 1))


def maybe_day(random: Random, unknown: float = 0.3) -> str:
    """A day as a cell, sometimes empty."""
    return "" if random.random() < unknown else a_day(random).isoformat()


def a_moment(random: Random) -> datetime:
    """A moment, in UTC."""
    day = random.choice(CLOCKS) if random.random() < 0.1 else a_day(random)
    if random.random() < 0.5:
        clock = random.choice(_EDGES)
        return datetime.combine(day, clock, ZONE).replace(fold=random.randint(0, 1)).astimezone(UTC)
    return datetime.combine(day, time(), UTC) + timedelta(seconds=random.randrange(86_400))


def cell(random: Random, moment: datetime) -> str:
    """The moment as somebody may write it: with Z, an offset of anywhere, or none, where that says which is meant."""
    here = moment.astimezone(ZONE)
    wall = here.replace(tzinfo=None, fold=0)
    sure = wall.replace(tzinfo=ZONE).astimezone(UTC) == moment
    elsewhere = moment.astimezone(timezone(timedelta(hours=random.randint(-11, 13), minutes=random.choice((0, 30)))))
    ways = [moment.isoformat().replace("+00:00", "Z"), here.isoformat(), elsewhere.isoformat()]
    return random.choice([*ways, wall.isoformat()] if sure else ways)
