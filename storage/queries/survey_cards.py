"""Which message is the live card of a wave, and which counts it shows."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import update

from storage.queries.tables import survey_wave
from storage.session import Session

FAILURES: Final = "survey-failures"
"""The purpose of the one message about questions that did not get there."""

_c = survey_wave.c


def note_card(db: Session, wave_id: int, outbox_id: int) -> None:
    """The message with this id is the live card of a wave."""
    db.execute(update(survey_wave).where(_c.id == wave_id).values(card_outbox_id=outbox_id))


def note_shown(db: Session, wave_id: int, shown: Mapping[str, Any]) -> None:
    """The live card of a wave shows these counts (plain JSON)."""
    db.execute(update(survey_wave).where(_c.id == wave_id).values(card_shown=dict(shown)))
