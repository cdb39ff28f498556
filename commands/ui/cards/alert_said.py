"""What whoever pressed a button of an alert reads."""

from commands.core.alert_question import QualityAnswer
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, section
from commands.ui.cards.alert_buttons import CLOSE
from commands.ui.cards.alert_quality import calmer_words
from commands.ui.cards.alert_words import Day, mentioned, named, title_of, value_of
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text
from commands.ui.cards.words import short
from metrics.types import Sentence, Value, plural
from storage.queries.alerts import STILL_OPEN, Alert, State


def said_of(alert: Alert, reader: str, when: Day) -> Sentence:
    """What has just been done."""
    values: dict[str, Value] = {"account": short(alert.account_name), "day": alert.due_on}
    if alert.state is State.TAKEN and alert.taken_by == reader:
        return Sentence("{account} is yours, due {day}. Press “Done” in the alert when it is settled.", values)
    if alert.state is State.SNOOZED and alert.snoozed_until is not None:
        until = alert.snoozed_until.astimezone(when.zone).date()
        return Sentence("{account} is quiet until {day}.", {"account": values["account"], "day": until})
    if alert.state is State.TAKEN:
        who = named(alert.taken_by, None)
        return Sentence("{account} is open again, taken by {who}.", {"account": values["account"], "who": who})
    return Sentence("{account} is open again.", {"account": values["account"]})


def handed(alert: Alert, t: Translator) -> Reply:
    """Whose it is now."""
    said = Sentence("{who} has {account} now, due {day}, and gets a message.")
    values: dict[str, Value] = {"account": short(alert.account_name), "day": alert.due_on}
    plain, shown = {**values, "who": named(alert.taken_by, None)}, {**values, "who": mentioned(alert.taken_by)}
    return Reply(t(said, **plain), (section(t.md(said, **shown)),))


def voted(alert: Alert, quality: QualityAnswer, t: Translator) -> Reply:
    """Thanks, what people make of the signal's alerts so far, and what would make it calmer."""
    own = next((one for one in quality.qualities if one.rule_id == alert.rule_id), None)
    tuning = next((one for one in quality.tunings if one.quality.rule_id == alert.rule_id), None)
    lines = [line(Sentence("Noted, thank you."))]
    if own is not None and own.judged:
        counted = plural(
            "{signal}: {count} of {of} judged alerts not useful.",
            "{signal}: {count} of {of} judged alerts not useful.",
            own.wrong,
            signal=title_of(alert.rule_id),
            of=own.judged,
        )
        lines.append(line(counted))
    if tuning is not None:
        lines.append(line(calmer_words(tuning)))
    paragraph: Paragraph = tuple(lines)
    block = as_section(t, paragraph)
    if alert.state not in STILL_OPEN:
        return Reply(plain_text(t, [paragraph]), (block,))
    return Reply(plain_text(t, [paragraph]), (block, actions(button(t("Close the alert"), CLOSE, value_of(alert)))))
