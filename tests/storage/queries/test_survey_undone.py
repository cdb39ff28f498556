"""Questions whose reason has gone; on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from storage.queries.survey_triggers import Setting, keep_trigger
from storage.queries.survey_undone import left_in_the_queue, undone
from storage.queries.tables import account, ticket
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


def asked(db: Session, trigger: str, account_id: int, **values: Any) -> int:
    wave = rows.survey_wave(db, created_at=NOW, start_at=NOW, series=f"trigger {trigger}")
    return rows.survey_ask(db, wave, account_id, asked_at=NOW, **values)


def resolved(db: Session, them: int, at: datetime | None = NOW) -> tuple[int, dict[str, Any]]:
    id_ = rows.add(db, "ticket", key=f"T-{at}", account_id=them, opened_at=NOW - DAY, resolved_at=at)
    return id_, {"ticket_id": id_, "resolved_at": NOW.isoformat()}


def test_a_ticket_opened_again_even_if_it_is_resolved_by_now(db: Session) -> None:
    them = rows.account(db)
    id_, detail = resolved(db, them)
    question = asked(db, "ticket_resolved", them, detail=detail)
    asked(db, "ticket_resolved", them, detail=detail, state="answered")
    assert undone(db, "ticket_resolved", today=TODAY) == []
    for becomes in (None, NOW + DAY):
        db.execute(update(ticket).where(ticket.c.id == id_).values(resolved_at=becomes))
        assert undone(db, "ticket_resolved", today=TODAY) == [question]
    gone = asked(db, "ticket_resolved", them, detail=detail | {"ticket_id": 0}, state="queued")
    assert undone(db, "ticket_resolved", today=TODAY) == [question, gone]


def test_an_onboarding_that_is_not_completed_after_all(db: Session) -> None:
    them = rows.account(db, activated_on=TODAY)
    question = asked(db, "onboarding_completed", them)
    assert undone(db, "onboarding_completed", today=TODAY) == []
    for becomes in (None, TODAY + DAY):
        db.execute(update(account).values(activated_on=becomes))
        assert undone(db, "onboarding_completed", today=TODAY) == [question]


def test_whoever_left_is_not_asked_how_it_goes_and_whoever_is_here_not_why_they_left(db: Session) -> None:
    here, gone, never = (rows.account(db) for _ in range(3))
    rows.subscribe(db, here, rows.paid(TODAY - 9 * DAY))
    rows.subscribe(db, gone, rows.paid(TODAY - 9 * DAY, TODAY))
    questions = {
        trigger: [asked(db, trigger, them) for them in (here, gone, never)]
        for trigger in ("start_nps", "feature_first_use", "account_churned")
    }
    for trigger in ("start_nps", "feature_first_use"):
        assert undone(db, trigger, today=TODAY) == questions[trigger][1:]
    assert undone(db, "account_churned", today=TODAY) == questions["account_churned"][:1]


def test_what_waits_in_the_queue_of_a_trigger_that_is_off(db: Session) -> None:
    them = rows.account(db)
    assert left_in_the_queue(db) == []
    waiting = asked(db, "start_nps", them, state="queued")
    asked(db, "start_nps", them, state="sent")
    asked(db, "ticket_resolved", them, state="queued")
    on = Setting("ticket_resolved", True, {}, None, "U1", NOW, NOW, ())
    keep_trigger(db, on)
    keep_trigger(db, on._replace(id="start_nps"))
    assert left_in_the_queue(db) == []
    keep_trigger(db, on._replace(id="start_nps", enabled=False))
    assert left_in_the_queue(db) == [waiting]
