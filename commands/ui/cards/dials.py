"""Words about the dials of rules: what is in force, and what a company has turned.

Names that may be written into the setting are Markup, so that they can be copied from a card as they are.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from commands.core.reply import Markup
from commands.core.request import Translator
from commands.ui.cards.paragraphs import BETWEEN, Line, line
from metrics.dials import Dial, Dials, DialUnit, RulePolicy
from metrics.judging import Rule, Signal
from metrics.rules import all_rules, rules_of
from metrics.types import Sentence, Value, plural

TURNED_MOST: Final = 20
"""So many turned dials are told on a card; a setting that is longer is better read where it is set."""


def in_force(rule: Rule, policy: RulePolicy, segment: str | None, t: Translator) -> str:
    """A rule's dials for a segment's accounts in the reader's words, or that the rule is off."""
    dials = rule.in_force(policy, segment)
    return t("off") if dials is None else BETWEEN.join(_shown(rule.dials, dials, t))


def _shown(known: Mapping[str, Dial], dials: Dials, t: Translator) -> Iterator[str]:
    for name, value in dials.items():
        yield t("{dial}: {value}", dial=Sentence(known[name].title), value=_value(value, known[name].unit))


def _value(value: int, unit: DialUnit) -> Value:
    if unit is DialUnit.PERCENT:
        return Fraction(value, 100)
    if unit is DialUnit.DAYS:
        return plural("{count} day", "{count} days", value)
    return value


def signals_in_force(signal: Signal, policy: RulePolicy, segment: str | None, t: Translator) -> Iterator[Line]:
    """Each rule that looks for the signal, with the thresholds by which a segment's accounts are judged."""
    for rule in rules_of(signal).values():
        values: dict[str, Value] = {"risk": Sentence(rule.title), "dials": in_force(rule, policy, segment, t)}
        yield line(Sentence("*{risk}* — {dials}", values))


def turned(policy: RulePolicy) -> Iterator[Line]:
    """What is not as delivered: for all accounts first, then for each segment; nothing where all is."""
    told = [Sentence("For all accounts: {turned}", {"turned": each}) for each in _differing(policy.company, {})]
    for segment, own in policy.segments.items():
        told += [
            Sentence("In {segment}: {turned}", {"segment": segment, "turned": each})
            for each in _differing(own, policy.company)
        ]
    yield from map(line, told[:TURNED_MOST])
    if len(told) > TURNED_MOST:
        yield line(Sentence("and {count} more", {"count": len(told) - TURNED_MOST}))


def _differing(own: Mapping[str, int], otherwise: Mapping[str, int]) -> Iterator[Sentence]:
    """What `own` says that is neither delivered nor said `otherwise`."""
    for name, value in own.items():
        rule_id, _, dial = name.partition(".")
        rule = all_rules()[rule_id]
        usual = otherwise.get(name, rule.dials[dial].default if dial else True)
        if value == usual:
            continue
        if dial:
            unit = rule.dials[dial].unit
            values: dict[str, Value] = {
                "name": Markup(name),
                "value": _value(value, unit),
                "usual": _value(usual, unit),
            }
            yield Sentence("`{name}` {value} instead of {usual}", values)
        elif value:
            yield Sentence("`{rule}` is on", {"rule": Markup(rule_id)})
        else:
            yield Sentence("`{rule}` is off", {"rule": Markup(rule_id)})


def as_delivered(signal: Signal) -> Iterator[Line]:
    """Every dial that looks for the signal by its name, with its default: what may be written into the setting."""
    for rule in rules_of(signal).values():
        dials = " ".join(f"{name}={dial.default}" for name, dial in rule.dials.items())
        values: dict[str, Value] = {
            "signal": Sentence(rule.title),
            "rule": Markup(rule.id),
            "dials": Markup(dials),
        }
        yield line(Sentence("{signal} `{rule}`: `{dials}`", values))
