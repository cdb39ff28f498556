"""The dials of triggers as a company has turned them."""

import pytest

from metrics.dials import Dial, DialUnit
from metrics.triggering import Trigger

TRIGGER = Trigger("t", "nps", "T", "S", dials={"days": Dial("Days", 7, DialUnit.DAYS, 1, 30)})


@pytest.mark.parametrize(("turned", "days"), [({}, 7), ({"days": 30}, 30), ({"days": 31}, 7), ({"days": True}, 7)])
def test_what_is_out_of_bounds_stands_at_its_default(turned, days):
    assert TRIGGER.in_force(turned) == {"days": days}


def test_one_that_watches_no_feature_has_none():
    assert TRIGGER.feature({"feature": "export"}) == ""
