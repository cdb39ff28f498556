from datetime import timedelta

import pytest

from commands.core.survey_why import why
from metrics.asking import Decision, Reason
from storage.errors import NotFound
from tests.commands.asked_people import COMPANY, NOW, customer
from tests.storage.queries import rows


def test_one_learns_what_was_decided_and_what_would_be_today(db):
    acme = customer(db, "Acme")
    ana = rows.contact(db, acme, "Ana", slack_user_id="UANA")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    asked_at = NOW - timedelta(days=100)
    rows.survey_ask(db, wave, acme, contact_id=ana, asked_at=asked_at, state="expired")
    found = why(db, ana, COMPANY, NOW)
    assert (found.who.name, [one.state for one in found.past]) == ("Ana", ["expired"])
    assert found.today == {
        "ces": None,
        "csat": None,
        "exit": Decision(Reason.NO_CUSTOMER, {}),
        "nps": Decision(Reason.ASKED_THIS_LATELY, {"at": asked_at.isoformat(), "kind": "nps", "days": 180}),
    }


def test_of_nobody_there_is_nothing_to_know(db):
    with pytest.raises(NotFound):
        why(db, 99, COMPANY, NOW)
