"""Low answers as tasks of their own, from the answer to its end; on both databases."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, update

from commands.core.answers_over import ANSWER, answers_over, number_of
from commands.core.request import Company
from commands.core.settling import Judged
from commands.core.signals import judge
from metrics.types import Money, Sentence
from storage.queries import alert_steps, alerts, tables
from storage.queries.alert_steps import NewAlert, Step, change, events_of
from storage.queries.alerts import Alert, State
from storage.queries.remembered import remember
from storage.queries.tables import alert, survey_response
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COMPANY = Company("USD", ZoneInfo("UTC"))
DAY = timedelta(days=1)
_numbers = count(1)


@pytest.fixture
def acme(db: Session) -> int:
    """A customer of a store whose signals are no news any more."""
    remember(db, "signals_introduced_on", "2026-01-01")
    account_id = rows.account(db, "Acme", created_on=date(2025, 1, 1))
    rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1)))
    return account_id


def answered(db: Session, account_id: int, score: int, at: datetime = NOW, **more: object) -> int:
    values = {"key": f"r-{next(_numbers)}", "kind": "nps", **more}
    return rows.add(db, "survey_response", account_id=account_id, score=score, responded_at=at, **values)


def now_says(db: Session, answer: int, **values: object) -> None:
    db.execute(update(survey_response).where(survey_response.c.id == answer).values(**values))


def looked(db: Session, now: datetime = NOW) -> Judged:
    return judge(db, None, company=COMPANY, now=now)


def every(db: Session, rule_id: str = "detractor") -> list[Alert]:
    found = db.execute(alert.select().where(alert.c.rule_id == rule_id).order_by(alert.c.id)).all()
    return alerts.by_ids(db, [row.id for row in found])


def why_over(db: Session, alert_id: int) -> str:
    last = events_of(db, alert_id)[-1]
    assert last.kind == Step.RECOVERED
    return str(last.detail["why"]["text"])


def test_every_low_answer_is_an_alert_of_its_own(db: Session, acme: int) -> None:
    ana = rows.contact(db, acme, "Ana")
    first = answered(db, acme, 3, contact_id=ana, comment="Too slow")
    second = answered(db, acme, 2, kind="csat")
    assert len(looked(db).opened) == 2
    assert [(one.subject, one.why.values["score"], one.why.values.get("who")) for one in every(db)] == [
        (f"answer {first}", 3, "Ana"),
        (f"answer {second}", 2, None),
    ]
    assert looked(db) == Judged()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"score": 9}, "they changed their answer to {score} of {best}"),
        ({"voided_at": NOW, "voided_by": "U1"}, "the answer was voided"),
    ],
)
def test_an_answer_that_is_changed_or_voided_recovers_at_once(
    db: Session, acme: int, values: dict[str, object], said: str
) -> None:
    answer, other = answered(db, acme, 3), answered(db, acme, 4)
    looked(db)
    now_says(db, answer, **values)
    judged = looked(db)
    over, still = every(db)
    assert (judged.cleared, over.state, still.state) == ([over.id], State.RECOVERED, State.OPEN)
    assert still.subject == f"answer {other}"
    assert why_over(db, over.id) == said


def test_one_that_is_changed_back_is_a_task_again(db: Session, acme: int) -> None:
    answer = answered(db, acme, 3)
    looked(db)
    now_says(db, answer, score=9)
    looked(db)
    now_says(db, answer, score=3)
    assert len(looked(db).opened) == 1
    assert [one.state for one in every(db)] == [State.RECOVERED, State.OPEN]


def test_a_better_answer_of_the_same_person_ends_it(db: Session, acme: int) -> None:
    ana = rows.contact(db, acme, "Ana")
    answered(db, acme, 3, NOW - 2 * DAY, contact_id=ana)
    looked(db)
    answered(db, acme, 5, NOW - DAY, contact_id=ana)
    assert [len(looked(db).opened), len(every(db))] == [1, 2]
    answered(db, acme, 8, contact_id=ana)
    assert len(looked(db).cleared) == 2
    assert why_over(db, every(db)[0].id) == "they have answered {score} of {best} since"


def test_an_answer_that_is_gone_ends_it(db: Session, acme: int) -> None:
    answer = answered(db, acme, 3)
    looked(db)
    db.execute(delete(survey_response).where(survey_response.c.id == answer))
    looked(db)
    assert why_over(db, every(db)[0].id) == "the answer is no longer there"


def test_one_that_is_only_old_is_waited_for_as_ever(db: Session, acme: int) -> None:
    answered(db, acme, 3)
    looked(db)
    for days in (31, 32):
        assert looked(db, NOW + days * DAY) == Judged()
    (only,) = every(db)
    assert looked(db, NOW + 33 * DAY).cleared == [only.id]


def test_what_somebody_closed_is_not_opened_again_while_the_answer_stands(db: Session, acme: int) -> None:
    answered(db, acme, 3)
    (alert_id,) = looked(db).opened
    change(db, alert_id, Step.CLOSED, now=NOW, state=State.CLOSED, closed_at=NOW)
    assert looked(db, NOW + DAY) == Judged()
    answered(db, acme, 4, NOW + DAY)
    assert len(looked(db, NOW + DAY).opened) == 1


def test_an_alert_from_before_goes_on_for_the_answers_it_knew_of(db: Session, acme: int) -> None:
    answered(db, acme, 4, NOW - 9 * DAY)
    known = answered(db, acme, 3, NOW - DAY)
    old = NewAlert(acme, "detractor", "urgent", Sentence("x"), (NOW - DAY).date(), Money(10_000, "USD"))
    (alert_id,) = alert_steps.open_(db, [old], now=NOW - DAY)
    assert looked(db) == Judged()
    assert [(one.id, one.subject, one.why.values["score"]) for one in every(db)] == [(alert_id, "", 3)]
    fresh = answered(db, acme, 2, NOW)
    looked(db)
    assert [one.subject for one in every(db)] == ["", f"answer {fresh}"]
    now_says(db, known, score=10)
    assert looked(db) == Judged()
    assert every(db)[0].why.values["score"] == 4


def test_a_promoter_is_asked_for_a_good_word_once_for_ever(db: Session, acme: int) -> None:
    ana = rows.contact(db, acme, "Ana")
    answered(db, acme, 10, contact_id=ana)
    looked(db)
    (only,) = every(db, "advocate")
    assert (only.subject, only.held, only.severity) == (f"contact {ana}", True, "notice")
    answered(db, acme, 7, NOW + DAY, contact_id=ana)
    for days in (1, 2, 3):
        looked(db, NOW + days * DAY)
    assert every(db, "advocate")[0].state is State.RECOVERED
    later = NOW + 60 * DAY
    answered(db, acme, 9, later, contact_id=ana)
    assert looked(db, later) == Judged()
    bo = rows.contact(db, acme, "Bo")
    answered(db, acme, 9, later, contact_id=bo)
    assert len(looked(db, later).opened) == 1


def test_nobody_is_asked_while_the_account_gives_a_reference(db: Session, acme: int) -> None:
    answered(db, acme, 10, contact_id=rows.contact(db, acme, "Ana"))
    db.execute(insert(tables.advocacy).values(key="ad-1", account_id=acme, kind="reference", day=date(2026, 10, 1)))
    assert looked(db) == Judged()


@pytest.mark.parametrize(
    ("subject", "number"), [("answer 812", 812), ("contact 812", None), ("", None), ("answer x", None)]
)
def test_a_subject_says_which_answer(subject: str, number: int | None) -> None:
    assert number_of(subject, ANSWER) == number


def test_what_is_no_answer_is_not_looked_up(db: Session) -> None:
    assert answers_over(db, {(1, "usage_drop", ""), (1, "advocate", "contact 7")}) == {}
