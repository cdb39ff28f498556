"""The row of buttons under a card of figures: a period earlier and later, how it is computed, share."""

from collections.abc import Callable
from typing import NamedTuple

from commands.core.arguments import Arguments
from commands.core.button_values import packed
from commands.core.reply import Block
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui.blocks import actions, button
from commands.ui.cards.sharing import share_button
from commands.ui.cards.words import period_name


class Step(NamedTuple):
    """The same question about a neighbouring period: what its button says and carries."""

    label: str
    text: str


def step(asked: Arguments | None, text_of: Callable[[Arguments], str], t: Translator) -> Step | None:
    """A step to other arguments, which `text_of` writes as a question; None where there is none."""
    return None if asked is None else Step(period_name(asked.period, t), text_of(asked))


def figure_buttons(
    command: str, text: str, steps: tuple[Step | None, Step | None], where: Surroundings, t: Translator
) -> Block:
    """The buttons of the question `text` to a command; only the asker's own card steps through time."""
    earlier, later = steps if where.shared_by is None else (None, None)
    buttons = []
    if earlier is not None:
        buttons.append(button(f"‹ {earlier.label}", f"{command}.earlier", packed(earlier.text)))
    if later is not None:
        buttons.append(button(f"{later.label} ›", f"{command}.later", packed(later.text)))
    buttons.append(button(t("How is this computed?"), f"{command}.explain", packed(text)))
    buttons += share_button(f"{command}.share", packed(text), where, t)
    return actions(*buttons)
