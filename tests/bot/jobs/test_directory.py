"""The job that learns who is who at Slack: what was asked this week is not asked again."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from bot.directory import Directory
from bot.jobs import JobContext
from bot.jobs.directory import JOB, KEEP
from bot.people import Workspace
from bot.playground.double import SlackDouble
from bot.slack_client import connect_slack
from storage.queries.people_known import Person, by_ids, people_of, prefer, remember
from storage.session import reading, transaction
from tests.bot.outbox import TEAM, WORLD
from tests.commands.alerted import COMPANY, NOW
from tests.storage.queries.rows import account


def context(engine: Engine, double: SlackDouble | None) -> JobContext:
    company = replace(COMPANY, leads=("U0OLGA",), admins=("U0GONE",))
    if double is None:
        return JobContext(engine, company, NOW.date(), NOW)
    reads = connect_slack(double.bot_token, double.api_url).outbox
    directory = Directory(reads, Workspace(TEAM, None, double.bot_user_id, None))
    return JobContext(engine, company, NOW.date(), NOW, directory=directory)


def test_it_learns_csms_leads_and_who_is_none(engine: Engine) -> None:
    with transaction(engine) as db:
        for email in ("Ana@us.example", "gus@else.example", "nobody@us.example", None):
            account(db, csm_email=email)
    with SlackDouble(WORLD) as double:
        job = context(engine, double)
        assert JOB.days(job) == (NOW.date(),)
        assert JOB.run(job) == "3 people known, 2 not"
        assert JOB.days(job) == ()
        assert JOB.days(replace(job, now=NOW + KEEP + timedelta(minutes=1))) == (NOW.date(),)
    with reading(engine) as db:
        assert people_of(db, ["ana@us.example"])["ana@us.example"].zone == "Etc/UTC"
        assert set(by_ids(db, ["U0OLGA", "U0GONE", "U0GUEST"])) == {"U0OLGA", "U0GONE"}


def test_a_csm_who_has_left_the_company_is_no_longer_who_hears_of_their_accounts(engine: Engine) -> None:
    with transaction(engine) as db:
        account(db, csm_email="left@us.example")
        remember(db, Person("U0LEFT", "left@us.example", "Lea"), now=NOW - 2 * KEEP)
        prefer(db, "U0LEFT", {"least": "urgent"})
    with SlackDouble(WORLD) as double:
        JOB.run(context(engine, double))
    with reading(engine) as db:
        assert people_of(db, ["left@us.example"]) == {}
        assert by_ids(db, ["U0LEFT"])["U0LEFT"].preferences == {"least": "urgent"}


def test_a_terminal_cannot_ask_slack(engine: Engine) -> None:
    job = context(engine, None)
    assert JOB.days(job) == ()
    assert JOB.run(job) == "Slack cannot be asked without SLACK_BOT_TOKEN"


def test_what_slack_does_not_tell_now_is_asked_later(engine: Engine) -> None:
    with SlackDouble(WORLD) as double:
        job = context(engine, double)
    assert str(JOB.run(job)).startswith("0 people known, 0 not; then Slack did not tell")
    assert JOB.days(job) == (NOW.date(),)
