"""A figure as programs read it: exact, in one shape for the terminal, files and whatever else is not read by people."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

from commands.core.metric_values import By, Group, Measured
from metrics.arithmetic import half_even
from metrics.types import DataCoverage, Definitions, Unit

DIGITS: Final = 12
"""Decimals of whatever is a fraction."""


class Filters(NamedTuple):
    """What was asked for: None is no restriction, an empty text the accounts that have none."""

    segment: str | None = None
    csm: str | None = None
    plan: str | None = None
    account: str | None = None
    """The key of one account (the contract's account_id)."""


class Behind(NamedTuple):
    """How good the data behind a figure is."""

    coverage: DataCoverage
    """Of the whole company, on the figure's last day."""
    imported_on: Mapping[str, date | None]
    """When each entity that the figure rests on last came in; None: never."""


def as_json(measured: Measured, group: Group, by: By | None, filters: Filters, behind: Behind) -> dict[str, Any]:
    """One figure of one group, `by` None where nothing was split; the period is the one it was computed for.

    `end` is the day after the period's last; `as_of`, the last, is the day at whose end the figure stands.
    """
    metric, figure = measured
    currency = group.scope.rates.home
    period = group.scope.period
    return {
        "metric": metric.id,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "filters": filters._asdict(),
        **({} if by is None else {"group": {"by": by.value, "name": group.name}}),
        "value": exact(figure.value, metric.unit, currency),
        "unit": metric.unit.value,
        "inputs": {
            **{name: exact(value, metric.terms[name].unit, currency) for name, value in figure.inputs.items()},
            **({"counted_in": _hours(group.scope.definitions)} if metric.in_business_hours else {}),
        },
        "as_of": period.last.isoformat(),
        "coverage": {
            "customers": behind.coverage.customers,
            "with_usage": behind.coverage.with_usage,
            "usage_until": _day(behind.coverage.usage_until),
            "imported_on": {entity: _day(day) for entity, day in behind.imported_on.items()},
            "stopped": {
                entity: _day(stop.last_on)
                for entity, stop in behind.coverage.stopped.items()
                if entity in behind.imported_on
            },
        },
    }


def exact(value: int | Fraction | None, unit: Unit, currency: str) -> int | str | dict[str, Any] | None:
    """A value without a float: money to its minor unit, whole numbers as they are, fractions as decimal texts.

    >>> exact(Fraction(2, 3), Unit.RATIO, "EUR"), exact(Fraction(5, 2), Unit.MONEY, "EUR"), exact(4, Unit.COUNT, "EUR")
    ('0.666666666667', {'minor': 2, 'currency': 'EUR'}, 4)
    """
    if value is None:
        return None
    if unit is Unit.MONEY:
        return {"minor": half_even(value.numerator, value.denominator), "currency": currency}
    return value if isinstance(value, int) else decimal(value)


def decimal(value: Fraction) -> str:
    """A fraction with DIGITS digits after the point, rounded half-even once.

    >>> decimal(Fraction(-1, 8)), decimal(Fraction(3))
    ('-0.125000000000', '3.000000000000')
    """
    units = half_even(value.numerator * 10**DIGITS, value.denominator)
    whole, rest = divmod(abs(units), 10**DIGITS)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{DIGITS}}"


def _hours(definitions: Definitions) -> str:
    """Which hours count, in the words of the setting."""
    hours = definitions.business_hours
    return "calendar hours" if hours is None else f"business hours {hours}"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
