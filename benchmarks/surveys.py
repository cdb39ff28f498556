"""Speed of a survey of 10,000 people and more: who is asked, and all of it queued: python -m benchmarks.surveys."""

from datetime import UTC, datetime, time
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, literal, update

from benchmarks.books import TODAY, store
from benchmarks.servers import postgresql
from commands.core.request import Company
from commands.core.survey_plan import plan
from commands.ui.survey_posting import start
from metrics.asking import Audience, SurveyPolicy, To
from storage.queries.survey_waves import NewWave, add_wave
from storage.queries.tables import contact, ticket
from storage.session import reading, transaction

RECIPIENTS = 10_000
SINGLE = 50
PLAN_LIMIT_S, START_LIMIT_S, ONE_LIMIT_S = 2, 5, 0.05
ACCOUNTS = 6_000
NOW = datetime.combine(TODAY, time(9), UTC)
COMPANY = Company("USD", ZoneInfo("UTC"), surveys=SurveyPolicy(cap_days=0, kind_caps={"nps": 0, "csat": 0}))
EVERYBODY = NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW)


def main() -> None:
    with store(people=True, accounts=ACCOUNTS) as engine:
        print("SQLite")
        _measure(engine)
    with postgresql(accounts=ACCOUNTS) as engine:
        print("PostgreSQL")
        _measure(engine)


def _measure(engine: Engine) -> None:
    _reachable(engine)
    with transaction(engine) as db:
        single = [
            add_wave(db, NewWave(f"one {number}", "csat", Audience(To.CONTACT, f"user-{number}-1"), NOW), NOW)
            for number in range(1, SINGLE + 1)
        ]
        wave_id = add_wave(db, EVERYBODY, NOW)
    _started(engine, single.pop())  # statements are compiled
    begun = perf_counter()
    asked = sum(_started(engine, one) for one in single)
    each = (perf_counter() - begun) / len(single)
    _told(f"one person is asked, and queued ({asked} of {len(single)})", each, ONE_LIMIT_S)
    begun = perf_counter()
    with reading(engine) as db:
        planned = len(plan(db, EVERYBODY, COMPANY, NOW).asked)
    _told(f"who of everybody would be asked: {planned:,}", perf_counter() - begun, PLAN_LIMIT_S)
    begun, worked = perf_counter(), process_time()
    asked = _started(engine, wave_id)
    _told(f"everybody is queued: {asked:,}", perf_counter() - begun, START_LIMIT_S, enough=asked >= RECIPIENTS)
    print(f"  {'of this the process itself worked':<56}{process_time() - worked:9.3f} s")


def _started(engine: Engine, wave_id: int) -> int:
    with transaction(engine) as db:
        return start(db, wave_id, COMPANY, NOW).asked


def _told(name: str, took: float, limit: float, *, enough: bool = True) -> None:
    label = f"{name} (limit {limit} s)"
    print(f"  {label:<56}{took:9.3f} s  {'ok' if took <= limit and enough else 'TOO SLOW'}")


def _reachable(engine: Engine) -> None:
    """Slack knows everybody, and no ticket is escalated."""
    with transaction(engine) as db:
        db.execute(update(contact).values(slack_user_id=literal("U") + contact.c.key))
        db.execute(update(ticket).values(escalated=False))


if __name__ == "__main__":
    main()
