from metrics.surveys import all_surveys
from metrics.triggers import all_triggers
from metrics.triggers.ticket_resolved import TRIGGER


def test_it_is_found_by_its_id_and_asks_a_kind_that_there_is():
    assert all_triggers()["ticket_resolved"] is TRIGGER
    assert TRIGGER.kind in all_surveys()
