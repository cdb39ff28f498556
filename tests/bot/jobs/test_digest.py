"""The digest job: what is put into the outbox, once, for whom, and what is posted of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs import SPREAD, JobContext, Ran, spread
from bot.jobs.digest import JOB
from bot.playground.double import SlackDouble
from bot.runner import Runner
from commands.core.digest_plan import EACH_CSM, planned
from commands.core.request import Company
from storage.engine import open_engine
from storage.queries import schedules
from storage.queries.people_known import Person, prefer, remember
from storage.queries.schedules import Schedule
from storage.queries.tables import account, job_run, outbox
from storage.session import reading, transaction
from tests.bot.asleep import once_before
from tests.bot.outbox import WORLD, Office, office
from tests.commands.core.test_digest_question import LATE, bring
from tests.storage.queries.rows import account as new_account

COMPANY = Company("USD", ZoneInfo("UTC"))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)


@pytest.fixture
def loaded(engine: Engine, tmp_path: Path) -> Engine:
    bring(engine, tmp_path)
    return engine


def context(engine: Engine, now: datetime) -> JobContext:
    return JobContext(engine, COMPANY, now.date() - timedelta(days=1), now)


def set_up(engine: Engine, **given: object) -> int:
    new = Schedule(
        0,
        "digest",
        "C0CS",
        "U0ANA",
        "",
        "mon 09:00",
        "UTC",
        "en",
        {},
        False,
        SUNDAY.replace(tzinfo=None),
        SUNDAY,
        SUNDAY,
    )
    with transaction(engine) as db:
        return schedules.add(db, planned(new._replace(**given), SUNDAY))  # type: ignore[arg-type]


def tick(engine: Engine, now: datetime = MONDAY) -> None:
    Runner({JOB.id: JOB}).run_due(context(engine, now))


def letters(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as db:
        rows = db.execute(select(outbox.c.purpose, outbox.c.destination).order_by(outbox.c.id))
        return [(purpose, destination) for purpose, destination in rows]


def said(engine: Engine) -> list[str]:
    with reading(engine) as db:
        return [row["text"] for row in db.execute(select(outbox.c.content).order_by(outbox.c.id)).scalars()]


def test_it_is_put_into_the_outbox_once_with_its_thread(loaded: Engine) -> None:
    set_up(loaded)
    for _ in range(3):
        tick(loaded)
    assert letters(loaded) == [("digest", "C0CS"), ("digest-thread", "C0CS")]
    assert said(loaded)[0].startswith("MRR $2,760")


def test_a_run_whose_process_died_after_putting_it_puts_nothing_twice(loaded: Engine) -> None:
    set_up(loaded)
    tick(loaded)
    with transaction(loaded) as db:
        db.execute(update(job_run).values(state="running", lease_until=MONDAY))
    tick(loaded, MONDAY + timedelta(minutes=1))
    assert len(letters(loaded)) == 2


def test_a_process_that_sleeps_for_an_hour_while_it_composes_puts_nothing_twice(loaded: Engine) -> None:
    """Its lease is over, and another process has posted the digest; then it goes on."""
    set_up(loaded)
    store = open_engine(loaded.url)
    with once_before(loaded, "FROM mrr_movement", lambda: tick(store, MONDAY + timedelta(hours=1))):
        tick(loaded)
    store.dispose()
    assert letters(loaded) == [("digest", "C0CS"), ("digest-thread", "C0CS")]
    with reading(loaded) as db:
        assert db.execute(select(job_run.c.state, job_run.c.attempts)).all() == [("done", 2)]


def test_by_hand_it_does_not_repeat_what_has_been_posted(loaded: Engine) -> None:
    set_up(loaded)
    set_up(loaded, paused=True, destination="C0TWO")
    by_hand = context(loaded, MONDAY)
    JOB.run(by_hand)
    tick(loaded)
    JOB.run(by_hand)
    assert len(letters(loaded)) == 2
    assert "no digests" not in str(JOB.run(by_hand))


def test_each_csm_gets_their_own_book_in_their_own_language_and_at_their_own_hour(loaded: Engine) -> None:
    set_up(loaded, options={EACH_CSM: True}, destination="U0ADA")
    with transaction(loaded) as db:
        remember(db, Person("U0ANA", "ana@example.com", "Ana", "es", "Europe/Madrid"), now=SUNDAY)
        remember(db, Person("U0OLGA", "someone@example.com", "Olga", "ru", None), now=SUNDAY)
    tick(loaded)
    assert {destination for _, destination in letters(loaded)} == {"U0ANA"}
    assert "ana@example.com" in said(loaded)[0]
    with reading(loaded) as db:
        (run,) = db.execute(select(job_run.c.said)).scalars()
        due = set(db.execute(select(outbox.c.due_at)).scalars())
    assert "1 CSMs are not known to Slack" in run
    assert due == {MONDAY}  # nine in Madrid has passed


def test_a_csm_far_away_is_not_woken(loaded: Engine) -> None:
    set_up(loaded, options={EACH_CSM: True}, destination="U0ADA")
    zones = {"U0NY": "America/New_York", "U0TOKYO": "Asia/Tokyo", "U0FAR": "Pacific/Auckland", "U0GUEST": "Asia/Tokyo"}
    with transaction(loaded) as db:
        for user_id, zone in zones.items():
            remember(db, Person(user_id, f"{user_id}@example.com", "", "en", zone), now=SUNDAY)
            new_account(db, csm_email=f"{user_id}@example.com")
        prefer(db, "U0GUEST", {"zone": "America/New_York"})
    tick(loaded)
    with reading(loaded) as db:
        rows = db.execute(select(outbox.c.destination, outbox.c.due_at))
        due = {destination: due_at.replace(second=0, microsecond=0) for destination, due_at in rows}
    assert due == {
        "U0NY": MONDAY.replace(hour=14),  # nine o'clock is still to come
        "U0TOKYO": MONDAY,  # six in the evening
        "U0FAR": MONDAY.replace(hour=19),  # ten at night: at eight on Tuesday
        "U0GUEST": MONDAY.replace(hour=14),
    }


def test_those_of_the_same_moment_are_spread_over_the_next_minutes_and_none_waits_longer_than_five(
    loaded: Engine,
) -> None:
    with transaction(loaded) as db:
        for number in range(2):
            remember(db, Person(f"U{number}", f"csm{number}@example.com", "", "en", None), now=SUNDAY)
            new_account(db, csm_email=f"csm{number}@example.com")
    for number in range(3):
        set_up(loaded, destination=f"C{number}")
    set_up(loaded, options={EACH_CSM: True}, destination="U0ADA")
    set_up(loaded, rule="mon 08:59", destination="C9", next_slot=SUNDAY.replace(tzinfo=None))
    tick(loaded)
    with reading(loaded) as db:
        rows = db.execute(select(outbox.c.due_at).where(outbox.c.purpose == "digest").order_by(outbox.c.due_at))
        waits = [(due_at - MONDAY) / SPREAD for due_at in rows.scalars()]
    assert waits == [0, 0, 1, 2, 3, 4]
    assert max(map(spread, range(1_000))) < timedelta(minutes=5)


def test_late_data_is_told_by_the_next_one(loaded: Engine, tmp_path: Path) -> None:
    set_up(loaded, next_slot=SUNDAY.replace(tzinfo=None))
    tick(loaded)
    bring(loaded, tmp_path / "late", subscriptions=LATE.replace("2026-11-12", "2026-11-19"))
    tick(loaded, MONDAY + timedelta(days=7))
    latest = [text for text in said(loaded) if "has changed since I told you" in text]
    assert len(latest) == 1
    assert "1 cancellation came in late" in latest[0]


def test_one_that_is_caught_up_says_that_it_is_late(loaded: Engine) -> None:
    set_up(loaded)
    tick(loaded, MONDAY + timedelta(hours=5))
    assert "This comes late: it was due on 23 Nov 2026, 09:00" in said(loaded)[0]


def test_the_owner_hears_once_that_the_segment_is_gone(loaded: Engine) -> None:
    set_up(loaded, book="segment:mid")
    with transaction(loaded) as db:
        db.execute(update(account).where(account.c.segment == "mid").values(segment="large"))
    tick(loaded)
    tick(loaded, MONDAY + timedelta(days=7))
    assert letters(loaded) == [("digest-trouble", "U0ANA")]
    assert "/latido digests" in said(loaded)[0]


def test_the_owner_hears_why_one_could_not_be_made(loaded: Engine, tmp_path: Path) -> None:
    set_up(loaded)
    yen = LATE.replace("70.00,USD,month,2026-11-10", "7000,JPY,month,2026-11-10")
    assert yen != LATE
    bring(loaded, tmp_path / "yen", subscriptions=yen)
    tick(loaded)
    assert letters(loaded) == [("digest-trouble", "U0ANA")]
    assert said(loaded)[0].startswith("The digest that was due on 23 Nov 2026 could not be made. I have no exchange")


@pytest.fixture
def at_work(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Office]:
    bring(sqlite_engine, tmp_path)
    with SlackDouble(WORLD) as double:
        yield office(sqlite_engine, double)


def test_the_channel_sees_the_digest_with_its_picture_and_its_thread(at_work: Office) -> None:
    set_up(at_work.engine)
    tick(at_work.engine, at_work.clock.now)
    at_work.work_on()
    main, thread = at_work.double.messages("C0CS")
    assert main.text.startswith("MRR $2,760")
    assert "image" in [block["type"] for block in main.blocks]
    assert thread.thread_ts == main.ts


def test_where_guests_read_along_nothing_is_posted(at_work: Office) -> None:
    set_up(at_work.engine, destination="C0GUESTS")
    tick(at_work.engine, at_work.clock.now)
    at_work.work_on()
    assert at_work.texts("C0GUESTS") == []


def test_without_digests_a_run_by_hand_says_so(engine: Engine) -> None:
    assert JOB.run(context(engine, MONDAY)) == Ran("no digests are set up")
