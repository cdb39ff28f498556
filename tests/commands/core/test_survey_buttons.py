import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.core.survey_buttons import REMINDER, Pressed, pressed_of, value_of

WORDS = st.text(st.characters(categories=("L", "N")), min_size=2)


@given(WORDS, st.one_of(st.just(""), WORDS), st.booleans())
def test_what_a_button_carries_is_read_again(token: str, answer: str, reminder: bool) -> None:
    value = value_of(token, answer, REMINDER if reminder else "")
    assert pressed_of(value) == Pressed(token, answer, reminder)


@pytest.mark.parametrize("value", ["", " ", "r", "a b c d", "\n", "9"])
def test_a_value_that_was_made_up_is_no_error(value: str) -> None:
    assert isinstance(pressed_of(value), Pressed)
