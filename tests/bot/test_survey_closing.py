"""What is put in the place of a question that is over; on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.survey_closing import EDIT, Words, close
from commands.core.posted import written
from commands.core.reply import Reply
from commands.ui.blocks import section
from storage.queries.outbox import Draft, put
from storage.queries.survey_asks import Ask, by_id
from storage.queries.survey_wordings import reword
from storage.queries.tables import outbox
from storage.session import Session
from tests.bot.outbox import COMPANY, NOW
from tests.storage.queries import rows


def asked(db: Session, *, language: str = "en", reminded: bool = False, **wave: Any) -> Ask:
    """A question that was sent."""
    of = rows.survey_wave(db, created_at=NOW, start_at=NOW, **wave)
    sent = [
        put(db, Draft(purpose, f"{of}", "U0OUT", written(Reply("?", (section("?"),))), NOW, to_customer=True), now=NOW)
        for purpose in ("survey", "survey-reminder")[: 1 + reminded]
    ]
    there = {"state": "sent", "channel_id": "D0OUT", "ts": "1.0", "attempts": 1}
    db.execute(update(outbox).where(outbox.c.id.in_(sent)).values(there))
    values = dict(zip(("outbox_id", "reminder_id"), sent, strict=False))
    more: dict[str, Any] = {"destination": "U0OUT", "language": language, "asked_at": NOW, "expires_at": NOW} | values
    found = by_id(db, rows.survey_ask(db, of, rows.account(db), **more))
    assert found is not None
    return found


def edits(db: Session) -> list[Any]:
    columns = (outbox.c.edits, outbox.c.destination, outbox.c.to_customer, outbox.c.content)
    return list(db.execute(select(*columns).where(outbox.c.purpose == EDIT).order_by(outbox.c.edits)).all())


@pytest.mark.parametrize(("expired", "says"), [(True, "expired"), (False, "no longer need")])
def test_the_question_and_its_reminder_are_replaced(db: Session, expired: bool, says: str) -> None:
    ask = asked(db, reminded=True)
    close(db, [ask], COMPANY, NOW, expired=expired)
    found = edits(db)
    assert [(row.edits, row.destination, row.to_customer) for row in found] == [
        (ask.outbox_id, "U0OUT", True),
        (ask.reminder_id, "U0OUT", True),
    ]
    assert says in str(found[0].content)
    assert "button" not in str(found[0].content)


def test_closed_twice_it_is_replaced_once(db: Session) -> None:
    ask = asked(db)
    for hours in (0, 1):
        close(db, [ask], COMPANY, NOW + timedelta(hours=hours), expired=True)
    assert len(edits(db)) == 1


def test_a_question_that_was_never_sent_has_nothing_to_replace(db: Session) -> None:
    close(db, [asked(db)._replace(outbox_id=None)], COMPANY, NOW, expired=False)
    close(db, [], COMPANY, NOW, expired=False)
    assert edits(db) == []


def test_it_speaks_the_language_of_the_question(db: Session) -> None:
    close(db, [asked(db), asked(db, language="es")], COMPANY, NOW, expired=True)
    first, second = (str(row.content) for row in edits(db))
    assert "expired" in first
    assert "expired" not in second


def test_the_wave_s_own_words_go_before_the_usual_ones(db: Session) -> None:
    reword(db, "nps", "en", "The usual?")
    reword(db, "nps", "es", "¿Lo de siempre?")
    plain, own = asked(db), asked(db, wording={"en": "My own?"})
    words = Words(db)
    assert words.of(plain) == {"en": "The usual?", "es": "¿Lo de siempre?"}
    assert words.of(own) == {"en": "My own?", "es": "¿Lo de siempre?"}
    assert words.wave(own.wave_id) is words.wave(own.wave_id)
