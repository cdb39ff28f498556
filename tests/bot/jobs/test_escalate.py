"""The job that tells leads: due when somebody is to be told, and only then."""

from sqlalchemy import Engine

from bot.jobs import JobContext
from bot.jobs.escalate import JOB
from commands.ui.alert_posting import tell
from storage.session import transaction
from tests.commands.alerted import COMPANY, NOW, fired


def test_it_is_due_once_for_each_alert_that_nobody_takes_in_time(engine: Engine) -> None:
    with transaction(engine) as db:
        tell(db, [fired(db, severity="urgent")], company=COMPANY, now=NOW)

    def at(hour: int) -> JobContext:
        return JobContext(engine, COMPANY, NOW.date(), NOW.replace(hour=hour))

    assert JOB.days(at(12)) == ()
    assert JOB.days(at(14)) == (NOW.date(),)
    assert JOB.run(at(14)) == "1 alerts to the leads, 0 reminders"
    assert JOB.days(at(15)) == ()
