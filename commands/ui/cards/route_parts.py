"""Parts of the cards and forms of routes: what goes where, by conditions that anything fits or only one name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from commands.core.button_values import packed
from commands.core.conditions import ANY, NAMED
from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.ui.blocks import button, confirm, cut, option, static_select
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.words import short
from metrics.types import Sentence

ROUTES_MOST: Final = 20
"""Lines that a card has room for."""
NAMES_MOST: Final = 99
"""Names that a menu has room for beside its first line."""


def any_menu(t: Translator, named: Mapping[str, str], chosen: str | None) -> Block:
    """A menu of labels by their names; the first line fits everything."""
    lines = {ANY: option(t("any"), ANY)}
    lines |= {name: option(label, f"{NAMED}{name}") for name, label in list(named.items())[:NAMES_MOST]}
    return static_select("any", t("any"), list(lines.values()), initial=lines.get(chosen or ANY, lines[ANY]))


def as_they_are(names: Iterable[str], *, most: int) -> dict[str, str]:
    """Names as their own labels, without those longer than `most` characters."""
    return {name: name for name in names if name.strip() and len(name) <= most}


def of_segment(segment: str | None) -> Sentence | None:
    """The condition in words; None: there is none."""
    return None if segment is None else Sentence("segment {segment}", {"segment": short(segment)})


def remove_button(action_id: str, value: str, then: str, t: Translator) -> Block:
    """The button that removes a route once it is sure; `then` says what happens without it."""
    sure = confirm(t("Remove this route?"), then, yes=t("Remove"), no=t("Keep it"), danger=True)
    return button(t("Remove"), action_id, value, confirm=sure)


def route_modal(title: str, blocks: Sequence[Block], callback_id: str, route_id: int, t: Translator) -> Modal:
    """The form for a new route, whose id is 0, or for one that there is."""
    return Modal(
        cut(title, TITLE_MOST),
        tuple(blocks),
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=callback_id,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed(str(route_id or "")),
    )
