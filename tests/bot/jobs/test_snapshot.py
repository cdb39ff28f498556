from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.jobs import all_jobs
from bot.jobs.snapshot import CATCH_UP_DAYS, JOB
from metrics.errors import MissingRate
from metrics.types import HealthPoint
from storage.queries.accounts import by_key
from storage.queries.snapshots import history, last_day, score_on
from storage.session import reading
from tests.bot.small_company import EARLIER, LATER, bring, context

EVER = (date(2024, 1, 1), date(2027, 1, 1))


def kept(engine: Engine, key: str) -> tuple[HealthPoint, ...]:
    with reading(engine) as db:
        account = by_key(db, key)
        days = [one.day for one in history(db, account.id, since=EVER[0], until=EVER[1])]
        return tuple(point for day in days if (point := score_on(db, account.id, day)) is not None)


def kept_of_all(engine: Engine) -> dict[str, tuple[HealthPoint, ...]]:
    return {key: kept(engine, key) for key in ("acme", "bolt", "core")}


def test_the_job_is_found_by_its_id() -> None:
    assert all_jobs()["snapshot"] is JOB


def test_a_snapshot_scores_every_customer_of_the_day(engine: Engine) -> None:
    bring(engine, LATER)
    assert JOB.run(context(engine, LATER)) == "2026-11-22: 2 accounts scored"
    (acme,) = kept(engine, "acme")
    assert acme.day == LATER
    assert acme.score is not None
    assert set(acme.permille) == {"use", "adoption", "relationship", "sentiment", "service", "money"}
    assert kept(engine, "core") == ()  # it left on the 15th


def test_a_snapshot_of_a_store_without_accounts_keeps_nothing(engine: Engine) -> None:
    assert JOB.run(context(engine, LATER)) == "2026-11-22: 0 accounts scored"
    with reading(engine) as db:
        assert last_day(db) is None


def test_a_snapshot_taken_twice_is_a_snapshot_taken_once(engine: Engine) -> None:
    bring(engine, LATER)
    JOB.run(context(engine, LATER))
    once = kept_of_all(engine)
    JOB.run(context(engine, LATER))
    assert kept_of_all(engine) == once


def test_a_past_day_looks_the_same_however_late_it_is_computed(engine: Engine) -> None:
    """After EARLIER Marta left, Bolt paid, Core went away, a ticket was solved and an answer came in."""
    bring(engine, EARLIER)
    JOB.run(context(engine, EARLIER))
    then = kept_of_all(engine)
    bring(engine, LATER)
    JOB.run(context(engine, EARLIER))
    assert kept_of_all(engine) == then


def test_what_happened_since_changes_the_later_day(engine: Engine) -> None:
    bring(engine, LATER)
    JOB.run(context(engine, EARLIER))
    JOB.run(context(engine, LATER))
    before, after = kept(engine, "acme")
    assert before.permille["relationship"] > after.permille["relationship"]
    assert before.permille["sentiment"] > after.permille["sentiment"]
    before, after = kept(engine, "bolt")
    assert before.permille["money"] < after.permille["money"]
    assert [point.day for point in kept(engine, "core")] == [EARLIER]


def test_a_missing_exchange_rate_is_an_error_and_keeps_nothing(engine: Engine) -> None:
    bring(engine, LATER)
    with pytest.raises(MissingRate, match="EUR"):
        JOB.run(context(engine, date(2026, 8, 20)))  # the rates begin in September
    assert kept_of_all(engine) == {"acme": (), "bolt": (), "core": ()}


def test_on_a_store_without_snapshots_the_last_day_is_due(engine: Engine) -> None:
    assert JOB.days(context(engine, LATER)) == (LATER,)


def test_the_days_since_the_last_snapshot_are_due(engine: Engine) -> None:
    bring(engine, LATER)
    JOB.run(context(engine, LATER - timedelta(days=3)))
    days = JOB.days(context(engine, LATER))
    assert days == (LATER - timedelta(days=2), LATER - timedelta(days=1), LATER)


def test_nothing_is_due_once_the_day_is_done(engine: Engine) -> None:
    bring(engine, LATER)
    JOB.run(context(engine, LATER))
    assert JOB.days(context(engine, LATER)) == ()
    assert JOB.days(context(engine, LATER - timedelta(days=1))) == ()


def test_a_bot_that_slept_for_long_fills_in_the_last_days_only(engine: Engine) -> None:
    bring(engine, LATER)
    JOB.run(context(engine, EARLIER))
    late = EARLIER + timedelta(days=400)
    days = JOB.days(context(engine, late))
    assert len(days) == CATCH_UP_DAYS
    assert days[-1] == late
