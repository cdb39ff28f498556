"""Which country somebody means."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from storage.countries import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ES", "ES"),
        (" es ", "ES"),
        ("ESP", "ES"),
        ("Spain", "ES"),
        ("ESPAÑA", "ES"),
        ("espana", "ES"),
        ("Испания", "ES"),
        ("U.S.A.", "US"),
        ("EE. UU.", "US"),
        ("США", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("The Netherlands", "NL"),
        ("Czech Republic", "CZ"),
        ("Турция", "TR"),
        ("Russian Federation", "RU"),
        ("Bosnia and Herzegovina", "BA"),
        ("St Lucia", "LC"),
        ("Côte d'Ivoire", "CI"),
        ("AND", "AD"),
        ("", None),
        ("—", None),
        ("the", None),
        ("EU", None),
        ("Europe", None),
        ("150", None),
        ("Atlantis", None),
        ("x" * 100, None),
    ],
)
def test_codes_and_names_in_three_languages_are_understood(text: str, code: str | None):
    assert country_code(text) == code


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_every_country_is_known_by_its_name(language: str):
    names = {code: name for code, name in Locale(language).territories.items() if len(code) == 2}
    for code in ("DE", "FR", "IT", "PT", "PL", "BR", "MX", "AR", "CL", "CO", "PE", "KZ", "UA", "GE", "JP", "IN", "ZA"):
        assert country_code(names[code]) == code
    assert sum(country_code(name) not in {code, None} for code, name in names.items()) == 0


@given(st.text(max_size=100))
def test_any_text_is_taken(text: str):
    code = country_code(text)
    assert code is None or (len(code) == 2 and code.isupper())
