"""What is turned in the rules, as a setting: `inactivity.least_days=10 campaign_silence=off; smb: seats_full=off`."""

from bot.by_segment import BySegment, by_segment
from metrics.judging import Rule
from metrics.rules import all_rules

_SWITCHES = {"on": True, "off": False}


def rule_words_of(text: object) -> BySegment:
    """What a text says of rules and their dials; ValueError names the word that says nothing and what is allowed."""
    return by_segment(text, _read)


def _read(word: str) -> tuple[str, int]:
    name, equals, value = word.partition("=")
    rule_id, dot, dial = name.partition(".")
    rule = all_rules().get(rule_id)
    if rule is None or not equals:
        known = ", ".join(all_rules())
        raise ValueError(f"expected rule.dial=number or rule=off with one of the rules {known}, not {word!r}")
    return name, _number(rule, dial, value, word) if dot else _switch(rule, value, word)


def _switch(rule: Rule, value: str, word: str) -> bool:
    if value not in _SWITCHES:
        raise ValueError(
            f"expected {rule.id}=off or {rule.id}=on, or one of {_dials(rule)} with a number, not {word!r}"
        )
    return _SWITCHES[value]


def _number(rule: Rule, name: str, value: str, word: str) -> int:
    dial = rule.dials.get(name)
    if dial is None:
        raise ValueError(f"expected one of {_dials(rule)} with a number, not {word!r}")
    if not (value.isascii() and value.isdecimal()) or not dial.low <= int(value) <= dial.high:
        raise ValueError(f"expected {rule.id}.{name} from {dial.low} to {dial.high} ({dial.unit.value}), not {word!r}")
    return int(value)


def _dials(rule: Rule) -> str:
    return ", ".join(f"{rule.id}.{name}" for name in rule.dials)
