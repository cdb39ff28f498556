"""Bring a database to the schema of this version; Alembic's scripts lie inside the package."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage.errors import SchemaBehind


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply what is missing, all of it or nothing."""
    with _writing(engine) as connection, connection.begin():
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to `revision` ("base" is the empty database); what later revisions held is lost."""
    with _writing(engine) as connection, connection.begin():
        command.downgrade(_config(connection), revision)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the schema that this version needs."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(_config()).get_heads())


def require_current(engine: Engine) -> None:
    """Raise SchemaBehind unless the database has the schema that this version needs."""
    if not is_current(engine):
        raise SchemaBehind("The database does not have the schema of this version: run `latido migrate`.")


def draft(engine: Engine, message: str) -> None:
    """Write the next revision: what the models have and `engine`, which is current, has not."""
    with _writing(engine) as connection, connection.begin():
        config = _config(connection)
        number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")


def _writing(engine: Engine) -> Connection:
    return engine.connect().execution_options(latido_begin="IMMEDIATE")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
