"""The setting for what is turned in rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.by_segment import BySegment
from bot.rule_words import rule_words_of
from metrics.rules import all_rules

DIALS = {f"{rule.id}.{name}": dial for rule in all_rules().values() for name, dial in rule.dials.items()}


@st.composite
def words(draw: st.DrawFn) -> dict[str, int]:
    turned = draw(st.sets(st.sampled_from(sorted(DIALS)), max_size=6))
    dials = {name: draw(st.integers(DIALS[name].low, DIALS[name].high)) for name in sorted(turned)}
    return dials | draw(st.dictionaries(st.sampled_from(sorted(all_rules())), st.booleans(), max_size=3))


def test_thresholds_and_rules_are_turned_for_all_and_for_segments():
    text = "inactivity.least_days=10 campaign_silence=off; enterprise: usage_drop.warn_below=70 campaign_silence=on"
    assert rule_words_of(text) == BySegment(
        {"inactivity.least_days": 10, "campaign_silence": False},
        {"enterprise": {"usage_drop.warn_below": 70, "campaign_silence": True}},
    )


@given(words(), st.dictionaries(st.sampled_from(("smb", "Mid Market")), words().filter(bool), max_size=2))
def test_what_is_written_is_read_again(company, segments):
    written = BySegment(company, segments)
    assert rule_words_of(str(written)) == written
    assert str(rule_words_of(str(written))) == str(written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("silence=off", "with one of the rules advocate, campaign_silence, .*, usage_drop, not 'silence=off'"),
        ("inactivity", "expected rule.dial=number or rule=off .*, not 'inactivity'"),
        ("inactivity=10", "expected inactivity=off or inactivity=on, or one of inactivity.times_usual, .* not"),
        ("inactivity.days=10", "one of inactivity.times_usual, inactivity.least_days, .* with a number, not"),
        ("usage_drop.warn_below=101", r"usage_drop.warn_below from 1 to 100 \(percent\), not"),
        ("usage_drop.warn_below=60%", "usage_drop.warn_below from 1 to 100"),
        ("inactivity.least_days=-1", r"inactivity.least_days from 1 to 365 \(days\)"),
        ("inactivity.least_days=٣", "inactivity.least_days from 1 to 365"),
        ("smb: inactivity.least_days=soon", "inactivity.least_days from 1 to 365"),
        (": inactivity=off", "names no segment"),
    ],
)
def test_what_says_nothing_is_named_with_what_is_allowed(text, expected):
    with pytest.raises(ValueError, match=expected):
        rule_words_of(text)
