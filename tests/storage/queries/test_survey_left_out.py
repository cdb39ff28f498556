"""Who of a wave was not asked, or was not reached; its answers counted; its card."""

from datetime import UTC, datetime

import pytest

from storage.queries.survey_cards import note_card, note_shown
from storage.queries.survey_left_out import left_out
from storage.queries.survey_results import given_in, words_in
from storage.queries.survey_waves import wave
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def running(db):
    return rows.survey_wave(db, start_at=NOW, created_at=NOW)


def question(
    db: Session,
    wave_id: int,
    account: int,
    state: str,
    reason: str | None = None,
    contact: int | None = None,
    **values: object,
) -> int:
    token = {"token": None} if state == "skipped" else {}
    given: dict[str, object]
    given = {"state": state, "reason": reason, "contact_id": contact, "decided_at": NOW, **token, **values}
    return rows.survey_ask(db, wave_id, account, **given)


def test_those_who_were_not_reached_come_before_those_who_were_not_asked(db, running):
    acme, beta = rows.account(db, "acme"), rows.account(db, "Beta")
    zoe, ana = rows.contact(db, acme, "Zoe"), rows.contact(db, acme, "ana")
    question(db, running, acme, "skipped", "left", zoe, detail={"day": "2026-01-01"})
    question(db, running, acme, "skipped", "opted_out", ana)
    question(db, running, beta, "failed", "is_archived")
    question(db, running, beta, "answered", None, rows.contact(db, beta, "Bob"))
    found = left_out(db, running, first=0, most=10)
    assert found.total == 3
    assert [(one.person, one.account, one.reason) for one in found.rows] == [
        (None, "Beta", "is_archived"),
        ("ana", "acme", "opted_out"),
        ("Zoe", "acme", "left"),
    ]
    assert found.rows[2].detail == {"day": "2026-01-01"}
    page = left_out(db, running, first=2, most=10)
    assert (page.total, [one.person for one in page.rows]) == (3, ["Zoe"])


def test_the_answers_of_a_wave_are_its_own_and_those_without_a_name(db, running):
    account = rows.account(db, "Acme")
    other = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    for number, (of, score, voided) in enumerate(
        ((running, 9, None), (running, 9, None), (running, 3, NOW), (other, 1, None))
    ):
        ask_id = question(db, of, account, "answered")
        response = {"key": f"r{number}", "account_id": account, "kind": "nps", "score": score, "ask_id": ask_id}
        rows.add(db, "survey_response", **response, responded_at=NOW, voided_at=voided)
    nameless = {"wave_id": running, "kind": "nps", "day": NOW.date()}
    rows.add(db, "anonymous_answer", **nameless, mark="c", choice="price", comment="Too dear")
    rows.add(db, "anonymous_answer", **nameless, mark="b", score=0, void_reason="spam", comment="Buy this")
    rows.add(db, "anonymous_answer", **nameless, mark="a", score=9, comment="Fine")
    assert words_in(db, running) == [("a", "Fine"), ("c", "Too dear")]
    found = given_in(db, running)
    assert (found.scores, found.choices, found.answers, found.voided) == ({9: 3}, {"price": 1}, 4, 2)


def test_the_card_of_a_wave_is_noted_with_what_it_shows(db, running):
    card = rows.add(
        db,
        "outbox",
        purpose="survey-card",
        occurrence="1",
        destination="U1",
        mark="m",
        content={},
        state="pending",
        due_at=NOW,
        attempts=0,
        looks=0,
        created_at=NOW,
    )
    note_card(db, running, card)
    note_shown(db, running, {"sent": 3})
    found = wave(db, running)
    assert found is not None
    assert (found.card_outbox_id, found.card_shown) == (card, {"sent": 3})
