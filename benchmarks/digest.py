"""Speed of a digest over 10,000 accounts beside the SQL that reads what it rests on: python -m benchmarks.digest."""

import random
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from benchmarks.books import ACCOUNTS, TODAY, best, store
from commands.core.digest_question import digest
from commands.core.request import Company
from commands.ui.cards.digest import digest_cards
from commands.ui.text import translator
from metrics.stretches import stretch_of, weeks_to
from metrics.timetable import timetable_of
from metrics.types import BookFilter, Money, Sentence
from storage.columns import day_number
from storage.queries.alert_steps import NewAlert, open_
from storage.session import reading, transaction

LIMIT_MS, LIMIT_RATIO = 1_000, 3
_RULES = ("inactivity", "usage_drop", "renewal_near", "payment_failed")
_LINES = """
SELECT account_id, day, before, after, kind, cause FROM mrr_movement WHERE day >= :since ORDER BY account_id, day
"""
_STATES = "SELECT account_id, sum(after - before) FROM mrr_movement WHERE day < :since GROUP BY account_id"
_SCORES = "SELECT account_id, day, score, band FROM health_snapshot WHERE day >= :since"
_ANSWERS = "SELECT account_id, kind, score, comment FROM survey_response"
_ALERTS = "SELECT a.*, b.name FROM alert a JOIN account b ON b.id = a.account_id WHERE a.state = 'open'"


def main() -> None:
    company = Company("USD", ZoneInfo("UTC"))
    now = datetime.combine(TODAY, time(9), UTC)
    since = {"since": day_number(weeks_to(TODAY)[0].start)}
    with store(people=True) as engine:
        _alerts(engine, now)
        with reading(engine) as db:
            cursor = db.connection().connection.cursor()

            def read() -> None:
                for sql in (_LINES, _STATES, _SCORES):
                    cursor.execute(sql, since).fetchall()
                for sql in (_ANSWERS, _ALERTS):
                    cursor.execute(sql).fetchall()

            sql = best(read, 3)
            print(f"{ACCOUNTS:,} accounts, {ACCOUNTS // 10:,} open alerts")
            print(f"  {'the SQL that reads what it rests on':<46}{sql:9.2f} ms    1.00 x")
            for name, rule, book in (
                ("weekly, everybody", "mon 09:00", BookFilter()),
                ("daily, everybody", "mon-fri 09:00", BookFilter()),
                ("monthly, everybody", "day 1 09:00", BookFilter()),
                ("weekly, a segment", "mon 09:00", BookFilter(segment="smb")),
                ("weekly, a CSM's book", "mon 09:00", BookFilter(csm_email="csm-7@company.example")),
            ):
                stretch = stretch_of(timetable_of(rule), TODAY)

                def compose(book: BookFilter = book, stretch: object = stretch) -> object:
                    one = digest(db, company=company, book=book, stretch=stretch, now=now)  # type: ignore[arg-type]
                    return digest_cards(one, translator("en"))

                took = best(compose, 3)
                fast = took <= LIMIT_MS and took <= LIMIT_RATIO * sql
                label = f"{name} (limits {LIMIT_MS:,} ms, {LIMIT_RATIO} x)"
                print(f"  {label:<46}{took:9.2f} ms  {took / sql:6.2f} x  {'ok' if fast else 'TOO SLOW'}")


def _alerts(engine: Engine, now: datetime) -> None:
    """One account in ten has an open alert."""
    chance = random.Random(3)
    new = [
        NewAlert(
            account_id=number,
            rule_id=chance.choice(_RULES),
            severity=chance.choice(("urgent", "warning", "notice")),
            why=Sentence("{last} sessions in 28 days, usually {usual}", {"last": 7, "usual": 29}),
            since=TODAY,
            mrr=Money(chance.randrange(1_000, 500_000), "USD"),
            held=number % 3 == 0,
        )
        for number in range(1, ACCOUNTS + 1, 10)
    ]
    with transaction(engine) as db:
        open_(db, new, now=now)


if __name__ == "__main__":
    main()
