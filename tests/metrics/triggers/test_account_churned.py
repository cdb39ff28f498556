from metrics.surveys import all_surveys
from metrics.triggers import all_triggers
from metrics.triggers.account_churned import TRIGGER


def test_it_is_found_by_its_id_and_asks_a_kind_that_there_is():
    assert all_triggers()["account_churned"] is TRIGGER
    assert TRIGGER.kind in all_surveys()


def test_the_csm_is_asked_too():
    assert TRIGGER.asks_csm
