"""The form that sets a digest up, with the real thing below it when it is asked for."""

from collections.abc import Iterable
from typing import Final

from commands.core.button_values import packed
from commands.core.digest_form import ALL, BOOK, DAYS, EACH, LANGUAGE, TIME, WHERE, ZONE, Form, book_value
from commands.core.digest_question import Digest
from commands.core.filters import VALUE_MOST
from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.ui.blocks import (
    actions,
    button,
    choice_input,
    context,
    conversations_select,
    cut,
    divider,
    option,
    option_group,
    static_select,
    text_input,
    timepicker,
)
from commands.ui.cards.digest import digest_cards
from commands.ui.cards.digest_names import DAYS as DAY_NAMES
from commands.ui.cards.digest_names import LANGUAGES, how_often, when_next, where_to, whose
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import as_section, line, strong
from commands.ui.text import translator
from metrics.types import BookFilter, Sentence
from storage.queries.schedules import Schedule

SAVE: Final = "digests.save"
LOOK: Final = "digests.look"


def digest_form(form: Form, t: Translator, *, preview: Digest | None = None) -> Modal:
    """The form; `preview` is the digest that comes of what stands in it."""
    new = form.schedule_id is None
    blocks = [
        choice_input(BOOK, t("Which accounts?"), _books(form, t)),
        choice_input(
            WHERE,
            t("In which channel? Leave it empty for a direct message"),
            conversations_select("where", t("Choose a channel"), initial=form.where),
            optional=True,
        ),
        choice_input(DAYS, t("How often?"), _chosen("days", t("How often?"), _day_options(t), form.days)),
        choice_input(TIME, t("At what time?"), timepicker("time", initial=form.time)),
        text_input(ZONE, t("In which time zone?"), action_id="zone", initial=form.zone, most=64),
        choice_input(
            LANGUAGE, t("In which language?"), _chosen("language", t("In which language?"), _languages(), form.language)
        ),
        actions(button(t("Show a preview"), LOOK, packed(str(form.schedule_id or 0)))),
    ]
    if preview is not None:
        blocks += _preview(preview, form.language, t)
    return Modal(
        cut(t("New digest") if new else t("Change the digest"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Set it up") if new else t("Save"), TITLE_MOST),
        private_metadata=packed(str(form.schedule_id or 0)),
    )


def digest_set_up(schedule: Schedule, book: BookFilter | None, t: Translator) -> Modal:
    """What has been set up, and when it comes for the first time."""
    told = (
        strong(whose(schedule, book), where_to(schedule)),
        line(how_often(schedule)),
        line(when_next(schedule, t)),
    )
    again = Sentence("Change, pause or remove it with `/latido digests`.")
    return Modal(
        cut(t("The digest is set up"), TITLE_MOST),
        (as_section(t, told), context(t.md(again))),
        close=cut(t("Close"), TITLE_MOST),
    )


def _preview(one: Digest, language: str, t: Translator) -> list[Block]:
    """The main message as it would be now, without its buttons; the picture comes with the message alone."""
    main = digest_cards(one, translator(language)).main
    shown = [block for block in main.blocks if block["type"] != "actions"]
    picture = [] if main.chart is None else [context(t.md("With the picture: {title}", title=main.chart.title))]
    return [divider(), as_section(t, (strong(Sentence("As it would be now")),)), *shown, *picture]


def _books(form: Form, t: Translator) -> Block:
    """Everybody, each CSM their own, then the segments and the CSMs; a digest's own book where it is none of these."""
    everybody = [option(t("All customers"), ALL), option(t("To each CSM their own accounts"), EACH)]
    segments = _options(BookFilter(segment=name) for name in form.choices.segments.names)
    csms = _options(BookFilter(csm_email=name) for name in form.choices.csm_emails.names)
    offered = {one["value"]: one for one in (*everybody, *segments, *csms)}
    if form.book not in offered and len(form.book) <= VALUE_MOST:
        everybody.append(option(form.book, form.book))
        offered[form.book] = everybody[-1]
    groups = [
        option_group(label, options)
        for label, options in ((t("Everybody"), everybody), (t("A segment"), segments), (t("A CSM"), csms))
        if options
    ]
    return static_select("book", t("Which accounts?"), groups=groups, initial=offered.get(form.book))


def _options(books: Iterable[BookFilter]) -> list[Block]:
    named = ((book.segment or book.csm_email or "", book_value(book)) for book in books)
    return [option(name, value) for name, value in named if name and len(value) <= VALUE_MOST]


def _day_options(t: Translator) -> list[Block]:
    return [option(t(name), days) for days, name in DAY_NAMES.items()]


def _languages() -> list[Block]:
    return [option(name, code) for code, name in LANGUAGES.items()]


def _chosen(action_id: str, placeholder: str, options: list[Block], value: str) -> Block:
    initial = next((one for one in options if one["value"] == value), None)
    return static_select(action_id, placeholder, options, initial=initial)
