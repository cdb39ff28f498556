"""The ingredients of the health score: each module declares one FACTOR."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.judging import Factor


@cache
def all_factors() -> Mapping[str, Factor]:
    """Every factor, by its id."""
    return collect(import_module(__name__), "FACTOR", Factor)
