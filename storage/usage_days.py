"""The roll-up of usage by day and feature (usage_day), kept in the transaction that writes the usage."""

from collections.abc import Iterable
from datetime import date
from itertools import compress

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.entity import Done, Values
from storage.schema import metadata

COUNTED = ("sessions", "events", "minutes")


def follow(connection: Connection, values: Values) -> Done:
    """After usage is stored: note the days and features of those rows that tell of use."""
    return lambda: note_use(connection, _days_of_use(values))


def _days_of_use(values: Values) -> set[tuple[date, str]]:
    """The days and features of rows that tell of use, which is what storage.queries.use asks in SQL.

    A row does unless all that it counts is zero; one that counts nothing does by being there.
    """
    days, features = values["day"], values.get("feature") or [""] * len(values["day"])
    counts = [values[name] for name in COUNTED if name in values]
    if not counts:
        return set(zip(days, features, strict=True))
    silent = (None,) * len(counts)
    counted = compress(zip(days, features, strict=True), map(any, zip(*counts, strict=True)))
    uncounted = compress(zip(days, features, strict=True), map(silent.__eq__, zip(*counts, strict=True)))
    return {*counted, *uncounted}


def note_use(connection: Connection, days: Iterable[tuple[date, str]]) -> None:
    """Remember that on each of these days somebody used that feature (empty text: unnamed); known ones are left.

    A day stays noted when its use is later corrected to nothing.
    """
    rows = [{"day": day, "feature": feature} for day, feature in sorted(set(days))]
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(metadata().tables["usage_day"]).on_conflict_do_nothing(), rows)
