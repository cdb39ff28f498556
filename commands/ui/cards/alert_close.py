"""The modals of **Done**: what came of an alert, and that it is closed."""

from typing import Final

from commands.core.alert_work import NOTE, NOTE_MOST, OUTCOME, OUTCOMES, USEFUL, VOTES
from commands.core.reply import Modal
from commands.core.request import Translator
from commands.ui.blocks import choice_input, context, cut, option, radio_buttons, text_input
from commands.ui.cards.alert import alert_lines
from commands.ui.cards.alert_words import Day, value_of
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import as_section
from storage.queries.alert_facts import Beside
from storage.queries.alerts import Alert

SAVE: Final = "alerts.close.save"


def close_form(alert: Alert, beside: Beside, when: Day, t: Translator) -> Modal:
    """What came of it, why, and whether the alert was worth it."""
    outcomes = [option(t(words), outcome.value) for outcome, words in OUTCOMES.items()]
    votes = [option(t(words), vote) for vote, words in VOTES.items()]
    blocks = (
        as_section(t, alert_lines(alert, t, when, beside, mentions=True)),
        choice_input(OUTCOME, t("What came of it?"), radio_buttons("outcome", outcomes)),
        text_input(
            NOTE, t("What happened? For colleagues"), action_id="note", multiline=True, optional=True, most=NOTE_MOST
        ),
        choice_input(USEFUL, t("Was this alert useful?"), radio_buttons("useful", votes), optional=True),
        context(t("Answers make the rules better: `/latido alerts quality` counts them.")),
    )
    return Modal(
        cut(t("Done"), TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Close the alert"), TITLE_MOST),
        private_metadata=value_of(alert),
    )


def closed(alert: Alert, beside: Beside, when: Day, t: Translator) -> Modal:
    """The alert as it is now."""
    shown = as_section(t, alert_lines(alert, t, when, beside, mentions=True))
    return Modal(cut(t("Done"), TITLE_MOST), (shown,), cut(t("Close"), TITLE_MOST))
