import pytest

from commands.core.conditions import ANY, NAMED, name_in, text_in


@pytest.mark.parametrize(
    ("value", "text", "name"),
    [
        (None, None, None),
        (("a", "b"), None, None),
        ("  ", None, None),
        (ANY, ANY, None),
        (f"{NAMED}{ANY}", f"{NAMED}{ANY}", ANY),
        (f"{NAMED}Mid market", f"{NAMED}Mid market", "Mid market"),
        (" nps ", "nps", "nps"),
    ],
)
def test_an_input_says_a_text_or_a_name_or_anything(value: object, text: str | None, name: str | None) -> None:
    assert (text_in(value), name_in(value)) == (text, name)
