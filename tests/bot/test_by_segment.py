"""Settings that say something for the company and something else for segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.by_segment import BySegment, by_segment


def word(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    return name, {"on": True, "off": False}[value] if value in {"on", "off"} else int(value)


WORDS = st.dictionaries(st.sampled_from(("a", "b", "c.d")), st.integers(0, 1000) | st.booleans(), max_size=4)
SEGMENTS = st.dictionaries(st.sampled_from(("smb", "Mid Market", "Öl & Gas")), WORDS.filter(bool), max_size=3)


def test_a_company_and_its_segments_have_their_words():
    found = by_segment("a=30 b=15; enterprise: c=30 a=20 ; mid market: a=0; enterprise: b=1", word)
    assert found == BySegment({"a": 30, "b": 15}, {"enterprise": {"c": 30, "a": 20, "b": 1}, "mid market": {"a": 0}})
    assert by_segment("", word) == BySegment()


@given(WORDS, SEGMENTS)
def test_what_is_written_is_read_again(company, segments):
    words = BySegment(company, segments)
    assert str(by_segment(str(words), word)) == str(words)
    assert by_segment(words, word) is words


def test_a_colon_without_a_segment_is_named():
    with pytest.raises(ValueError, match="': a=1' names no segment"):
        by_segment(": a=1", word)
