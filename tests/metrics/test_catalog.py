"""A folder's declarations are all found, and a wrong one is an error rather than missed."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from metrics.catalog import collect
from metrics.errors import BadDeclaration
from tests.metrics import test_catalog as this

Make = Callable[..., ModuleType]


@dataclass(frozen=True)
class Plug:
    """What the modules below declare."""

    id: str


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Write a package of modules, importable for this test alone."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(name: str, **modules: str) -> ModuleType:
        folder = tmp_path / name
        (folder / "below").mkdir(parents=True)
        for file in ("__init__.py", "below/__init__.py"):
            (folder / file).write_text("")
        for module, declared in modules.items():
            (folder / f"{module}.py").write_text(f"from {this.__name__} import Plug\n{declared}\n")
        return import_module(name)

    before = set(sys.modules)
    yield make
    for module in set(sys.modules) - before:
        if module.startswith("plugs_"):
            del sys.modules[module]


def test_declarations_are_found_in_the_order_of_their_modules(package):
    plugs = package("plugs_good", b="PLUG = Plug('x')", a="PLUG = Plug('y')")
    assert list(collect(plugs, "PLUG", this.Plug)) == ["y", "x"]


def test_packages_below_and_private_modules_are_no_plug_ins(package):
    plugs = package("plugs_private", a="PLUG = Plug('y')", _shared="")
    assert list(collect(plugs, "PLUG", this.Plug)) == ["y"]


@pytest.mark.parametrize("declared", ["", "PLUG = 'x'", "PLUG = Plug", "PLUGS = Plug('x')"])
def test_a_module_that_does_not_declare_it_is_an_error(package, declared):
    plugs = package("plugs_bad", a=declared)
    with pytest.raises(BadDeclaration, match=r"plugs_bad\.a must declare PLUG = Plug"):
        collect(plugs, "PLUG", this.Plug)


def test_an_id_is_declared_once(package):
    plugs = package("plugs_twice", a="PLUG = Plug('x')", b="PLUG = Plug('x')")
    with pytest.raises(BadDeclaration, match=r"plugs_twice\.b declares the id 'x'"):
        collect(plugs, "PLUG", this.Plug)
