"""Find the plug-ins of a package: one module, one declared constant."""

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol, TypeVar

from metrics.errors import BadDeclaration


class Declaration(Protocol):
    """What every declared constant has: an id that people and stored rows may refer to forever."""

    @property
    def id(self) -> str:
        """Frozen: stored rows, buttons in old messages and people's scripts refer to it."""
        ...


D = TypeVar("D", bound=Declaration)


def collect(package: ModuleType, constant: str, kind: type[D]) -> dict[str, D]:
    """Return what each module directly in `package` declares as `constant`, by its id, in order of module name.

    A module without the constant, with one of another type, or with an id that a sibling has already
    taken is a BadDeclaration: a plug-in that is silently left out would be missed only in production.
    Packages below `package` and names with a leading underscore are no plug-ins.
    """
    found: dict[str, D] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if info.ispkg or info.name.startswith("_"):
            continue
        name = f"{package.__name__}.{info.name}"
        declared = getattr(importlib.import_module(name), constant, None)
        if not isinstance(declared, kind):
            raise BadDeclaration(f"{name} must declare {constant} = {kind.__name__}(…), found {declared!r}")
        if declared.id in found:
            raise BadDeclaration(f"{name} declares the id {declared.id!r}, which another module has taken")
        found[declared.id] = declared
    return found
