from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select, update

from bot.jobs import JobContext
from bot.jobs.forget import JOB, KEEP, KEEP_MESSAGES
from commands.core.request import Company
from storage.queries.outbox import Draft, put, withdraw
from storage.queries.seen import first_time
from storage.queries.tables import outbox
from storage.session import transaction

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def at(engine: Engine, now: datetime) -> JobContext:
    return JobContext(engine, Company("USD", ZoneInfo("UTC")), date(2026, 11, 22), now)


def test_what_slack_may_still_repeat_is_kept_and_the_rest_forgotten(engine: Engine) -> None:
    with transaction(engine) as db:
        first_time(db, "old", now=NOW - KEEP - timedelta(seconds=1))
        first_time(db, "young", now=NOW)
    assert JOB.days(at(engine, NOW)) == (date(2026, 11, 22),)
    assert JOB.run(at(engine, NOW)) == "1 deliveries and 0 messages forgotten"
    assert JOB.days(at(engine, NOW)) == ()
    with transaction(engine) as db:
        assert first_time(db, "old", now=NOW)
        assert not first_time(db, "young", now=NOW)


def said(engine: Engine, name: str, state: str, **more: Any) -> int:
    """A message that was decided long ago."""
    long_ago = NOW - KEEP_MESSAGES - timedelta(hours=1)
    with transaction(engine) as db:
        outbox_id = put(db, Draft("test", name, "C0CS", {"text": name, "blocks": []}, long_ago, **more), now=long_ago)
        settled_at = None if state in {"pending", "looked for"} else long_ago
        values = {"state": "unknown" if state == "looked for" else state, "settled_at": settled_at}
        db.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))
    return outbox_id


def names(engine: Engine) -> set[str]:
    with transaction(engine) as db:
        return set(db.execute(select(outbox.c.occurrence)).scalars())


def test_messages_settled_long_ago_are_forgotten_but_not_what_waits_or_is_in_doubt(engine: Engine) -> None:
    parent = said(engine, "sent", "sent")
    said(engine, "thread", "failed", thread_of=parent)
    said(engine, "given up", "unknown")
    for state in ("pending", "looked for"):
        said(engine, state, state)
    taken_back = said(engine, "taken back", "pending")
    with transaction(engine) as db:
        withdraw(db, taken_back)
        put(db, Draft("test", "young", "C0CS", {"text": "", "blocks": []}, NOW), now=NOW)
    assert JOB.days(at(engine, NOW)) == (date(2026, 11, 22),)
    assert JOB.run(at(engine, NOW)) == "0 deliveries and 4 messages forgotten"
    assert names(engine) == {"pending", "looked for", "young"}
    assert JOB.days(at(engine, NOW)) == ()


def test_what_stands_above_a_message_that_is_kept_is_kept(engine: Engine) -> None:
    parent = said(engine, "sent", "sent")
    said(engine, "waits", "pending", thread_of=parent)
    assert JOB.days(at(engine, NOW)) == ()
    assert names(engine) == {"sent", "waits"}
