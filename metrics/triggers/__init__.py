"""What asks by itself: each module declares one TRIGGER."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from metrics.catalog import collect
from metrics.triggering import Trigger


@cache
def all_triggers() -> Mapping[str, Trigger]:
    """Every trigger, by its id."""
    return collect(import_module(__name__), "TRIGGER", Trigger)
