from datetime import UTC, datetime, timedelta

import pytest

from storage.queries.survey_decisions import Told, decisions_about
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def acme(db):
    return rows.account(db, "Acme")


def test_what_was_decided_about_a_person_is_told_the_latest_first(db, acme):
    ana = rows.contact(db, acme, "Ana", slack_user_id="U1")
    same = rows.contact(db, rows.account(db, "Beta"), "Ana B", slack_user_id="U1")
    bob = rows.contact(db, acme, "Bob", slack_user_id="U2")
    wave = rows.survey_wave(db, name="Q4", start_at=NOW, created_at=NOW)
    skipped = {"state": "skipped", "token": None, "reason": "escalation", "detail": {"ticket": "T-1"}}
    rows.survey_ask(db, wave, acme, contact_id=ana, decided_at=NOW, **skipped)
    rows.survey_ask(db, wave, acme, contact_id=same, asked_at=NOW - DAY)
    rows.survey_ask(db, wave, acme, contact_id=bob, asked_at=NOW - DAY)
    rows.survey_ask(db, wave, acme, asked_at=NOW - 2 * DAY)
    told = decisions_about(db, ana)
    assert told[0] == Told(
        wave, "Q4", "nps", "skipped", "escalation", {"ticket": "T-1"}, NOW, None, in_channel=False, contact_id=ana
    )
    assert [(one.state, one.asked_at, one.in_channel, one.contact_id) for one in told[1:]] == [
        ("sent", NOW - DAY, False, same),
        ("sent", NOW - 2 * DAY, True, None),
    ]
    assert decisions_about(db, ana, most=1) == told[:1]


@pytest.mark.parametrize(
    ("state", "shown"), [("answered", "sent"), ("expired", "sent"), ("sent", "sent"), ("failed", "failed")]
)
def test_of_an_anonymous_wave_nobody_learns_who_has_answered(db, acme, state, shown):
    ana = rows.contact(db, acme, "Ana")
    wave = rows.survey_wave(db, anonymous=True, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, acme, contact_id=ana, asked_at=NOW, state=state)
    assert [one.state for one in decisions_about(db, ana)] == [shown]


def test_about_somebody_whom_slack_does_not_know_only_their_own_is_told(db, acme):
    ana, bob = rows.contact(db, acme, "Ana"), rows.contact(db, acme, "Bob")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, acme, contact_id=bob, asked_at=NOW)
    assert decisions_about(db, ana) == []
