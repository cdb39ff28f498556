"""The cards and the form of /latido alerts routes: which alerts go where."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from commands.core.alert_routing import (
    ANY,
    CHANNEL,
    LANGUAGE,
    LEAD,
    NAMED,
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
    confirm,
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
from commands.ui.cards.words import short
from metrics.judging import Severity
from metrics.rules import all_rules
from metrics.types import Sentence, msg
from storage.queries.alert_routes import CSM, DIGEST, Route

SAVE: Final = "alerts.route.save"
ROUTES_MOST: Final = 20
"""Lines of the table that the card has room for."""
NAMES_MOST: Final = 99
VALUE_MOST: Final = 150

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
        None if route.segment is None else Sentence("segment {segment}", {"segment": short(route.segment)}),
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
        choice_input(RULE, t("Which signal"), _any(t, rules, old.rule_id)),
        choice_input(SEVERITY, t("How severe"), _any(t, severities, old.severity)),
        choice_input(SEGMENT, t("Segment"), _any(t, _as_they_are(names.segments), old.segment)),
        choice_input(OF_CSM, t("Accounts of which CSM"), _any(t, _as_they_are(names.csm_emails), old.csm_email)),
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
    return Modal(
        cut(t("Route of alerts"), TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed(str(old.id or "")),
    )


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
    sure = confirm(
        t("Remove this route?"),
        t("Alerts that it fits go where the next one says."),
        yes=t("Remove"),
        no=t("Keep it"),
        danger=True,
    )
    up = [button(t("Up"), "alerts.route.up", value)] if number > 1 else []
    edit = button(t("Edit"), "alerts.route.edit", value)
    return actions(edit, *up, button(t("Remove"), "alerts.route.remove", value, confirm=sure))


def _any(t: Translator, named: "dict[str, str]", chosen: str | None) -> Block:
    """A menu of the names; the first line fits everything."""
    lines = {ANY: option(t("any"), ANY)}
    lines |= {name: option(label, f"{NAMED}{name}") for name, label in list(named.items())[:NAMES_MOST]}
    return static_select("any", t("any"), list(lines.values()), initial=lines.get(chosen or ANY, lines[ANY]))


def _as_they_are(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names if name.strip() and len(name) < VALUE_MOST}
