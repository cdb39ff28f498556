"""What asks by itself: switching, tuning, and what is said of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from commands.core.errors import UserError
from commands.core.reply import Invalid
from commands.core.request import Request, Role
from commands.core.survey_triggers import Standing, look_of, occurrence_of, standing_pressed, standings, switch, tune
from metrics.asking import Audience, To
from metrics.triggers import all_triggers
from storage.queries.survey_triggers import Setting, trigger_setting
from storage.queries.survey_waves import NewWave, add_wave, withdraw
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.storage.queries import rows

NPS = {"trigger_dial_first_after": "31", "trigger_dial_period": "200", "trigger_segment": "=smb"}


def pressed(trigger: str, state: Mapping[str, Any] | None = None, hours: int = 0) -> Request:
    request = replace(ask(f"1 0 {trigger}", role=Role.ADMIN), now=NOW + timedelta(hours=hours))
    return replace(request, state=dict(state or {}))


def tuned(db: Session, trigger: str, state: Mapping[str, Any], hours: int = 0) -> Invalid | None:
    request = pressed(trigger, state, hours)
    return tune(request, db, standing_pressed(request, db))


def switched(db: Session, trigger: str, hours: int = 0) -> Standing:
    request = pressed(trigger, hours=hours)
    switch(request, db, standing_pressed(request, db))
    return standing_pressed(request, db)


def kept(db: Session, trigger: str) -> Setting:
    found = trigger_setting(db, trigger)
    assert found is not None
    return found


def test_all_are_off_with_their_defaults_until_somebody_changes_them(db: Session) -> None:
    found = standings(db, ask().company, NOW)
    assert {one.trigger.id for one in found} == set(all_triggers())
    assert {(one.on, one.segment, one.month) for one in found} == {(False, None, None)}
    assert all(one.turned == {} for one in found)


def test_switched_on_it_asks_from_then_on_and_off_it_keeps_what_was_tuned(db: Session) -> None:
    assert tuned(db, "start_nps", NPS) is None
    assert not kept(db, "start_nps").enabled
    assert switched(db, "start_nps", hours=2).on
    setting = kept(db, "start_nps")
    assert (setting.since, setting.looked_until) == (NOW + timedelta(hours=2),) * 2
    assert (setting.dials, setting.segment, setting.changed_by) == ({"first_after": 31, "period": 200}, "smb", "U1")
    assert not switched(db, "start_nps").on
    assert kept(db, "start_nps").dials == {"first_after": 31, "period": 200}


def test_tuned_while_it_is_on_it_asks_about_what_happens_from_then_on(db: Session) -> None:
    switched(db, "start_nps")
    assert tuned(db, "start_nps", NPS, hours=3) is None
    assert (kept(db, "start_nps").since, kept(db, "start_nps").enabled) == (NOW + timedelta(hours=3), True)
    assert tuned(db, "start_nps", NPS, hours=4) is None
    assert kept(db, "start_nps").since == NOW + timedelta(hours=3), "nothing was changed"


@pytest.mark.parametrize("text", ["", "6", "731", "1.5", "-90", "ninety", "٩٠", "900000000", None])
def test_what_is_no_whole_number_within_bounds_is_said_at_its_input(db: Session, text: str | None) -> None:
    wrong = tuned(db, "start_nps", NPS | {"trigger_dial_first_after": text})
    assert isinstance(wrong, Invalid)
    assert wrong.errors == {"trigger_dial_first_after": "A whole number from 7 to 730, please."}
    assert trigger_setting(db, "start_nps") is None


def test_a_trigger_of_a_feature_wants_to_know_which(db: Session) -> None:
    with pytest.raises(UserError, match="Choose the feature first"):
        switched(db, "feature_first_use")
    wrong = tuned(db, "feature_first_use", {"trigger_dial_days_after": "3", "trigger_feature": None})
    assert isinstance(wrong, Invalid)
    assert list(wrong.errors) == ["trigger_feature"]
    assert tuned(db, "feature_first_use", {"trigger_dial_days_after": "3", "trigger_feature": "=export"}) is None
    assert switched(db, "feature_first_use").on
    assert kept(db, "feature_first_use").dials == {"feature": "export"}


def test_what_happened_on_the_day_before_it_was_switched_on_is_noted(db: Session) -> None:
    done = rows.account(db, onboarding_started_on=NOW.date() - timedelta(days=9), activated_on=NOW.date())
    switched(db, "onboarding_completed")
    assert kept(db, "onboarding_completed").seen == [f"onboarding {done}"]


def test_a_trigger_that_is_gone_is_said_to_be(db: Session) -> None:
    with pytest.raises(UserError, match="no longer there"):
        standing_pressed(pressed("nonsense"), db)


def test_its_month_is_the_company_s_and_withdrawing_the_survey_pauses_it(db: Session) -> None:
    trigger, company = all_triggers()["ticket_resolved"], ask().company
    occurrence = occurrence_of(trigger, company, NOW)
    assert occurrence == "trigger ticket_resolved 2026-11"
    wave = NewWave(occurrence, "csat", Audience(To.EVERYBODY), NOW, series="trigger ticket_resolved")
    id_ = add_wave(db, wave, NOW)
    rows.survey_ask(db, id_, rows.account(db), asked_at=NOW, kind="csat")
    one = switched(db, "ticket_resolved")
    assert one.month is not None
    assert (one.month.asked, one.paused) == (1, False)
    withdraw(db, id_)
    assert standing_pressed(pressed("ticket_resolved"), db).paused
    assert standings(db, company, NOW + timedelta(days=9))[-1].month is None


def test_what_is_looked_for_is_what_was_set() -> None:
    setting = Setting("feature_first_use", True, {"feature": "export", "days_after": 999}, "smb", "U1", NOW, NOW, ())
    look = look_of(all_triggers()[setting.id], setting, ask().company, NOW)
    assert (look.dials, look.feature, look.segment) == ({"days_after": 3}, "export", "smb")
    assert look.zone == ask().company.zone
