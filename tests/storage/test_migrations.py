"""The migrations: from nothing to the models and back, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect

from metrics.types import LedgerRules
from storage import migrate
from storage.errors import SchemaBehind
from storage.ledger import keep_rules
from storage.schema import metadata
from tests.factories import NOW, accounts, contents, import_files, stored, subscription, write_csv


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata()))


def checks(tables: MetaData) -> set[tuple[str, str]]:
    return {
        (table.name, str(constraint.name))
        for table in tables.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }


def test_models_and_migrations_agree(engine: Engine) -> None:
    assert differences(engine) == []


def test_every_check_of_the_models_is_in_the_database(engine: Engine) -> None:
    found = inspect(engine)
    names = {(table, str(check["name"])) for table in metadata().tables for check in found.get_check_constraints(table)}
    assert names == {
        (table, f"ck_{table}_{name}" if not name.startswith("ck_") else name) for table, name in checks(metadata())
    }


def test_a_database_can_go_back_to_nothing_and_forth_again(engine: Engine) -> None:
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert not migrate.is_current(engine)
    migrate.upgrade(engine)
    assert migrate.is_current(engine)
    assert differences(engine) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert differences(engine) == []


def test_an_unmigrated_database_is_refused_with_the_command_that_mends_it(engine: Engine) -> None:
    migrate.require_current(engine)
    migrate.downgrade(engine, "base")
    with pytest.raises(SchemaBehind, match="latido migrate"):
        migrate.require_current(engine)


def without_rowid(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        yield from connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE wr = 1").scalars()


def test_the_tall_tables_are_clustered_by_their_key_on_sqlite(sqlite_engine: Engine) -> None:
    assert set(without_rowid(sqlite_engine)) >= {"usage", "mrr_movement", "health_snapshot"}


def test_an_older_store_has_its_ledger_built_anew_when_it_is_opened(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1", segment="smb", renewal_on="2026-12-01")))
    import_files(engine, write_csv(tmp_path / "subscriptions.csv", [subscription("s1", "a1")]))
    right = contents(engine)
    migrate.downgrade(engine, "0001")
    assert not migrate.is_current(engine)
    migrate.upgrade(engine)
    assert contents(engine)["mrr_movement"] == []
    keep_rules(engine, LedgerRules(), NOW.date())
    right["touched_account"] = []  # no table of an older store
    assert contents(engine) == right
    assert all(right[table] for table in ("mrr_movement", "mrr_rollup", "renewal"))


def test_the_countries_of_an_older_stores_accounts_are_understood(engine: Engine, tmp_path: Path) -> None:
    countries = {"a1": "España", "a2": "Spain", "a3": "us", "a4": "Atlantis", "a5": ""}
    sent = [row for key, country in countries.items() for row in accounts(key, country=country)]
    import_files(engine, write_csv(tmp_path / "accounts.csv", sent))
    right = contents(engine)["account"]
    migrate.downgrade(engine, "0003")
    migrate.upgrade(engine)
    assert contents(engine)["account"] == right
    codes = stored(engine, "SELECT country_code FROM account ORDER BY key")
    assert codes == [("ES",), ("ES",), ("US",), (None,), (None,)]


def test_the_slack_ids_of_an_older_stores_contacts_stand_in_the_data(engine: Engine, tmp_path: Path) -> None:
    people = [
        {"contact_id": key, "account_id": "a1", "name": key, "slack_user_id": user}
        for key, user in (("c1", "U0ANA"), ("c2", ""))
    ]
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    import_files(engine, write_csv(tmp_path / "contacts.csv", people))
    right = contents(engine)["contact"]
    migrate.downgrade(engine, "0005")
    migrate.upgrade(engine)
    assert contents(engine)["contact"] == right
    known = [("U0ANA", "U0ANA"), (None, None)]
    assert stored(engine, "SELECT given_user_id, slack_user_id FROM contact ORDER BY key") == known
