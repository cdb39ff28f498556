from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from commands.core.survey_zones import zone_of

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("name", "country", "zone"),
    [
        ("Asia/Tokyo", "ES", "Asia/Tokyo"),
        (None, "ES", "Europe/Madrid"),
        (None, "FR", "Europe/Paris"),
        (None, "US", "America/New_York"),
        ("Nowhere/Land", "RU", "Europe/Moscow"),
        ("../etc", None, "UTC"),
        (None, "XX", "UTC"),
        (None, None, "UTC"),
        ("", None, "UTC"),
    ],
)
def test_the_zone_is_the_persons_or_the_countrys_or_the_companys(name, country, zone):
    assert str(zone_of(name, country, UTC)) == zone


def test_every_country_with_several_zones_has_a_main_one_of_its_own():
    for country, zones in get_global("territory_zones").items():
        if country.isalpha() and len(zones) > 1 and country not in {"AQ", "UM", "ZZ"}:
            assert str(zone_of(None, country, UTC)) in zones, country
