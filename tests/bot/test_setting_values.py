from fractions import Fraction

import pytest

from bot.setting_values import (
    api_url,
    business_hours,
    command_prefix,
    currency_code,
    database_url,
    destination,
    language,
    readable,
    share,
    users,
    whole_or_nothing,
    zone_name,
)


def test_what_is_read_is_returned_as_it_is_meant() -> None:
    assert (currency_code("eur"), language(" ES ")) == ("EUR", "es")
    assert (share("0.8"), business_hours(None)) == (Fraction(4, 5), None)
    assert (users("U0123ABCD  W0456EFGH"), destination(" C0123ABCD ")) == ("U0123ABCD,W0456EFGH", "C0123ABCD")
    assert (api_url("https://slack.example/api"), command_prefix("cs-")) == ("https://slack.example/api/", "cs-")
    assert (zone_name("Europe/Madrid"), database_url("sqlite:///a.db")) == ("Europe/Madrid", "sqlite:///a.db")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11", "expected nothing, or a whole number of days from 0 to 10 such as 5"),
        ("-1", "expected nothing"),
        ("1.5", "expected nothing"),
        ("٣", "expected nothing"),
    ],
)
def test_a_whole_number_is_in_its_bounds(text: str, expected: str) -> None:
    read = whole_or_nothing("whole number of days", 10, 5)
    assert [read(value) for value in (None, "0", " 10 ")] == [None, 0, 10]
    with pytest.raises(ValueError, match=expected):
        read(text)


def test_a_readable_text_stays_as_it_is() -> None:
    read = readable(int)
    assert read(" 7 ") == " 7 "
    with pytest.raises(ValueError, match="invalid literal"):
        read("seven")
