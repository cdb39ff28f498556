"""The ledger's job: due when the day's rates are other ones, and then not any more."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.ledger import JOB
from commands.core.request import Company
from storage.queries import tables
from storage.session import reading, transaction
from tests.factories import NOW
from tests.storage.queries import rows

DAY = date(2026, 11, 22)


def test_it_is_due_until_the_sums_are_kept_at_the_days_rates(engine: Engine) -> None:
    job = JobContext(engine, Company("USD", ZoneInfo("UTC")), DAY, NOW)
    assert JOB.due(job) == ()
    with transaction(engine) as db:
        account = rows.account(db)
        rows.subscribe(db, account, rows.paid(DAY - timedelta(days=90), currency="EUR"))
        for day, rate in ((DAY - timedelta(days=60), "1.1"), (DAY, "1.2")):
            rows.add(db, "fx_rate", currency="EUR", day=day, rate=rate)
    assert JOB.due(job) == (DAY,)
    assert JOB.run(job) == "the ledger and its monthly sums are up to date"
    assert JOB.due(job) == ()
    assert kept(engine) == {"", "USD 11/10", "USD 6/5"}
    with transaction(engine) as db:
        rows.add(db, "fx_rate", currency="EUR", day=DAY + timedelta(days=1), rate="1.3")
    assert JOB.due(job) == (DAY,)


def kept(engine: Engine) -> set[str]:
    with reading(engine) as db:
        return set(db.execute(tables.mrr_rollup.select().with_only_columns(tables.mrr_rollup.c.rate)).scalars())
