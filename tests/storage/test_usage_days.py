"""The roll-up of usage by day."""

from datetime import date
from typing import Any

from sqlalchemy import select

from storage.queries.tables import usage_day
from storage.session import Session
from storage.usage_days import follow, note_use

DAY = date(2026, 11, 1)


def noted(db: Session) -> list[tuple[date, str]]:
    return [(day, feature) for day, feature in db.execute(select(usage_day).order_by(*usage_day.c))]


def test_a_day_and_feature_is_noted_once(db: Session) -> None:
    note_use(db.connection(), [(DAY, "a"), (DAY, "a"), (DAY, "")])
    note_use(db.connection(), [(DAY, "a"), (DAY, "b")])
    note_use(db.connection(), [])
    assert noted(db) == [(DAY, ""), (DAY, "a"), (DAY, "b")]


def test_only_rows_that_tell_of_use_are_noted(db: Session) -> None:
    columns: dict[str, list[Any]] = {
        "day": [DAY] * 4,
        "feature": ["zeros", "minutes", "unknown", "sessions"],
        "sessions": [0, None, None, 2],
        "minutes": [0.0, 1.5, None, 0.0],
    }
    done = follow(db.connection(), columns)
    assert noted(db) == []
    done()
    assert [feature for _, feature in noted(db)] == ["minutes", "sessions", "unknown"]


def test_a_file_without_features_notes_its_days(db: Session) -> None:
    follow(db.connection(), {"day": [DAY]})()
    assert noted(db) == [(DAY, "")]
