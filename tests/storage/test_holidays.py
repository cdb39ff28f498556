"""The days off of the countries that accounts are in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage.holidays import days_off, has_holidays, keep_holidays
from storage.session import Session, loading, reading
from tests.factories import accounts, import_files, stored, write_csv
from tests.storage.queries import rows

TODAY = date(2026, 11, 23)


def days(country: str, year: int, month: int) -> str:
    return " ".join(str(day.day) for day in sorted(days_off(country, year, year)) if day.month == month)


@pytest.mark.parametrize(
    ("country", "year", "month", "expected"),
    [
        ("ES", 2026, 12, "8 25 26 27 28 29 30 31"),
        ("ES", 2027, 1, "1 2 3 4 5 6"),
        ("ES", 2026, 5, "1 2 3"),
        ("ES", 2026, 10, "10 11 12"),
        ("DE", 2026, 5, "1 2 3 14 23 24 25"),
        ("US", 2026, 11, "11 26"),
        ("GB", 2026, 4, "3 4 5"),
        ("JP", 2026, 5, "1 2 3 4 5 6"),
        ("RU", 2027, 5, "1 2 3 4 5 6 7 8 9 10"),
        ("SA", 2026, 2, "20 21 22"),
        ("XX", 2026, 12, ""),
    ],
)
def test_holidays_come_with_the_weekend_beside_them_and_what_lies_between(country, year, month, expected):
    assert days(country, year, month) == expected


@given(st.sampled_from(("ES", "DE", "US", "BR", "IL")), st.integers(2020, 2030))
def test_a_year_is_the_same_whichever_years_are_asked_for(country: str, year: int):
    wide = {day for day in days_off(country, year - 2, year + 1) if day.year == year}
    assert wide == days_off(country, year, year)


def kept(db: Session) -> dict[str, tuple[date, date]]:
    """By country the first and the last day off that is kept."""
    found: dict[str, list[date]] = {}
    for country, day in db.connection().exec_driver_sql("SELECT country, day FROM holiday ORDER BY day"):
        found.setdefault(country, []).append(date.fromordinal(date(1970, 1, 1).toordinal() + day))
    return {country: (days[0], days[-1]) for country, days in found.items()}


def test_they_are_kept_for_the_countries_that_accounts_have_and_the_years_around(db: Session) -> None:
    for code in ("ES", "ES", "DE", "XX", None):
        rows.account(db, country_code=code)
    connection = db.connection()
    assert not has_holidays(connection, TODAY)
    assert keep_holidays(connection, TODAY) > 100
    assert kept(db) == {code: (date(2024, 1, 1), date(2027, 12, 31)) for code in ("ES", "DE")}
    assert has_holidays(connection, TODAY)
    assert keep_holidays(connection, TODAY) == 0


def test_a_new_year_moves_them_on_and_a_country_without_accounts_is_forgotten(db: Session) -> None:
    one = rows.account(db, country_code="ES")
    connection = db.connection()
    keep_holidays(connection, TODAY)
    new_year = date(2027, 1, 1)
    assert not has_holidays(connection, new_year)
    keep_holidays(connection, new_year)
    assert kept(db) == {"ES": (date(2025, 1, 1), date(2028, 12, 31))}
    connection.exec_driver_sql(f"UPDATE account SET country_code = 'FR' WHERE id = {one}")
    keep_holidays(connection, new_year)
    assert set(kept(db)) == {"FR"}


def test_accounts_that_come_in_bring_their_countrys_holidays(engine: Engine, tmp_path) -> None:
    countries = {"a1": "España", "a2": "Atlantis", "a3": ""}
    sent = [row for key, country in countries.items() for row in accounts(key, country=country)]
    import_files(engine, write_csv(tmp_path / "accounts.csv", sent))
    assert stored(engine, "SELECT country, country_code FROM account ORDER BY key") == [
        ("España", "ES"),
        ("Atlantis", None),
        (None, None),
    ]
    with reading(engine) as db:
        assert set(kept(db)) == {"ES"}
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1", country="")))
    assert stored(engine, "SELECT country_code FROM account WHERE key = 'a1'") == [(None,)]
    with loading(engine) as db:
        assert kept(db) == {}
