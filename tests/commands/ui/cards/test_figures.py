from fractions import Fraction

import pytest

from commands.ui.cards.figures import moved, written
from commands.ui.text import translator
from metrics.types import Figure, Unit

EN = translator("en", strict=True)


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        (Unit.MONEY, 123_456, "$1,234.56"),
        (Unit.RATIO, Fraction(1, 8), "12.5%"),
        (Unit.COUNT, 1234, "1,234"),
        (Unit.SCORE, Fraction(425, 10), "42.5"),
        (Unit.SCORE, -7, "−7"),
        (Unit.MEAN, Fraction(43, 10), "4.30"),
        (Unit.MEAN, 4, "4"),
        (Unit.MEAN, Fraction(1, 3), "0.33"),
        (Unit.MONTHS, Fraction(49, 4), "12.3"),
        (Unit.DAYS, 1, "1 day"),
        (Unit.DAYS, Fraction(25, 2), "12.5 days"),
        (Unit.MINUTES, 0, "0 min"),
        (Unit.MINUTES, 45, "45 min"),
        (Unit.MINUTES, Fraction(1199, 20), "1 h"),
        (Unit.MINUTES, 210, "3.5 h"),
        (Unit.MINUTES, 1439, "24 h"),
        (Unit.MINUTES, 2880, "48 h"),
        (Unit.MINUTES, None, "n/a"),
        (Unit.DAYS, None, "n/a"),
        (Unit.MEAN, None, "n/a"),
    ],
)
def test_a_value_is_written_by_its_unit(unit: Unit, value: int | Fraction | None, expected: str) -> None:
    assert written(value, unit, "USD", EN) == expected


@pytest.mark.parametrize(
    ("unit", "now", "before", "expected"),
    [
        (Unit.MONEY, 110, 100, "▲ 10%"),
        (Unit.MONEY, -100, 100, "▼ $2"),
        (Unit.MONEY, 500, 0, "▲ $5"),
        (Unit.MONEY, 300, -200, "▲ $5"),
        (Unit.COUNT, 0, 4, "▼ 100%"),
        (Unit.COUNT, 4, 0, "▲ 4"),
        (Unit.COUNT, 0, 0, "unchanged"),
        (Unit.RATIO, Fraction(1, 2), Fraction(1, 4), "▲ 25\xa0pp"),
        (Unit.SCORE, 42, 37, "▲ 5"),
        (Unit.SCORE, 37, Fraction(3701, 100), "unchanged"),
        (Unit.MEAN, Fraction(41, 10), Fraction(43, 10), "▼ 0.20"),
        (Unit.MINUTES, 30, 150, "▼ 2 h"),
        (Unit.DAYS, 12, 15, "▼ 3 days"),
        (Unit.DAYS, None, 15, None),
        (Unit.RATIO, Fraction(1), None, None),
    ],
)
def test_a_change_is_told_as_suits_its_unit(
    unit: Unit, now: int | Fraction | None, before: int | Fraction | None, expected: str | None
) -> None:
    assert moved(Figure(now, {}), Figure(before, {}), unit, "USD", EN) == expected
