import json

from hypothesis import given
from hypothesis import strategies as st

from commands.core.stencil import stencil

TEXTS = st.text(max_size=5) | st.sampled_from(("GAP", "GAP 9", "a GAP b GAP"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)
WORDS = st.text("xyz-_", min_size=1, max_size=6)


@given(JSON, WORDS)
def test_it_is_filled_in_as_its_text_would_be(value, word):
    assert stencil(value, "GAP")(word) == json.loads(json.dumps(value).replace("GAP", word))


@given(JSON, WORDS, WORDS)
def test_one_filling_knows_nothing_of_another(value, one, other):
    before = json.dumps(value)
    fill = stencil(value, "GAP")
    first = json.dumps(fill(one))
    fill(other)
    assert json.dumps(fill(one)) == first
    assert json.dumps(value) == before
