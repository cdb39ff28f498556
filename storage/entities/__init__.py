"""The entities of the data contract, one declaration a module."""

import sys
from collections.abc import Mapping

from metrics.catalog import collect
from metrics.errors import BadDeclaration
from storage.entity import Entity


def all_entities() -> Mapping[str, Entity]:
    """Every entity by its id, each after those that it refers to."""
    waiting = collect(sys.modules[__name__], "ENTITY", Entity)
    ordered: dict[str, Entity] = {}
    while waiting:
        ready = [name for name, entity in waiting.items() if entity.refers_to <= ordered.keys()]
        if not ready:
            raise BadDeclaration(f"these entities refer to each other in a circle: {', '.join(waiting)}")
        ordered |= {name: waiting.pop(name) for name in ready}
    return ordered
