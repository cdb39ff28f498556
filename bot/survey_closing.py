"""Questions that are over are closed where they stand: what is put in their place, in the words of their wave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from commands.core.posted import written
from commands.core.request import Company
from commands.ui.survey_messages import closed
from storage.queries import survey_waves
from storage.queries.outbox import Draft, put
from storage.queries.survey_asks import Ask
from storage.queries.survey_waves import Wave
from storage.queries.survey_wordings import wordings
from storage.session import Session

EDIT: Final = "survey-edit"
"""The purpose of what is put in the place of a question that is over."""


def close(db: Session, asks: list[Ask], company: Company, now: datetime, *, expired: bool) -> None:
    """Put what stands in the place of a question that is over, and of its reminder, into the outbox."""
    words = Words(db)
    for ask in asks:
        content = written(closed(ask, words.of(ask), company, expired=expired))
        for outbox_id in (ask.outbox_id, ask.reminder_id):
            if outbox_id is not None:
                draft = Draft(EDIT, f"{outbox_id}", ask.destination, content, now, edits=outbox_id, to_customer=True)
                put(db, draft, now=now)


class Words:
    """The company's own words for the questions of waves, each looked up once."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._waves: dict[int, Wave] = {}
        self._usual: dict[str, Mapping[str, str]] = {}

    def wave(self, wave_id: int) -> Wave:
        """A wave that a question refers to."""
        if wave_id not in self._waves:
            found = survey_waves.wave(self._db, wave_id)
            assert found is not None  # noqa: S101 - a foreign key says so
            self._waves[wave_id] = found
        return self._waves[wave_id]

    def of(self, ask: Ask) -> Mapping[str, str]:
        """By language: the wave's own words go before the kind's."""
        if ask.kind not in self._usual:
            self._usual[ask.kind] = wordings(self._db, ask.kind)
        return {**self._usual[ask.kind], **self.wave(ask.wave_id).wording}
