"""The card of /report: the headline, the most important figures of each section, the CSMs; the rest is in the PDF."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from commands.core.asked import neighbours
from commands.core.button_values import packed
from commands.core.reply import Block, Reply
from commands.core.report_question import ReportAnswer
from commands.core.report_rows import Section
from commands.core.request import Translator
from commands.core.spec import ASK
from commands.core.surroundings import Surroundings
from commands.ui.blocks import actions, button, context, table
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.cards.mrr import mrr_chart
from commands.ui.cards.paragraphs import BETWEEN, Line, Paragraph, as_section, line, markup, plain_text, strong
from commands.ui.cards.report_csms import csm_table
from commands.ui.cards.report_words import as_of, change, grade, in_brackets, notes, row_line, title, value, why_unknown
from commands.ui.cards.sharing import share_button, sharing_note
from commands.ui.cards.words import period_name
from metrics.types import Sentence

ID: Final = "report"
CSMS_MOST: Final = 10
"""CSMs on a card; all of them are in the PDF."""
HEADLINE: Final = ("mrr", "nrr", "logo_churn")


def report_card(answer: ReportAnswer, where: Surroundings, t: Translator, *, scheduled: bool = False) -> Reply:
    """The report in short; a sentence that teaches where nobody ever paid anything.

    `scheduled`: it is posted unasked, for everybody in the channel, and its PDF stands in its thread.
    """
    if answer.revenue.empty:
        return _nothing(answer, where, t)
    words = [_headline(answer, t), *(_section(section, answer, t) for section in answer.sections)]
    spoken = [paragraph for paragraph in words if len(paragraph) > 1]
    csms = csm_table(answer.csms[:CSMS_MOST], answer, t) if len(answer.csms) > 1 else []
    more = len(answer.csms) - CSMS_MOST
    rest = (line(Sentence("and {count} more CSMs in the PDF", {"count": more})),) if csms and more > 0 else ()
    until = as_of(answer)
    blocks = [as_section(t, paragraph) for paragraph in spoken]
    blocks += [table(csms, numbers=range(1, len(csms[0])))] if csms else []
    blocks += [as_section(t, rest)] if rest else []
    menus = () if scheduled else filter_menus(ID, answer.text, answer.asked, where, t)
    blocks += [*menus, *_buttons(answer, where, t, scheduled=scheduled), context(markup(t, until), *_shared(where, t))]
    told = [*spoken, tuple(line(BETWEEN.join(row)) for row in csms), rest, (until,)]
    return Reply(plain_text(t, told), tuple(blocks), mrr_chart(answer.revenue, t), 1, where.shared_by is not None)


def late_note(card: Reply, due: datetime, t: Translator) -> Reply:
    """The card with a line that says when it should have come."""
    late = t.md("Late: it was due on {moment}.", moment=due)
    return replace(card, blocks=(*card.blocks, context(late)))


def _shared(where: Surroundings, t: Translator) -> list[str]:
    return list(sharing_note(where, t))


def _headline(answer: ReportAnswer, t: Translator) -> Paragraph:
    return (
        strong(Sentence("Report: {scope}", {"scope": title(answer, t)})),
        *(strong(*_told(name, answer, t)) for name in HEADLINE),
        line(in_brackets(answer, t)),
    )


def _told(name: str, answer: ReportAnswer, t: Translator) -> Iterator[Sentence | str | None]:
    row = answer.row(name)
    yield Sentence("{figure} {value}", {"figure": Sentence(row.title), "value": value(row, answer, t)})
    yield change(row, answer, t)
    yield grade(row)


def _section(section: Section, answer: ReportAnswer, t: Translator) -> Paragraph:
    rows = section.rows[: section.on_card]
    told: list[Line] = [row_line(row, answer, t) for row in rows if row.now is not None]
    return (
        strong(Sentence(section.title)),
        *told,
        *notes(section, answer, t),
        *(line(why) for why in why_unknown(section, t, most=section.on_card)),
    )


def _buttons(answer: ReportAnswer, where: Surroundings, t: Translator, *, scheduled: bool) -> list[Block]:
    """Steps through time for the asker alone; everybody may have the PDF, and the report regularly."""
    text = answer.text
    steps = []
    if where.shared_by is None and not scheduled:
        earlier, later = neighbours(answer.asked, answer.today)
        if earlier is not None:
            label = f"‹ {period_name(earlier.period, t)}"
            steps.append(button(label, f"{ID}.earlier", packed(answer.text_of(earlier))))
        if later is not None:
            label = f"{period_name(later.period, t)} ›"
            steps.append(button(label, f"{ID}.later", packed(answer.text_of(later))))
    buttons = [button(t("PDF"), f"{ID}.pdf", packed(text), style="primary")]
    if not scheduled and not where.audience.external:
        label = t("Every month to me") if where.audience.direct else t("Every month here")
        buttons.append(button(label, f"{ID}.schedule", packed(text)))
    buttons += [] if scheduled else share_button(f"{ID}.share", packed(text), where, t)
    asked = (button(typed, ASK, f"{typed} {text}") for typed in ("/mrr", "/churn", "/renewals"))
    return [actions(*steps, *buttons, *asked)]


def _nothing(answer: ReportAnswer, where: Surroundings, t: Translator) -> Reply:
    """What to import, or that nobody of these accounts paid anything then."""
    if answer.imported_on["subscriptions"] is None:
        sentence = Sentence(
            "No subscriptions yet, so there is nothing to report. "
            "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
        )
    else:
        sentence = Sentence("{scope}: nobody paid anything. Try another month or segment.", {"scope": title(answer, t)})
    menus = filter_menus(ID, answer.text, answer.asked, where, t) if answer.imported_on["subscriptions"] else ()
    blocks = (as_section(t, (line(sentence),)), *menus, context(markup(t, as_of(answer))))
    return Reply(t(sentence), blocks, shared=where.shared_by is not None)
