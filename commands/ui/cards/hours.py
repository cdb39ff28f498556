"""The hours in which a time of response counts, as the reader writes them."""

from commands.core.request import Translator
from commands.ui import formats
from metrics.business_hours import BusinessHours
from metrics.types import Sentence


def counted_in(hours: BusinessHours | None, t: Translator) -> Sentence:
    """All hours, or the business hours Mon–Fri 09:00–18:00."""
    if hours is None:
        return Sentence("calendar hours")
    return Sentence("business hours {hours}", {"hours": formats.business_hours(hours, t.locale)})
