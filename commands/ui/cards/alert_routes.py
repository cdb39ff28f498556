"""The cards and the form of /latido alerts routes: which alerts go where."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from commands.core.alert_routing import (
    CHANNEL,
    LANGUAGE,
    LEAD,
    OF_CSM,
    PERSON,
    RULE,
    SEGMENT,
    SEVERITY,
    TO_CHANNEL,
    TO_PERSON,
    WHERE,
    destination_kind,
)
from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Company, Translator
from commands.ui.blocks import (
    actions,
    button,
    choice_input,
    context,
    conversations_select,
    cut,
    option,
    place,
    static_select,
    users_select,
)
from commands.ui.cards.alert_words import SEVERITIES, title_of
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.route_parts import ROUTES_MOST, any_menu, as_they_are, of_segment, remove_button, route_modal
from commands.ui.cards.words import short
from metrics.judging import Severity
from metrics.rules import all_rules
from metrics.types import Sentence, msg
from storage.queries.alert_routes import CSM, DIGEST, Route

SAVE: Final = "alerts.route.save"
NAME_MOST: Final = 149
"""Characters of a name that a line of a menu carries."""

KINDS: Final = {
    CSM: msg("The account's CSM"),
    CHANNEL: msg("A channel"),
    PERSON: msg("A person"),
    DIGEST: msg("Nobody: it waits for the digest"),
}
LANGUAGES: Final = {"en": "English", "es": "Español", "ru": "Русский"}


class Names(NamedTuple):
    """What the form's conditions can be chosen from."""

    segments: tuple[str, ...]
    csm_emails: tuple[str, ...]


def routes_card(routes: Sequence[Route], company: Company, t: Translator) -> Reply:
    """The table, line by line, and what happens to an alert that no line fits."""
    head: Paragraph = (
        strong(Sentence("Where alerts go")),
        line(Sentence("The first line that fits an alert decides.") if routes else _usual(company)),
    )
    blocks, spoken = [as_section(t, head)], [head]
    for number, route in enumerate(routes[:ROUTES_MOST], 1):
        paragraph = route_lines(number, route)
        spoken.append(paragraph)
        blocks += [as_section(t, paragraph), _buttons(number, route, t)]
    blocks.append(actions(button(t("Add a route"), "alerts.route.edit", packed(""), style="primary")))
    if routes:
        blocks.append(context(t.md(_usual(company))))
    return Reply(plain_text(t, spoken), tuple(blocks))


def route_lines(number: int, route: Route) -> Paragraph:
    """One line of the table: what it fits, and where that goes."""
    conditions = (
        None if route.rule_id is None else title_of(route.rule_id),
        None if route.severity is None else _at_least(Severity(route.severity)),
        of_segment(route.segment),
        None if route.csm_email is None else Sentence("accounts of {csm}", {"csm": short(route.csm_email)}),
    )
    told = [one for one in conditions if one is not None] or [Sentence("every alert")]
    first = Sentence("{number}. {what}", {"number": number, "what": told[0]})
    language = None if route.destination in {CSM, DIGEST} else LANGUAGES.get(route.language, route.language)
    lead = None if route.lead is None else Sentence("lead: {lead}", {"lead": place(route.lead)})
    return (strong(first, *told[1:]), line(_destination(route.destination), language, lead))


def route_form(route: Route | None, names: Names, company: Company, t: Translator) -> Modal:
    """The form for a new line, or for one that there is."""
    old = route or Route(None, None, None, None, CSM, company.language, None, "")
    kind = destination_kind(old.destination)
    kinds = {id_: option(t(words), id_) for id_, words in KINDS.items()}
    languages = {id_: option(name, id_) for id_, name in LANGUAGES.items()}
    where = static_select("where", t("Where to"), list(kinds.values()), initial=kinds[kind])
    language = static_select("language", t("Language"), list(languages.values()), initial=languages[old.language])
    to_channel = old.destination if kind == CHANNEL else None
    to_person = old.destination if kind == PERSON else None
    rules = {id_: t(rule.title) for id_, rule in all_rules().items()}
    severities = {severity.value: t(_at_least(severity)) for severity in Severity}
    blocks = (
        choice_input(RULE, t("Which signal"), any_menu(t, rules, old.rule_id)),
        choice_input(SEVERITY, t("How severe"), any_menu(t, severities, old.severity)),
        choice_input(SEGMENT, t("Segment"), any_menu(t, as_they_are(names.segments, most=NAME_MOST), old.segment)),
        choice_input(
            OF_CSM,
            t("Accounts of which CSM"),
            any_menu(t, as_they_are(names.csm_emails, most=NAME_MOST), old.csm_email),
        ),
        choice_input(WHERE, t("Where to"), where),
        choice_input(
            TO_CHANNEL,
            t("Channel"),
            conversations_select("channel", t("A channel that I am in"), initial=to_channel),
            optional=True,
        ),
        choice_input(
            TO_PERSON, t("Person"), users_select("person", t("A colleague"), initial=to_person), optional=True
        ),
        choice_input(LANGUAGE, t("Language in a channel"), language),
        choice_input(
            LEAD,
            t("Who is told when nobody takes it in time"),
            users_select("lead", t("The company's lead"), initial=old.lead),
            optional=True,
        ),
    )
    return route_modal(t("Route of alerts"), blocks, SAVE, old.id, t)


def routes_saved(routes: Sequence[Route], company: Company, t: Translator) -> Modal:
    """The table as it is now."""
    card = routes_card(routes, company, t)
    return Modal(cut(t("Route of alerts"), TITLE_MOST), card.blocks, cut(t("Close"), TITLE_MOST))


def _usual(company: Company) -> Sentence:
    if company.alert_channel:
        return Sentence("An alert that no line fits goes to {channel}.", {"channel": place(company.alert_channel)})
    return Sentence("An alert that no line fits goes to the account's CSM, else to the first lead or admin.")


def _destination(destination: str) -> Sentence:
    kind = destination_kind(destination)
    if kind in {CSM, DIGEST}:
        return Sentence("→ {advice}", {"advice": Sentence(KINDS[kind])})
    return Sentence("→ {advice}", {"advice": place(destination)})


def _at_least(severity: Severity) -> Sentence:
    if severity is Severity.URGENT:
        return Sentence("{severity} only", {"severity": Sentence(SEVERITIES[severity])})
    return Sentence("{severity} or worse", {"severity": Sentence(SEVERITIES[severity])})


def _buttons(number: int, route: Route, t: Translator) -> Block:
    value = packed(str(route.id))
    remove = remove_button("alerts.route.remove", value, t("Alerts that it fits go where the next one says."), t)
    up = [button(t("Up"), "alerts.route.up", value)] if number > 1 else []
    edit = button(t("Edit"), "alerts.route.edit", value)
    return actions(edit, *up, remove)
