"""Time zones as people name them."""

import pytest

from commands.core.errors import NotUnderstood
from commands.core.zone_words import zone_named


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        (" madrid ", "Europe/Madrid"),
        ("new york", "America/New_York"),
        ("america/new_york", "America/New_York"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_meant_by_its_name_or_its_place(text, zone):
    assert zone_named(text) == zone


@pytest.mark.parametrize("text", ["Madird", "", "   ", "🕘", "x" * 500])
def test_for_anything_else_the_nearest_are_offered(text):
    with pytest.raises(NotUnderstood) as refused:
        zone_named(text)
    assert all(zone_named(near) == near for near in refused.value.suggestions)


def test_a_slip_is_understood_well_enough_to_mend_it():
    with pytest.raises(NotUnderstood) as refused:
        zone_named("Madird")
    assert "Europe/Madrid" in refused.value.suggestions
