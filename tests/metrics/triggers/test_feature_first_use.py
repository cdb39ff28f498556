from metrics.surveys import all_surveys
from metrics.triggers import all_triggers
from metrics.triggers.feature_first_use import TRIGGER


def test_it_is_found_by_its_id_and_asks_a_kind_that_there_is():
    assert all_triggers()["feature_first_use"] is TRIGGER
    assert TRIGGER.kind in all_surveys()


def test_the_feature_has_to_be_chosen():
    assert TRIGGER.of_feature
    assert TRIGGER.feature({}) == ""
    assert TRIGGER.feature({"feature": "export"}) == "export"
    assert TRIGGER.in_force({}) == {"days_after": 3}
