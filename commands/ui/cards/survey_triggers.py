"""The card and the form of what asks by itself."""

from collections.abc import Iterator, Sequence
from typing import Final

from commands.core.button_values import packed
from commands.core.conditions import ANY, NAMED
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.survey_triggers import DIAL, OF_FEATURE, SEGMENT, Standing
from commands.ui.blocks import actions, button, choice_input, context, cut, option, static_select, text_input
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import short
from metrics.surveys import all_surveys
from metrics.triggering import FEATURE
from metrics.types import Sentence, plural

SWITCH: Final = "survey.triggers.switch"
TUNE: Final = "survey.triggers.tune"
SAVE: Final = "survey.triggers.save"
"""Ids of the buttons and of the modal; frozen."""
NAMES_MOST: Final = 99
NAME_MOST: Final = 100
"""Characters of a segment, or of a feature's name, that a menu's line carries with its mark."""


def triggers_card(
    standings: Sequence[Standing], t: Translator, *, may_change: bool, said: Sentence | None = None
) -> Reply:
    """Each trigger: what it asks whom, whether it is on, its dials, and what came of it this month."""
    head: Paragraph = (
        line(said),
        strong(Sentence("What asks by itself")),
        line(Sentence("The same rules hold as for every survey: who is not asked, when, and how often.")),
    )
    blocks, spoken = [as_section(t, head)], [head]
    for one in standings:
        paragraph = trigger_lines(one)
        spoken.append(paragraph)
        blocks.append(as_section(t, paragraph))
        if may_change:
            blocks.append(_buttons(one, t))
    small = t(
        "Switched on, it asks about what happens from then on. Off takes back what is not sent yet; the settings stay."
    )
    blocks.append(context(small if may_change else t("Admins switch them on and off.")))
    return Reply(plain_text(t, spoken), tuple(blocks))


def trigger_lines(one: Standing) -> Paragraph:
    """One of them."""
    kind = Sentence(all_surveys()[one.trigger.kind].title)
    sign = Sentence("🟢 {what}", {"what": Sentence(one.trigger.title)})
    off = Sentence("⚪ {what}", {"what": Sentence(one.trigger.title)})
    return (
        strong(sign if one.on else off, kind, Sentence("on") if one.on else Sentence("off")),
        line(Sentence(one.trigger.summary)),
        line(*_dials(one)),
        _month(one),
        line(Sentence("Its survey of this month was withdrawn: it asks again next month.") if one.paused else None),
    )


def trigger_form(one: Standing, segments: Sequence[str], features: Sequence[str], t: Translator) -> Modal:
    """Its dials, its feature and whom it is for."""
    blocks: list[Block] = [as_section(t, (strong(Sentence(one.trigger.title)), line(Sentence(one.trigger.summary))))]
    if one.trigger.of_feature:
        blocks.append(_feature(one, features, t))
    for name, value in one.trigger.in_force(one.turned).items():
        blocks.append(text_input(DIAL.format(name), t(one.trigger.dials[name].title), initial=str(value), most=5))
    lines = {ANY: option(t("all customers"), ANY)} | _menu(segments)
    chosen = lines.get(ANY if one.segment is None else f"{NAMED}{one.segment}", lines[ANY])
    menu = static_select("segment", t("all customers"), list(lines.values()), initial=chosen)
    blocks.append(choice_input(SEGMENT, t("Segment"), menu))
    blocks.append(context(t("What happened before you save is not asked about.")))
    return Modal(
        cut(t("What asks by itself"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed(one.trigger.id),
    )


def triggers_saved(standings: Sequence[Standing], t: Translator) -> Modal:
    """All of them as they are now."""
    shown = triggers_card(standings, t, may_change=True).blocks
    return Modal(cut(t("What asks by itself"), TITLE_MOST), shown, cut(t("Close"), TITLE_MOST))


def _dials(one: Standing) -> Iterator[Sentence]:
    if one.trigger.of_feature:
        feature = one.trigger.feature(one.turned)
        yield Sentence("feature {feature}", {"feature": short(feature)}) if feature else Sentence("no feature yet")
    for name, value in one.trigger.in_force(one.turned).items():
        yield Sentence("{dial}: {value}", {"dial": Sentence(one.trigger.dials[name].title), "value": value})
    if one.segment is not None:
        yield Sentence("segment {segment}", {"segment": short(one.segment)})
    else:
        yield Sentence("all customers")


def _month(one: Standing) -> Line:
    """What it did this month."""
    counts = one.month
    if counts is None:
        return line(Sentence("asked nobody this month") if one.on else None)
    asked, skipped = counts.asked + counts.queued, sum(counts.skipped.values())
    return line(
        plural("{count} asked this month", "{count} asked this month", asked),
        plural("{count} answered", "{count} answered", counts.answered),
        plural("{count} not asked", "{count} not asked", skipped) if skipped else None,
    )


def _buttons(one: Standing, t: Translator) -> Block:
    value = packed(one.trigger.id)
    if one.on:
        return actions(button(t("Switch off"), SWITCH, value), button(t("Tune"), TUNE, value))
    return actions(button(t("Switch on"), SWITCH, value), button(t("Tune"), TUNE, value))


def _feature(one: Standing, features: Sequence[str], t: Translator) -> Block:
    """A menu of the features that are known; where there are none yet, or too many, their name is written."""
    chosen = str(one.turned.get(FEATURE) or "")
    lines = _menu(features)
    if not lines or len(lines) < len(features):
        return text_input(OF_FEATURE, t("Feature"), initial=chosen or None, most=NAME_MOST)
    menu = static_select("feature", t("Choose a feature"), list(lines.values()), initial=lines.get(f"{NAMED}{chosen}"))
    return choice_input(OF_FEATURE, t("Feature"), menu)


def _menu(names: Sequence[str]) -> dict[str, Block]:
    named = [name for name in names if name.strip() and len(name) <= NAME_MOST]
    return {f"{NAMED}{name}": option(name, f"{NAMED}{name}") for name in named[:NAMES_MOST]}
