"""/survey why ana: why somebody was not asked."""

from commands.core.errors import NotUnderstood
from commands.core.reply import Reply
from commands.core.request import Request
from commands.core.survey_why import why
from commands.core.words import short, written
from commands.ui.cards.survey_why import why_card
from metrics.types import Sentence
from storage.queries.contact_search import find_contacts
from storage.session import Session


def explain(request: Request, db: Session, name: str) -> Reply:
    """All that was decided about one person; several that may be meant are offered."""
    if not name.strip():
        raise NotUnderstood(Sentence("Whom do you mean? Type a name or an e-mail address: `/survey why ana`."))
    found = find_contacts(db, name)
    if found.hit is not None:
        return why_card(found.hit, why(db, found.hit.id, request.company, request.now), request.t, request.company.zone)
    offered = tuple(f"/survey why {written(one.email or one.key)}" for one in found.candidates)
    if offered:
        raise NotUnderstood(Sentence("Who is meant by “{name}”?", {"name": short(name)}), suggestions=offered)
    raise NotUnderstood(Sentence("I know no contact called “{name}”.", {"name": short(name)}))
