"""The wheel, installed alone into an empty environment and run from another folder, is the whole product."""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot import __version__
from tests.bot.small_company import LATER, write_known_by

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install")


def run(*words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What the command printed; the test fails with all it said if it did."""
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def latido(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the locked requirements and the wheel, nothing else."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, *PIP, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(python, *PIP, "--no-deps", wheel)
    return folder / "bin" / "latido"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings for a store of its own, and none of ours."""
    store = tmp_path_factory.mktemp("store") / "latido.db"
    ours = {
        name: value for name, value in os.environ.items() if not re.match("LATIDO_|SLACK_|PYTHON|VIRTUAL_ENV", name)
    }
    return {**ours, "LATIDO_DATABASE_URL": f"sqlite:///{store}"}


def source_files(*suffixes: str) -> Iterator[str]:
    for room in ("bot", "commands", "metrics", "storage"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in suffixes:
                yield path.relative_to(ROOT).as_posix()


def test_everything_that_the_packages_need_is_in_it(wheel: Path) -> None:
    packed = set(ZipFile(wheel).namelist())
    needed = set(source_files(".py", ".po", ".mako", ".html", ".css", ".js", ".svg"))
    assert {Path(name).suffix for name in needed} >= {".py", ".po", ".mako", ".html", ".css", ".js"}
    assert needed <= packed


def test_nothing_else_is_in_it(wheel: Path) -> None:
    rooms = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert rooms == {"bot", "commands", "metrics", "storage", f"latido-{__version__}.dist-info"}


def test_it_answers_from_another_folder(latido: Path, environment: dict[str, str], tmp_path: Path) -> None:
    def call(*words: str) -> str:
        return run(latido, *words, cwd=Path("/"), env=environment)

    files = write_known_by(tmp_path / "files", LATER)
    assert call("--version") == f"latido {__version__}\n"
    assert '"/health"' in call("manifest")
    assert "3 read, 3 new" in call("import", str(files))
    assert call("job", "snapshot", "--at", "2026-11-23") == "2026-11-22: 2 accounts scored\n"
    assert call("ask", "/mrr 2026-10").startswith("MRR $1,")
    assert "MRR" in call("ask", "/mrr 2026-10", "--language", "ru", "--charts", str(tmp_path / "charts"))
    assert len(list((tmp_path / "charts").glob("*.png"))) == 1
