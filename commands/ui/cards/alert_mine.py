"""The card and the form of /latido alerts mine: what somebody wants to hear unasked, where and when."""

from typing import Final

from commands.core.alert_routing import DAYS, HOURS, LEAST, MUTED, MY_WHERE, URGENT, ZONE
from commands.core.button_values import packed
from commands.core.preferences import Preferences, Where, days_words, hours_words, preferences_of, zone_of
from commands.core.reply import Modal, Reply
from commands.core.request import Company, Translator
from commands.ui.blocks import (
    actions,
    button,
    checkboxes,
    choice_input,
    cut,
    multi_static_select,
    option,
    static_select,
    text_input,
)
from commands.ui.cards.alert_words import title_of
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from metrics.judging import Severity
from metrics.rules import all_rules
from metrics.types import Sentence, Value, msg
from storage.queries.people_known import Person

SAVE: Final = "alerts.mine.save"

LEASTS: Final = {
    Severity.NOTICE: msg("All of them"),
    Severity.WARNING: msg("Warnings and what is urgent"),
    Severity.URGENT: msg("Only what is urgent"),
}
WHERES: Final = {
    Where.DIRECT: msg("By direct message"),
    Where.CHANNEL: msg("In the channel for alerts only"),
    Where.DIGEST: msg("In the digest only"),
}


def mine_card(one: Person, company: Company, t: Translator) -> Reply:
    """What somebody has decided, or what holds for everybody."""
    preferences = preferences_of(one)
    quiet = preferences.quiet(company)
    hours: dict[str, Value] = {"hours": hours_words(quiet)}
    days: dict[str, Value] = {"days": days_words(quiet)}
    zone: dict[str, Value] = {"zone": str(zone_of(one, company))}
    paragraph: Paragraph = (
        strong(Sentence("Alerts about your accounts")),
        line(Sentence("What: {what}", {"what": Sentence(LEASTS[preferences.least])})),
        *_muted(preferences, t),
        line(Sentence("Where: {where}", {"where": Sentence(WHERES[preferences.where])})),
        line(
            Sentence("Quiet hours: {hours}", hours),
            Sentence("Days off: {days}", days),
            Sentence("Time zone: {zone}", zone),
        ),
        line(_urgent(preferences)),
    )
    change = actions(button(t("Change"), "alerts.mine", packed("")))
    return Reply(plain_text(t, [paragraph]), (as_section(t, paragraph), change))


def mine_form(one: Person, company: Company, t: Translator) -> Modal:
    """The form, with what holds now."""
    preferences = preferences_of(one)
    leasts = {severity: option(t(words), severity.value) for severity, words in LEASTS.items()}
    wheres = {where: option(t(words), where.value) for where, words in WHERES.items()}
    rules = {id_: option(t(rule.title), id_) for id_, rule in all_rules().items()}
    muted = [rules[id_] for id_ in sorted(preferences.muted) if id_ in rules]
    waits = option(t("Not even what is urgent"), "waits")
    least = static_select("least", t("What"), list(leasts.values()), initial=leasts[preferences.least])
    where = static_select("where", t("Where"), list(wheres.values()), initial=wheres[preferences.where])
    urgent = checkboxes("urgent", [waits], initial=[waits] if preferences.urgent_waits else [])
    blocks = (
        choice_input(LEAST, t("What"), least),
        choice_input(
            MUTED,
            t("Signals that wait for the digest"),
            multi_static_select("muted", t("None"), list(rules.values()), initial=muted),
            optional=True,
        ),
        choice_input(MY_WHERE, t("Where"), where),
        _typed(HOURS, t("Quiet hours"), preferences.hours, hours_words(company.quiet)),
        _typed(DAYS, t("Days off"), preferences.days, days_words(company.quiet)),
        _typed(ZONE, t("Time zone"), preferences.zone, str(zone_of(one, company))),
        choice_input(URGENT, t("In quiet hours"), urgent, optional=True),
    )
    return Modal(
        cut(t("My alerts"), TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Save"), TITLE_MOST),
    )


def mine_saved(one: Person, company: Company, t: Translator) -> Modal:
    """What holds from now on."""
    card = mine_card(one, company, t)
    return Modal(cut(t("My alerts"), TITLE_MOST), card.blocks, cut(t("Close"), TITLE_MOST))


def _typed(block_id: str, label: str, own: str | None, usual: str) -> dict[str, object]:
    return text_input(block_id, label, initial=own, placeholder=usual, optional=True, most=64)


def _muted(preferences: Preferences, t: Translator) -> Paragraph:
    if not preferences.muted:
        return ()
    titles = ", ".join(t(title_of(rule_id)) for rule_id in sorted(preferences.muted))
    return (line(Sentence("In the digest only: {signals}", {"signals": titles})),)


def _urgent(preferences: Preferences) -> Sentence:
    if preferences.urgent_waits:
        return Sentence("What is urgent waits, too.")
    return Sentence("What is urgent comes at any time.")
