import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.core.words import folded, squeezed, words_of, written


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a  b", ["a", "b"]),
        ('segment:"mid market" oct', ["segment:mid market", "oct"]),
        ("“mid market” x", ["mid market", "x"]),
        ("«a b»", ["a b"]),
        ('"never closed', ["never closed"]),
        (r'"a \"b\" \\"', ['a "b" \\']),
        ("", []),
    ],
)
def test_quotes_hold_words_together(text: str, bare: list[str]) -> None:
    assert [word.bare for word in words_of(text)] == bare


@given(name=st.text(min_size=1, max_size=60), other=st.text(min_size=1, max_size=60))
def test_a_written_name_is_one_word_and_comes_back(name: str, other: str) -> None:
    words = words_of(f"csm:{written(name)} {written(other)}")
    assert [word.bare for word in words] == [f"csm:{name}", other]


def test_case_accents_and_final_dots_do_not_count() -> None:
    assert folded("Último  AÑO.") == folded("ultimo ano")
    assert squeezed("Mid-Market") == squeezed("mid market")
