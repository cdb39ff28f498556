"""The figures: each module declares one METRIC."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from metrics.catalog import collect
from metrics.types import Metric


@cache
def all_metrics() -> Mapping[str, Metric[Any]]:
    """Every metric, by its id."""
    return collect(import_module(__name__), "METRIC", Metric)
