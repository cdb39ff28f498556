"""The ingredients of the health score: each module declares one FACTOR."""

from importlib import import_module

from metrics.catalog import collect
from metrics.types import Factor


def all_factors() -> dict[str, Factor]:
    """Every factor, by its id."""
    return collect(import_module(__name__), "FACTOR", Factor)
