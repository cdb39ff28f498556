"""The live card of a wave: how far it is, what was answered so far, and the buttons to look closer or to stop it."""

from datetime import UTC, datetime, tzinfo
from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.survey_seen import Seen
from commands.ui import formats
from commands.ui.blocks import actions, button, confirm, context, mention
from commands.ui.cards.figures import written
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.asking import SMALL_GROUP
from metrics.formulas import all_metrics
from metrics.surveys import all_surveys
from metrics.types import Sentence, Value, msg, plural
from storage.queries.survey_waves import UNDER_WAY, Wave

DETAILS: Final = "survey.details"
WITHDRAW: Final = "survey.withdraw"
ALL: Final = "survey.all"
LIST: Final = "survey.list"
PLACES: Final = {
    "direct": msg("by direct message"),
    "channel": msg("in the shared channel"),
    "thread": msg("in a thread"),
}
BAR: Final = 12
"""Blocks of a progress bar."""


def wave_card(
    one: Seen, t: Translator, *, zone: tzinfo = UTC, said: Sentence | None = None, replace: bool = False
) -> Reply:
    """The card as it is now; `said` is what has just been done with the wave."""
    paragraphs = wave_paragraphs(one, t, zone)
    told = [(line(said),), *paragraphs] if said is not None else paragraphs
    blocks = [as_section(t, paragraph) for paragraph in told if any(each.said for each in paragraph)]
    if (small := small_print(one)) is not None:
        blocks.append(context(t.md(small)))
    blocks.append(actions(*wave_buttons(one, t)))
    return Reply(plain_text(t, told), tuple(blocks), replace=replace)


def wave_paragraphs(one: Seen, t: Translator, zone: tzinfo) -> list[Paragraph]:
    """What a wave is, how far it is, and what was answered."""
    return [
        (strong(title_of(one.wave), state_of(one.wave, zone)), _whom(one)),
        (_sending(one), _answering(one, t), _others(one)),
        (_figure(one, t),),
    ]


def title_of(wave: Wave) -> Sentence:
    """The kind and, where it has one, the name."""
    survey = all_surveys().get(wave.kind)
    kind = wave.kind if survey is None else Sentence(survey.title)
    if not wave.name:
        return Sentence("Survey: {kind}", {"kind": kind})
    return Sentence("Survey: {kind}, {name}", {"kind": kind, "name": wave.name})


def state_of(wave: Wave, zone: tzinfo) -> Sentence:
    """How it stands, with the moment at which that changes."""
    if wave.state == "waiting":
        return Sentence("planned for {moment}", {"moment": _local(wave.start_at, zone)})
    if wave.state == "withdrawn":
        return Sentence("withdrawn")
    if wave.state == "over":
        return Sentence("over")
    if wave.ends_at is None:
        return Sentence("running")
    return Sentence("running until {moment}", {"moment": _local(wave.ends_at, zone)})


def wave_buttons(one: Seen, t: Translator) -> list[Block]:
    """Look closer, take it back, and all of them."""
    look = button(t("Details"), DETAILS, packed(str(one.wave.id)))
    return [look, *withdraw_button(one, t), button(t("All surveys"), ALL, packed(""))]


def withdraw_button(one: Seen, t: Translator) -> list[Block]:
    """The button to take a wave back, as long as it may still ask somebody."""
    if one.wave.state in UNDER_WAY:
        sure = confirm(
            t("Withdraw this survey?"),
            t("Nobody else is asked. Questions that nobody has answered are closed; the answers so far stay."),
            yes=t("Withdraw"),
            no=t("Keep it"),
            danger=True,
        )
        return [button(t("Withdraw"), WITHDRAW, packed(str(one.wave.id)), style="danger", confirm=sure)]
    return []


def bar(share: Fraction) -> str:
    """A share of one as a bar of blocks."""
    full = min(BAR, int(share * BAR + Fraction(1, 2)))
    return "█" * full + "░" * (BAR - full)


def _whom(one: Seen) -> Line:
    by = one.wave.started_by
    started = Sentence("started by {person}", {"person": mention(by)}) if by else Sentence("started by a trigger")
    sample = plural("one in {count}", "one in {count}", one.wave.one_in) if one.wave.one_in > 1 else None
    place = Sentence(PLACES[one.wave.place])
    return line(Sentence("To {people}", {"people": one.to}), sample, place, started)


def _sending(one: Seen) -> Line:
    """How far the sending is, as long as some wait."""
    counts = one.progress
    if not counts.queued:
        return line()
    values: dict[str, Value] = {"sent": counts.asked, "all": one.all_questions}
    return line(bar(Fraction(counts.asked, one.all_questions)), Sentence("{sent} of {all} sent", values))


def _answering(one: Seen, t: Translator) -> Line:
    counts = one.progress
    if one.rate is None:
        return line(Sentence("Nobody has been asked yet") if one.wave.state in UNDER_WAY else None)
    rate = formats.percent(one.rate, t.locale, 0)
    return line(
        bar(one.rate),
        Sentence("{rate} answered", {"rate": rate}),
        Sentence("{answered} of {asked}", {"answered": counts.answered, "asked": counts.asked}),
    )


def _others(one: Seen) -> Line:
    """What became of those who have not answered, and of answers that do not count."""
    counts = one.progress
    waiting = counts.sent
    skipped, voided = sum(counts.skipped.values()), one.given.voided
    return line(
        plural("{count} waiting", "{count} waiting", waiting) if waiting else None,
        plural("{count} declined", "{count} declined", counts.declined) if counts.declined else None,
        plural("{count} expired", "{count} expired", counts.expired) if counts.expired else None,
        plural("{count} withdrawn", "{count} withdrawn", counts.withdrawn) if counts.withdrawn else None,
        plural("{count} failed", "{count} failed", counts.failed) if counts.failed else None,
        plural("{count} not asked", "{count} not asked", skipped) if skipped else None,
        plural("{count} answer voided", "{count} answers voided", voided) if voided else None,
    )


def _figure(one: Seen, t: Translator) -> Line:
    """The figure of the answers there are; nothing where it may not be shown."""
    answers = plural("{count} answer", "{count} answers", one.given.answers)
    survey = all_surveys().get(one.wave.kind)
    if survey is None or one.hidden:
        return line()
    if one.value is not None:
        shown = written(one.value, all_metrics()[one.wave.kind].unit, "", t)
        values: dict[str, Value] = {"kind": Sentence(survey.title), "value": shown}
        if one.wave.state in UNDER_WAY:
            return line(Sentence("{kind} so far: {value}", values), answers)
        return line(Sentence("{kind}: {value}", values), answers)
    options = ((survey.option(choice), count) for choice, count in one.given.choices.items())
    named = sorted(((count, each) for each, count in options if each is not None), key=lambda pair: -pair[0])
    return line(*(Sentence("{option}: {count}", {"option": Sentence(o.title), "count": n}) for n, o in named[:3]))


def small_print(one: Seen) -> Sentence | None:
    """What an anonymous survey shows and what not."""
    if not one.wave.anonymous:
        return None
    if one.wave.state in UNDER_WAY:
        return Sentence(
            "Anonymous: the figure comes when the survey is over, if at least {few} have answered.",
            {"few": SMALL_GROUP},
        )
    if one.hidden:
        return Sentence("Anonymous: no figure is shown of fewer than {few} answers.", {"few": SMALL_GROUP})
    return Sentence("Anonymous: no answer leads to a person, and nothing is split below {few}.", {"few": SMALL_GROUP})


def _local(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone)
