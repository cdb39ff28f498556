"""The house keeps its order: who imports whom, what lies where, and that whatever multiplies is tested at its place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "commands", "metrics", "storage")
TOP_LEVEL = {
    *ROOMS,
    *("benchmarks", "docs", "tests", ".ci", ".github"),
    *(".dockerignore", ".env.example", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile"),
    *("LICENSE", "Makefile", "README.md", "SECURITY.md", "compose.yaml", "pyproject.toml"),
    *("requirements-dev.lock", "requirements.lock"),
}
IN_ROOMS = {".py", ".po", ".mako", ".html", ".css", ".js", ".svg"}
"""What the four packages are made of; nothing binary, nothing generated."""

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "date.today", "time.time"}

PLUGINS = {
    "bot/cli": "VERB",
    "bot/jobs": "JOB",
    "commands": "COMMAND",
    "commands/ui/charts": "CHART",
    "metrics/factors": "FACTOR",
    "metrics/formulas": "METRIC",
    "metrics/playbooks": "PLAYBOOK",
    "metrics/rules": "RULE",
    "metrics/triggers": "TRIGGER",
    "storage/importers": "IMPORTER",
}
"""Where each kind of plug-in lives, and the constant that each module there declares."""


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def plugins() -> list[tuple[str, str]]:
    """Every plug-in's module and the constant that it must declare."""
    return [
        (path.relative_to(ROOT).as_posix(), constant)
        for folder, constant in PLUGINS.items()
        for path in sorted((ROOT / folder).glob("*.py"))
        if not path.name.startswith("_")
    ]


def called(names: set[str], *rooms: str) -> list[str]:
    """Where one of these is called, as it is written: `datetime.now` for example."""
    return [
        f"{path}:{node.lineno}"
        for path, tree in modules(*rooms)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names
    ]


def files() -> list[Path]:
    """Every file that belongs to the project: what git tracks, and what it would track."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone of the repository")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in found.split("\0") if name and (ROOT / name).exists()]


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_lies_around() -> None:
    assert {path.parts[0] for path in files()} <= TOP_LEVEL


def test_packages_hold_source_alone() -> None:
    assert [str(path) for path in files() if path.parts[0] in ROOMS and path.suffix not in IN_ROOMS] == []


def test_every_module_says_what_it_is() -> None:
    assert [path for path, tree in modules(*ROOMS, "benchmarks") if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize(("path", "constant"), plugins())
def test_a_plugin_declares_its_constant(path: str, constant: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {target.id for node in tree.body for target in assigned(node) if isinstance(target, ast.Name)}
    assert constant in names


def assigned(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


@pytest.mark.parametrize("path", [path for path, _ in plugins()])
def test_a_plugin_has_a_test_at_the_mirrored_path(path: str) -> None:
    module = Path(path)
    test = Path("tests") / module.parent / f"test_{module.stem.strip('_')}.py"
    assert (ROOT / test).exists(), f"{path} needs {test}"


def test_only_the_bot_knows_what_time_it_is() -> None:
    assert called(CLOCKS, "commands", "metrics", "storage") == []


def test_only_the_terminal_prints() -> None:
    assert [place for place in called({"print"}, *ROOMS) if not place.startswith("bot/cli/")] == []


def test_charts_are_drawn_without_pyplot() -> None:
    assert [path for path, tree in modules(*ROOMS) if any("pyplot" in name for name in imported(tree))] == []


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
