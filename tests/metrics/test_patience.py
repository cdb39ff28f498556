from datetime import timedelta

import pytest

from metrics.alerting import AS_DELIVERED
from metrics.judging import Severity
from metrics.patience import patience_of


def test_what_nobody_names_is_as_delivered():
    assert patience_of("36h", "") == AS_DELIVERED
    assert patience_of("36h", "urgent=1d warning=7d notice=7d") == AS_DELIVERED


def test_a_company_may_be_more_patient():
    patience = patience_of(" 3D ", "Urgent=0h, notice=30d")
    assert patience.clear_after == timedelta(days=3)
    assert patience.cool_down[Severity.URGENT] == timedelta(0)
    assert patience.longest_cool_down == timedelta(days=30)


@pytest.mark.parametrize("text", ["", "36", "1w", "91d", "2161h", "-1d", "1d 2d"])
def test_a_time_that_is_none_says_what_was_expected(text):
    with pytest.raises(ValueError, match="36h or 2d"):
        patience_of(text, "")


@pytest.mark.parametrize("text", ["urgent", "urgent=", "urgent=5", "dire=1d", "warning=100d", "=1d"])
def test_a_cool_down_that_is_none_says_what_was_expected(text):
    with pytest.raises(ValueError, match="urgent=1d"):
        patience_of("36h", text)
