"""The ledger's job: due when the day's rates are other ones, and then not any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.ledger import JOB
from commands.core.request import Company
from metrics.types import Definitions, LedgerRules
from storage.ledger import rebuild, settle_rules
from storage.queries import tables
from storage.session import reading, transaction
from tests.factories import NOW
from tests.storage.queries import rows

DAY = date(2026, 11, 22)


def test_it_is_due_until_the_sums_are_kept_at_the_days_rates(engine: Engine) -> None:
    job = JobContext(engine, Company("USD", ZoneInfo("UTC")), DAY, NOW)
    assert JOB.days(job) == ()
    with transaction(engine) as db:
        account = rows.account(db)
        rows.subscribe(db, account, rows.paid(DAY - timedelta(days=90), currency="EUR"))
        for day, rate in ((DAY - timedelta(days=60), "1.1"), (DAY, "1.2")):
            rows.add(db, "fx_rate", currency="EUR", day=day, rate=rate)
    assert JOB.days(job) == (DAY,)
    assert JOB.run(job) == "the ledger and its monthly sums are up to date"
    assert JOB.days(job) == ()
    assert kept(engine) == {"", "USD 11/10", "USD 6/5"}
    with transaction(engine) as db:
        rows.add(db, "fx_rate", currency="EUR", day=DAY + timedelta(days=1), rate="1.3")
    assert JOB.days(job) == (DAY,)


def test_it_is_due_once_a_day_where_customers_who_do_not_pay_are_none(engine: Engine) -> None:
    rules = LedgerRules(past_due_days=30)
    company = Company("USD", ZoneInfo("America/New_York"), definitions=Definitions(ledger=rules))
    job = JobContext(engine, company, DAY, NOW)
    with transaction(engine) as db:
        settle_rules(db.connection(), rules, NOW.date())
        account = rows.account(db)
        row = {"product": "Core", "plan": "Team", "quantity": 1, "interval": "month", "interval_count": 1}
        worth = {"account_id": account, "amount": 100, "currency": "USD"}
        rows.add(db, "subscription", key="s", started_on=DAY - timedelta(days=90), **worth, **row)
        rows.add(db, "invoice", key="i", status="open", due_on=DAY - timedelta(days=29), **worth)
        rebuild(db.connection(), [account])
    assert (churns(engine), JOB.days(job)) == ([], ())
    in_new_york = replace(job, now=datetime(2026, 11, 24, 4, 59, tzinfo=UTC))
    assert JOB.days(in_new_york) == ()
    tomorrow = replace(job, now=datetime(2026, 11, 24, 5, tzinfo=UTC))
    assert JOB.days(tomorrow) == (DAY,)
    JOB.run(tomorrow)
    assert (churns(engine), JOB.days(tomorrow)) == ([date(2026, 11, 24)], ())


def churns(engine: Engine) -> list[date]:
    line = tables.mrr_movement
    with reading(engine) as db:
        return list(db.execute(line.select().with_only_columns(line.c.day).where(line.c.kind == "churn")).scalars())


def kept(engine: Engine) -> set[str]:
    with reading(engine) as db:
        return set(db.execute(tables.mrr_rollup.select().with_only_columns(tables.mrr_rollup.c.rate)).scalars())
