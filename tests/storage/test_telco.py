"""Real input: the published churn figures come out of the imported ledger, to the cent."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.columns import day_number
from tests.factories import import_files, stored

TELCO = Path(__file__).parents[2].parent / "shared" / "data" / "telco"
START, END = day_number(date(2026, 10, 1)), day_number(date(2026, 11, 1))

OPENING = f"SELECT count(DISTINCT account_id), sum(after - before) FROM mrr_movement WHERE day < {START}"
OCTOBER = f"""
    SELECT kind, count(*), sum(after - before) FROM mrr_movement WHERE day >= {START} AND day < {END} GROUP BY kind
"""
BY_SEGMENT = f"""
    SELECT segment, count(DISTINCT account.id), sum(CASE WHEN kind = 'churn' THEN 1 ELSE 0 END)
    FROM account JOIN mrr_movement ON account_id = account.id WHERE day < {END} GROUP BY segment ORDER BY segment
"""


def test_october_2026_comes_out_as_published(engine: Engine) -> None:
    if not TELCO.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{TELCO} is missing")
        pytest.skip("the Telco sample is not beside the project")
    report = import_files(engine, TELCO, home_currency="USD")
    assert report.flawless
    assert [(file.entity, file.new) for file in report.files] == [("accounts", 7_043), ("subscriptions", 7_043)]

    ((customers, opening),) = stored(engine, OPENING)
    assert (customers, opening) == (7_043, 45_611_660)
    opening = int(opening)
    ((kind, lost, churned),) = stored(engine, OCTOBER)
    assert (kind, lost, -churned) == ("churn", 1_869, 13_913_085)
    assert round(100 * lost / customers, 2) == 26.54
    assert round(-100 * int(churned) / opening, 2) == 30.50
    assert round(opening / customers / 100, 2) == 64.76
    shares = {segment: round(100 * gone / there, 2) for segment, there, gone in stored(engine, BY_SEGMENT)}
    assert shares == {"monthly": 42.71, "one-year": 11.27, "two-year": 2.83}
