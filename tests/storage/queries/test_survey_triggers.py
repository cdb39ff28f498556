"""How a company has set what asks by itself, and when it is time to look; on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storage.queries.survey_triggers import (
    AT_LEAST,
    REST,
    Setting,
    keep_trigger,
    looked,
    switch_off,
    to_look_at,
    trigger_setting,
    trigger_settings,
)
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
NPS = Setting("start_nps", True, {"period": 200}, "smb", "U1", NOW, NOW, ["start 1 2026-11-23"])
TICKETS = Setting("ticket_resolved", True, {}, None, "U1", NOW, NOW, [])


def test_a_setting_is_kept_changed_and_switched_off(db: Session) -> None:
    assert trigger_settings(db) == {}
    assert trigger_setting(db, NPS.id) is None
    keep_trigger(db, NPS)
    keep_trigger(db, TICKETS)
    assert trigger_settings(db) == {NPS.id: NPS, TICKETS.id: TICKETS}
    keep_trigger(db, NPS._replace(segment=None, dials={}))
    assert trigger_setting(db, NPS.id) == NPS._replace(segment=None, dials={})
    switch_off(db, NPS.id, by="U2")
    off = trigger_setting(db, NPS.id)
    assert off == NPS._replace(segment=None, dials={}, enabled=False, changed_by="U2")


@pytest.mark.parametrize(
    ("later", "loaded", "expected"),
    [
        (REST / 2, {"tickets": NOW, "subscriptions": NOW}, set()),
        (REST, {}, set()),
        (REST, {"tickets": NOW - REST}, set()),
        (REST, {"tickets": NOW}, {TICKETS.id}),
        (REST, {"subscriptions": NOW + REST / 2}, {NPS.id}),
        (REST, {"usage": NOW}, set()),
        (AT_LEAST, {}, {NPS.id, TICKETS.id}),
    ],
)
def test_it_is_time_to_look_when_data_came_in_else_every_hour(
    db: Session, later: timedelta, loaded: dict[str, Any], expected: set[str]
) -> None:
    for one in (NPS, TICKETS):
        keep_trigger(db, one)
    for entity, at in loaded.items():
        rows.add(db, "data_load", entity=entity, loaded_at=at)
    assert set(to_look_at(db, now=NOW + later, zone=MADRID)) == expected


def test_it_is_time_to_look_when_a_day_begins_and_not_again_after_it(db: Session) -> None:
    assert to_look_at(db, now=NOW, zone=MADRID) == []
    night = NOW.replace(hour=22, minute=59)
    keep_trigger(db, NPS._replace(looked_until=night))
    keep_trigger(db, TICKETS._replace(looked_until=night))
    morning = night + 2 * REST
    assert to_look_at(db, now=morning, zone=UTC) == []
    assert to_look_at(db, now=morning, zone=MADRID) == [NPS.id, TICKETS.id]
    looked(db, [NPS.id], until=morning)
    assert to_look_at(db, now=morning + REST, zone=MADRID) == [TICKETS.id]
