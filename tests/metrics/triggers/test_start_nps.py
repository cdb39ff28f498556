from metrics.surveys import all_surveys
from metrics.triggers import all_triggers
from metrics.triggers.start_nps import TRIGGER


def test_it_is_found_by_its_id_and_asks_a_kind_that_there_is():
    assert all_triggers()["start_nps"] is TRIGGER
    assert TRIGGER.kind in all_surveys()


def test_it_asks_after_ninety_days_and_then_every_half_year():
    assert TRIGGER.in_force({}) == {"first_after": 90, "period": 180}
