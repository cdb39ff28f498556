"""The figures: each module declares one METRIC."""

from importlib import import_module

from metrics.catalog import collect
from metrics.types import Metric


def all_metrics() -> dict[str, Metric]:
    """Every metric, by its id."""
    return collect(import_module(__name__), "METRIC", Metric)
