"""The list of surveys: those that run, are planned, come again, or are over; and one of them looked at closer."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.survey_recurring import next_moment
from commands.core.survey_seen import Seen
from commands.ui import formats
from commands.ui.blocks import actions, button, confirm, context, cut
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.survey_form import RHYTHMS
from commands.ui.cards.survey_reasons import FAILURES, counted, said
from commands.ui.cards.survey_unnamed import voids_said, words_said
from commands.ui.cards.survey_wave import DETAILS, LIST, bar, small_print, state_of, title_of, wave_paragraphs
from metrics.surveys import all_surveys
from metrics.types import Sentence, plural
from storage.queries.schedules import Schedule
from storage.queries.survey_left_out import LeftOut, Page
from storage.queries.survey_results import Words
from storage.queries.survey_voids import Voided

NEW: Final = "survey.new"
STOP: Final = "survey.stop"
LISTS: Final = "survey.lists"
WORDING: Final = "survey.wording"
PAGE: Final = 6
"""Waves a page."""
PEOPLE_PAGE: Final = 12
"""People, or comments, a page of the details."""


def waves_card(
    waves: Sequence[Seen],
    total: int,
    comings: Sequence[tuple[Schedule, bool]],
    page: int,
    t: Translator,
    zone: tzinfo,
    *,
    running: int,
    said: Sentence | None = None,
    replace: bool = False,
) -> Reply:
    """One page of the waves, `total` in all; `comings` are those that come again, each with whether it may be stopped.

    `running` of all the waves are not over.
    """
    head = (line(said), *_head(total, running))
    blocks: list[Block] = [as_section(t, head)]
    told: list[Paragraph] = [head]
    for schedule, may_stop in comings if page == 0 else ():
        paragraph = _coming(schedule)
        told.append(paragraph)
        blocks.append(as_section(t, paragraph, accessory=_stop(schedule, t) if may_stop else None))
    for one in waves:
        paragraph = _wave(one, t, zone)
        told.append(paragraph)
        blocks.append(as_section(t, paragraph, accessory=button(t("Details"), DETAILS, packed(str(one.wave.id)))))
    last = max(0, (total - 1) // PAGE)
    blocks.append(actions(*_below(page, last, t)))
    blocks.append(context(t.md("The short way: `/survey nps acme`. Why somebody was not asked: `/survey why ana`.")))
    blocks.append(context(t.md("What asks by itself: `/survey triggers`.")))
    return Reply(plain_text(t, told), tuple(blocks), replace=replace)


def details_modal(
    one: Seen,
    found: Page,
    page: int,
    t: Translator,
    zone: tzinfo,
    *,
    buttons: Sequence[Block],
    words: Sequence[Words] = (),
    voids: Sequence[Voided] = (),
) -> Modal:
    """Everything of one wave: how far it is, and by name who was not asked or not reached, and why.

    `words` are the comments of an anonymous wave, where they may be shown; `voids` are answers to it that were voided.
    """
    blocks = [as_section(t, each) for each in wave_paragraphs(one, t, zone) if any(part.said for part in each)]
    if buttons:
        blocks.append(actions(*buttons))
    counts = one.progress
    left_out = tuple(
        line(counted(reason, count)) for reason, count in sorted(counts.skipped.items(), key=lambda pair: -pair[1])
    )
    if left_out:
        blocks.append(as_section(t, (strong(Sentence("Not asked")), *left_out)))
    failed = tuple(
        line(Sentence("{count}: {reason}", {"count": count, "reason": _failure(word)}))
        for word, count in sorted(counts.failures.items(), key=lambda pair: -pair[1])
    )
    if failed:
        blocks.append(as_section(t, (strong(Sentence("Not reached")), *failed)))
    last = max(0, (max(found.total, len(words)) - 1) // PEOPLE_PAGE)
    pages = Sentence("page {page} of {pages}", {"page": page + 1, "pages": last + 1}) if last else None
    if here := words[page * PEOPLE_PAGE : (page + 1) * PEOPLE_PAGE]:
        blocks += words_said(here, one.wave.id, page, pages, t)
    if voids:
        blocks.append(as_section(t, voids_said(voids, zone)))
    if found.rows:
        people = tuple(_left_out(each, zone) for each in found.rows)
        blocks.append(as_section(t, (strong(Sentence("By name"), pages), *people)))
    if turning := _turning(one.wave.id, page, last, t):
        blocks.append(actions(*turning))
    if (small := small_print(one)) is not None:
        blocks.append(context(t.md(small)))
    return Modal(cut(t("Survey"), TITLE_MOST), tuple(blocks), close=cut(t("Close"), TITLE_MOST))


def _head(total: int, running: int) -> tuple[Line, ...]:
    if not total:
        return (
            strong(Sentence("No surveys yet")),
            line(Sentence("Ask NPS, CSAT, CES or why somebody left, where your customers are anyway: in Slack.")),
            line(Sentence("You see who will be asked and who will not before anything is sent.")),
        )
    count = plural("{count} survey", "{count} surveys", total)
    return (strong(count, plural("{count} running", "{count} running", running) if running else None),)


def _wave(one: Seen, t: Translator, zone: tzinfo) -> Paragraph:
    rate = None
    if one.rate is not None:
        share = formats.percent(one.rate, t.locale, 0)
        rate = Sentence("{rate} answered", {"rate": share})
    counts = Sentence("{answered} of {asked}", {"answered": one.progress.answered, "asked": one.progress.asked})
    progress = line(bar(one.rate), rate, counts) if one.rate is not None else line()
    return (
        strong(title_of(one.wave), state_of(one.wave, zone)),
        line(Sentence("To {people}", {"people": one.to})),
        progress,
    )


def _coming(schedule: Schedule) -> Paragraph:
    options = schedule.options
    survey = all_surveys().get(str(options.get("kind")))
    kind = Sentence(survey.title) if survey is not None else str(options.get("kind"))
    name = Sentence("“{name}”", {"name": str(options["name"])}) if options.get("name") else None
    rhythm = Sentence(RHYTHMS.get(str(options.get("rhythm")), RHYTHMS["monthly"]))
    when = Sentence("next on {moment}", {"moment": next_moment(schedule)})
    return (strong(Sentence("🔁 {kind}", {"kind": kind}), name), line(rhythm, when))


def _stop(schedule: Schedule, t: Translator) -> Block:
    sure = confirm(
        t("Stop this survey?"),
        t("It does not come any more. What has been sent goes on as it is."),
        yes=t("Stop"),
        no=t("Keep it"),
        danger=True,
    )
    return button(t("Stop"), STOP, packed(str(schedule.id)), confirm=sure)


def _below(page: int, last: int, t: Translator) -> list[Block]:
    buttons = [button(t("New survey"), NEW, packed(""), style="primary")]
    buttons += [button(t("Wording"), WORDING, packed("")), button(t("Saved lists"), LISTS, packed(""))]
    if page > 0:
        buttons.append(button(t("‹ Previous"), LIST, packed("", page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), LIST, packed("", page + 1)))
    return buttons


def _turning(wave_id: int, page: int, last: int, t: Translator) -> list[Block]:
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), DETAILS, packed(str(wave_id), page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), DETAILS, packed(str(wave_id), page + 1)))
    return buttons


def _left_out(one: LeftOut, zone: tzinfo) -> Line:
    name = Sentence("• {name}", {"name": one.person or one.account})
    return line(name, one.account if one.person else None, said(one.reason, one.detail, zone))


def _failure(word: str) -> Sentence:
    return Sentence(FAILURES[word]) if word in FAILURES else Sentence("Slack said: {word}", {"word": word})
