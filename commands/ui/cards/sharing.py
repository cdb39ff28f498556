"""**Share here**, and who shared what is seen, or why it may not be shared."""

from commands.core.reply import Block, Markup
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui.blocks import button, mention


def share_button(action_id: str, value: str, where: Surroundings, t: Translator) -> list[Block]:
    """The button, where sharing makes sense."""
    return [button(t("Share here"), action_id, value)] if where.may_share else []


def sharing_note(where: Surroundings, t: Translator) -> list[Markup]:
    """Who shared the card; or why the button is missing."""
    if where.shared_by is not None:
        return [t.md("Shared by {person}", person=mention(where.shared_by))]
    if where.audience.external:
        return [t.md("No sharing here: people from outside the company read along.")]
    return []
