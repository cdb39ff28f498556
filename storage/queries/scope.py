"""Scope: what a figure is asked about."""

from datetime import tzinfo
from typing import NamedTuple

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter, Definitions


class Scope(NamedTuple):
    """What a figure is asked about."""

    period: Period
    """As far as it has come: a running period ends with today."""
    rates: Rates
    """Amounts are in `rates.home`."""
    zone: tzinfo
    book: BookFilter = BookFilter()
    definitions: Definitions = Definitions()
