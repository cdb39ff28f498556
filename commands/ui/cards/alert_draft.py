"""The modal of **Draft a reply**: a draft in the language of whoever answered, to be copied into a message to them."""

from typing import Final

from commands.core.reply import Modal
from commands.core.reply_draft import ReplyDraft
from commands.core.request import Translator
from commands.ui.blocks import context, cut, join, link, mention, section, text_input
from commands.ui.cards.alert_words import headline, value_of
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import as_section, line, strong
from commands.ui.cards.topic_card import cut_short
from commands.ui.text import best_locale, translator
from metrics.types import Sentence
from storage.queries.heard import Heard

DRAFT: Final = "alerts.draft"
DONE: Final = "alerts.draft.done"
"""Ids of the button and of the modal; frozen."""
TEXT: Final = "draft_text"
DRAFT_MOST: Final = 3000
"""Characters that an input of Slack's takes."""


def draft_form(draft: ReplyDraft, team_id: str, t: Translator) -> Modal:
    """The draft with what it answers above it, and the way to a direct message where Slack knows the person."""
    account, seen, _ = headline(draft.alert)
    theirs = translator(best_locale(draft.answer.language or t.locale))
    text = "\n\n".join(theirs(paragraph) for paragraph in draft.paragraphs)
    blocks = (
        as_section(t, (strong(account, seen), line(cut_short(t(draft.alert.why))))),
        _way(draft.answer, team_id, t),
        text_input(
            TEXT,
            t("A draft in their language: make it yours, copy it and send it"),
            initial=cut(text, DRAFT_MOST),
            multiline=True,
            optional=True,
            most=DRAFT_MOST,
        ),
        context(t("I send nothing to them. When it is settled, press “Done” in the alert and say what came of it.")),
    )
    return Modal(
        cut(t("Draft a reply"), TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=DONE,
        submit=cut(t("Copied"), TITLE_MOST),
        private_metadata=value_of(draft.alert),
    )


def _way(answer: Heard, team_id: str, t: Translator) -> dict[str, object]:
    """How to reach them."""
    if answer.slack_user_id is None:
        unknown = Sentence("I do not know them in Slack: write to them by e-mail.")
        return section(t.md(unknown))
    url = f"slack://user?team={team_id}&id={answer.slack_user_id}"
    opens = link(url, t("Open a direct message"))
    return section(join(" · ", (mention(answer.slack_user_id), opens)))
