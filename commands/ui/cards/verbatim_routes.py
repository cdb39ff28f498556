"""The card and the form of where comments of customers flow."""

from collections.abc import Sequence
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.verbatim_routing import CHANNEL, HIGHEST, KIND, LOWEST, SEGMENT
from commands.ui.blocks import actions, button, choice_input, context, conversations_select, cut, place, text_input
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.route_parts import ROUTES_MOST, any_menu, as_they_are, of_segment, remove_button, route_modal
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries.verbatim_routes import VerbatimRoute

EDIT: Final = "survey.verbatims.edit"
REMOVE: Final = "survey.verbatims.remove"
SAVE: Final = "survey.verbatims.save"
"""Ids of the buttons and of the modal; frozen."""
NAME_MOST: Final = 100
"""Characters of a segment that a line keeps."""


def verbatims_card(routes: Sequence[VerbatimRoute], t: Translator) -> Reply:
    """The lines, and that a channel with others in it is never written to."""
    said = (
        Sentence("Comments beside answers to our surveys go to every channel that a line names.")
        if routes
        else Sentence("No channel reads the comments beside answers to our surveys yet.")
    )
    head: Paragraph = (strong(Sentence("Where comments go")), line(said))
    blocks, spoken = [as_section(t, head)], [head]
    for route in routes[:ROUTES_MOST]:
        paragraph = route_lines(route)
        spoken.append(paragraph)
        blocks += [as_section(t, paragraph), _buttons(route, t)]
    blocks.append(actions(button(t("Add a channel"), EDIT, packed(""), style="primary")))
    blocks.append(context(t("Never to a channel that people from outside read. Anonymous comments go nowhere.")))
    return Reply(plain_text(t, spoken), tuple(blocks))


def route_lines(route: VerbatimRoute) -> Paragraph:
    """One line: the channel, and what goes there."""
    conditions = (_kind(route), of_segment(route.segment))
    told = [one for one in conditions if one is not None] or [Sentence("every comment")]
    return (strong(Sentence("{what}", {"what": place(route.channel_id)})), line(*told))


def route_form(route: VerbatimRoute | None, segments: Sequence[str], t: Translator) -> Modal:
    """The form for a new line, or for one that there is."""
    old = route or VerbatimRoute("", None, None, None, None, "")
    kinds = {id_: t(survey.title) for id_, survey in all_surveys().items()}
    named = as_they_are(segments, most=NAME_MOST)
    lowest, highest = (None if score is None else str(score) for score in (old.lowest, old.highest))
    blocks = (
        choice_input(
            CHANNEL,
            t("Channel"),
            conversations_select("channel", t("A channel that I am in"), initial=old.channel_id or None),
        ),
        choice_input(KIND, t("Answers of which kind"), any_menu(t, kinds, old.kind)),
        text_input(LOWEST, t("Scores from"), initial=lowest, optional=True, most=3),
        text_input(HIGHEST, t("Scores up to"), initial=highest, optional=True, most=3),
        choice_input(SEGMENT, t("Segment"), any_menu(t, named, old.segment)),
    )
    return route_modal(t("Where comments go"), blocks, SAVE, old.id, t)


def routes_saved(routes: Sequence[VerbatimRoute], t: Translator) -> Modal:
    """The lines as they are now."""
    return Modal(cut(t("Where comments go"), TITLE_MOST), verbatims_card(routes, t).blocks, cut(t("Close"), TITLE_MOST))


def _kind(route: VerbatimRoute) -> Sentence | None:
    survey = None if route.kind is None else all_surveys().get(route.kind)
    if survey is None:
        return None if route.kind is None else Sentence("{signal}", {"signal": route.kind})
    if survey.scale is None or (route.lowest is None and route.highest is None):
        return Sentence(survey.title)
    lowest, best = survey.scale
    scores = {
        "lowest": lowest if route.lowest is None else route.lowest,
        "highest": best if route.highest is None else route.highest,
    }
    return Sentence("{kind} {lowest} to {highest}", {"kind": Sentence(survey.title), **scores})


def _buttons(route: VerbatimRoute, t: Translator) -> Block:
    value = packed(str(route.id))
    then = t("Comments that it fits go to this channel no more.")
    return actions(button(t("Edit"), EDIT, value), remove_button(REMOVE, value, then, t))
