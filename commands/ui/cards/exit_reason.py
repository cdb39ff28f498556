"""A colleague is asked why an account has left: the message, the form, and what they told."""

from datetime import date
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, choice_input, context, cut, mention, option, static_select, text_input
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import short
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries.exit_reasons import EXIT, Leaver, Told

ASK: Final = "survey.leaving"
SAVE: Final = "survey.leaving.save"
"""Ids of the button and of the modal; frozen."""
REASON: Final = "leaving_reason"
WORDS: Final = "leaving_words"
"""Ids of the form's inputs; frozen."""
WORDS_MOST: Final = 3000


def exit_reason_card(who: Leaver, day: date, what: Told | None, t: Translator) -> Reply:
    """The question to a colleague, with what somebody has told already."""
    paragraph = _lines(who, day, what)
    label = t("Say why") if what is None else t("Change it")
    press = button(label, ASK, packed(f"{who.account_id} {day}"), style="primary" if what is None else None)
    blocks = (
        as_section(t, paragraph),
        actions(press),
        context(t("For colleagues alone: the customer does not see it.")),
    )
    return Reply(plain_text(t, [paragraph]), blocks)


def exit_reason_form(who: Leaver, day: date, what: Told | None, t: Translator) -> Modal:
    """The same reasons as the customer is asked for."""
    reasons = {one.id: option(t(one.title), one.id) for one in all_surveys()[EXIT].options}
    menu = static_select("reason", t("Choose a reason"), list(reasons.values()))
    if what is not None and what.choice in reasons:
        menu |= {"initial_option": reasons[what.choice]}
    words = None if what is None else what.comment
    blocks = (
        as_section(t, _lines(who, day, None)),
        choice_input(REASON, t("The main reason"), menu),
        text_input(
            WORDS, t("In your words"), action_id="words", initial=words, multiline=True, optional=True, most=WORDS_MOST
        ),
    )
    return Modal(
        cut(t("Why they left"), TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed(f"{who.account_id} {day}"),
    )


def exit_reason_kept(who: Leaver, day: date, what: Told, t: Translator) -> Modal:
    """What is kept now."""
    shown = as_section(t, _lines(who, day, what))
    return Modal(cut(t("Why they left"), TITLE_MOST), (shown,), cut(t("Close"), TITLE_MOST))


def _lines(who: Leaver, day: date, what: Told | None) -> Paragraph:
    head = strong(Sentence("{account} has left", {"account": short(who.name)}), Sentence("{day}", {"day": day}))
    if what is None:
        return (head, line(Sentence("Why? You know them best: it takes ten seconds.")))
    chosen = all_surveys()[EXIT].option(what.choice)
    reason = Sentence(chosen.title) if chosen is not None else what.choice
    told = line(Sentence("{person} says: {reason}", {"person": mention(what.responder), "reason": reason}))
    return (head, told, line(Sentence("“{words}”", {"words": what.comment}) if what.comment else None))
