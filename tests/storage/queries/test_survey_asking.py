from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from storage.queries.survey_asking import NewAsk, add_asks, counts, decided
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def ask(db):
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    return NewAsk(wave, "nps", rows.account(db), None, "1 a1", "skipped", {"day": "2026-11-01"}, reason="left")


def test_decisions_are_counted_by_whether_somebody_is_asked(db, ask):
    queued = ask._replace(occasion="1 a2", state="queued", reason=None, token="t", asked_at=NOW, detail={})
    add_asks(db, [ask, queued, queued._replace(occasion="1 a3", token="u")], now=NOW)
    assert counts(db, ask.wave_id) == (2, 1)
    assert decided(db, ["1 a1", "1 a3", "1 a4"]) == {"1 a1", "1 a3"}


def test_an_occasion_is_decided_once(db, ask):
    add_asks(db, [ask], now=NOW)
    with pytest.raises(IntegrityError), db.begin_nested():
        add_asks(db, [ask], now=NOW)


def test_no_decision_is_nothing(db, ask):
    add_asks(db, [], now=NOW)
    assert counts(db, ask.wave_id) == (0, 0)
    assert decided(db, []) == set()
