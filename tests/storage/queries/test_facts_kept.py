"""Facts of the whole company are read as they are kept, those of a book are not."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from metrics.facts import CampaignTotals
from metrics.money import Rates, home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter, Definitions
from storage.facts_json import to_json
from storage.kept_facts import Key, begin, finish
from storage.queries.facts_kept import asked_as
from storage.queries.totals import Scope, Totals, all_totals, facts_by_period, facts_of, facts_read
from storage.schema import metadata
from storage.session import Session, reading
from tests.storage.queries import rows

MONTHS = tuple(month_of(date(2026, month, 1)) for month in (8, 9, 10, 11))
OCTOBER = MONTHS[2]
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
TOLD = CampaignTotals(9, 8, 7)
KEPT = sorted((totals for totals in all_totals().values() if totals.rests_on), key=lambda totals: totals.id)


def keep(db: Session, period: Period, facts: object = TOLD) -> None:
    key = Key("campaigns", period.start, period.end, asked_as(SCOPE, in_money=False))
    mark = begin(db.connection(), [key], ["campaign"])
    assert mark is not None
    assert finish(db.connection(), mark, {key: facts and to_json(facts)}) == 1


def test_a_month_is_read_as_it_is_kept(db: Session) -> None:
    keep(db, OCTOBER)
    assert facts_of(db, CampaignTotals, SCOPE) == TOLD
    assert facts_of(db, CampaignTotals, SCOPE._replace(period=MONTHS[1])) == CampaignTotals()
    assert facts_of(db, CampaignTotals, SCOPE._replace(book=BookFilter(segment="smb"))) == CampaignTotals()
    assert facts_of(db, CampaignTotals, SCOPE._replace(zone=ZoneInfo("Europe/Madrid"))) == CampaignTotals()


def test_of_several_months_the_others_are_read_now(db: Session) -> None:
    rows.add(db, "campaign", key="c", day=date(2026, 9, 9), sent=3, opened=2, clicked=1)
    keep(db, OCTOBER)
    nothing = CampaignTotals()
    assert facts_by_period(db, CampaignTotals, SCOPE, MONTHS) == [nothing, CampaignTotals(3, 2, 1), TOLD, nothing]


def test_what_could_not_be_read_ahead_is_read_now(db: Session) -> None:
    keep(db, OCTOBER, None)
    assert facts_of(db, CampaignTotals, SCOPE) == CampaignTotals()


def test_rates_and_definitions_tell_questions_apart() -> None:
    def asked(scope: Scope, *, in_money: bool = True) -> str:
        return asked_as(scope, in_money=in_money)

    dearer = SCOPE._replace(rates=Rates("USD", {"EUR": Fraction(2)}, OCTOBER.last))
    assert asked(dearer) != asked(SCOPE)
    assert asked(SCOPE._replace(rates=home_only("EUR", OCTOBER.last))) != asked(SCOPE)
    assert asked(SCOPE._replace(rates=home_only("USD", OCTOBER.start))) == asked(SCOPE)
    assert asked(dearer, in_money=False) == asked(SCOPE, in_money=False)
    assert asked(SCOPE._replace(definitions=Definitions(onboarding_days=31))) != asked(SCOPE)


# --- Declarations --------------------------------------------------------------------------------------------------

GONE_THROUGH = {"account"}
"""A new account has nothing that counts; who rests on a column of theirs says so."""


@pytest.mark.parametrize("totals", KEPT, ids=lambda totals: totals.id)
def test_a_kind_names_the_tables_that_it_reads(sqlite_engine: Engine, totals: Totals[Any]) -> None:
    with reading(sqlite_engine) as db:
        asked: list[str] = []
        db.connection().connection.driver_connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
        facts_read(db, totals, SCOPE, MONTHS[:2])
        totals.load(db, SCOPE)
        db.connection().connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
    words = {word.strip('"') for sql in asked for word in sql.replace(",", " ").replace("(", " ").split()}
    read = {name for name in metadata().tables if name in words or any(w.startswith(f"{name}.") for w in words)}
    if "mrr_rollup" in read:  # follows the ledger
        read = read - {"mrr_rollup"} | {"mrr_movement"}
    assert read - GONE_THROUGH <= set(totals.rests_on) <= read
