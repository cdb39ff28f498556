"""The report that comes by itself: its card in the channel, its pages in the thread, each once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.report import JOB, Reports
from bot.playground.double import SlackDouble
from bot.runner import Runner
from commands.core.reply import Paper
from commands.core.request import Company
from commands.ui.pages import lay_out
from metrics.timetable import first_slot, instant_of, timetable_of
from storage.queries.runs import Run
from storage.queries.schedules import Schedule, add
from storage.queries.tables import job_run
from storage.session import reading, transaction
from tests.bot.outbox import NOW, WORLD, Clock, Office, office
from tests.bot.pixel import draw_pixel
from tests.bot.small_company import LATER, bring
from tests.commands.ui.pages.test_sheets import texts

MADRID = ZoneInfo("Europe/Madrid")
RULE = timetable_of("day 1 09:00")
FIRST = datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("UTC"))
"""09:00 in Madrid."""


def laid_out_here(paper: Paper) -> bytes:
    """The pages, without a process of their own and real pictures."""
    return lay_out(paper.data, [draw_pixel(chart.id, chart.title, chart.data) for chart in paper.charts])


QUICK = replace(JOB, run=Reports(laid_out_here).run)


@pytest.fixture
def double() -> Iterator[SlackDouble]:
    with SlackDouble(WORLD) as slack:
        yield slack


@pytest.fixture
def desk(engine: Engine, double: SlackDouble) -> Office:
    bring(engine, LATER)
    return office(engine, double, Clock())


def want(engine: Engine, destination: str = "C0CS", book: str = "", language: str = "en") -> int:
    """Have the report posted there from the next first of a month on."""
    slot = first_slot(RULE, NOW, MADRID)
    new = Schedule(
        0,
        "report",
        destination,
        "U0ANA",
        book,
        str(RULE),
        "Europe/Madrid",
        language,
        {},
        False,
        slot,
        instant_of(slot, MADRID),
        NOW,
    )
    with transaction(engine) as db:
        return add(db, new)


def tick(desk: Office, now: datetime) -> None:
    """What a process does at a moment: run what is due, send what is in the outbox."""
    desk.clock.now = now
    context = JobContext(desk.engine, Company("USD", MADRID), (now - timedelta(days=1)).date(), now)
    Runner({"report": QUICK}).run_due(context)
    desk.work_on(times=4)


def runs(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as db:
        return [(row.state, row.said) for row in db.execute(job_run.select().order_by(job_run.c.slot))]


def test_on_the_first_the_card_comes_with_the_pdf_in_its_thread(desk: Office, double: SlackDouble) -> None:
    want(desk.engine)
    tick(desk, FIRST - timedelta(minutes=1))
    assert not double.messages("C0CS")
    tick(desk, FIRST)
    card, pages = double.messages("C0CS")
    assert card.text.startswith("Report: November 2026, all customers\nMRR $1,625 ")
    assert pages.thread_ts == card.ts
    (file,) = (file for file in double.files if file.name.endswith(".pdf"))
    assert file.name == "report-2026-11.pdf"
    assert "November 2026, all customers" in texts(file.content or b"")[0]
    assert "$1,625" in texts(file.content or b"")[0]


def test_it_comes_once_a_month_however_often_the_clock_ticks(desk: Office, double: SlackDouble) -> None:
    want(desk.engine)
    for minutes in (0, 1, 10):
        tick(desk, FIRST + timedelta(minutes=minutes))
    assert len(double.messages("C0CS")) == 2
    assert runs(desk.engine) == [("done", "report-2026-11.pdf: card and PDF put into the outbox")]


def test_a_run_that_died_is_taken_over_and_nothing_comes_twice(desk: Office, double: SlackDouble) -> None:
    schedule = want(desk.engine)
    tick(desk, FIRST)
    with transaction(desk.engine) as db:
        again = job_run.update().where(job_run.c.subject == str(schedule))
        db.execute(again.values(state="running", lease_until=FIRST))
    tick(desk, FIRST + timedelta(minutes=10))
    assert Run("report", "2026-12-01T09:00", str(schedule))
    assert len(double.messages("C0CS")) == 2
    assert len(desk.states()) == 1


def test_one_that_is_late_says_so(desk: Office, double: SlackDouble) -> None:
    want(desk.engine)
    tick(desk, FIRST + timedelta(hours=20))
    card = double.messages("C0CS")[0]
    assert "Late: it was due on 1 Dec 2026, 09:00." in str(card.blocks)
    assert card.text.startswith("Report: November 2026")


def test_it_is_about_the_schedules_accounts_in_its_language(desk: Office, double: SlackDouble) -> None:
    want(desk.engine, "U0ANA", "csm:ana@us.example", "es")
    tick(desk, FIRST)
    (channel,) = {message.channel for message in double.messages(double.direct_channel("U0ANA"))}
    card = double.messages(channel)[0]
    assert "noviembre de 2026" in card.text
    assert "ana@us.example" in card.text.splitlines()[0]


def test_where_there_is_no_report_it_says_why(desk: Office, double: SlackDouble) -> None:
    want(desk.engine, book="csm:gone@us.example")
    tick(desk, FIRST)
    (message,) = double.messages("C0CS")
    assert message.text == "No account has gone@us.example as its CSM."
    ((state, said),) = runs(desk.engine)
    assert state == "done"
    assert said.startswith("no report, and why not is said instead")


def test_by_hand_the_latest_one_is_posted_unless_it_has_been(desk: Office, double: SlackDouble) -> None:
    want(desk.engine)
    context = JobContext(desk.engine, Company("USD", MADRID), LATER, NOW)
    assert QUICK.run(context) == "report-2026-10.pdf: card and PDF put into the outbox"
    QUICK.run(context)
    desk.work_on(times=4)
    assert double.messages("C0CS")[0].text.startswith("Report: October 2026")
    posted = len(double.messages("C0CS"))
    tick(desk, FIRST)
    QUICK.run(replace(context, now=FIRST + timedelta(days=2)))
    desk.work_on(times=4)
    assert len(double.messages("C0CS")) == 2 * posted


def test_by_hand_it_says_where_reports_come_from(engine: Engine) -> None:
    context = JobContext(engine, Company("USD", MADRID), LATER, NOW)
    assert JOB.run(context) == "no report is set up: use the button under /report"
