"""What cards say of feeds that have stopped: since when nothing has come in, and what is not known for that."""

from collections.abc import Mapping
from typing import Final

from commands.ui.cards.paragraphs import Line, line
from metrics.factors import all_factors
from metrics.feeds import Stop, Stops
from metrics.types import Sentence, msg

SINCE: Final[Mapping[str, str]] = {
    "campaigns": msg("no campaigns have come in since {day}"),
    "invoices": msg("no invoice has been marked as paid since {day}"),
    "survey_responses": msg("no survey answers have come in since {day}"),
    "tickets": msg("no tickets have come in since {day}"),
    "usage": msg("no usage has come in since {day}"),
}
"""By entity of the data contract, in the middle of a sentence."""


def since(entity: str, stop: Stop) -> Sentence:
    """Since when nothing of a feed has come in."""
    return Sentence(SINCE[entity], {"day": stop.last_on})


def why_unknown(factor_id: str, stopped: Stops) -> Sentence | None:
    """The feed for want of which a factor is unknown; None: it is another reason, or the factor is gone."""
    factor = all_factors().get(factor_id)
    feed = None if factor is None else factor.feed
    return since(feed, stopped[feed]) if feed is not None and feed in stopped else None


def held_back(stopped: Stops) -> Line:
    """That signals are held back, and for want of what; nothing is said where everything comes in."""
    if not stopped:
        return line()
    return line(Sentence("Some signals are held back"), *(since(entity, stop) for entity, stop in stopped.items()))
