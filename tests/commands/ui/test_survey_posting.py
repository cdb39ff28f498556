import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, select

from commands.ui.survey_posting import Occasion, Started, ask_occasions, start
from metrics.asking import SurveyPolicy
from storage.errors import NotFound
from storage.queries.survey_waves import begin, withdraw
from storage.queries.survey_wordings import reword
from storage.queries.tables import outbox, survey_ask
from storage.session import Session, transaction
from tests.commands.asked_people import COMPANY, NOW, customer, kept, planned
from tests.storage.queries import rows

DAY = timedelta(days=1)


def asks(db: Session) -> dict[str, Any]:
    """By destination, or occasion, of whoever is not asked."""
    found = db.execute(select(survey_ask).order_by(survey_ask.c.id)).all()
    return {row.destination or row.occasion: row for row in found}


def letters(db: Session) -> dict[str, Any]:
    return {row.destination: row for row in db.execute(select(outbox).order_by(outbox.c.id)) if row.purpose == "survey"}


def test_whoever_is_asked_gets_a_message_of_their_own(db):
    customer(db, "Acme", "Ana", "Bob")
    number = planned(db)
    assert start(db, number, COMPANY, NOW) == Started(2, 0)
    ana, letter = asks(db)["UANA"], letters(db)["UANA"]
    assert (ana.state, ana.outbox_id, ana.kind, ana.wave_id) == ("queued", letter.id, "nps", number)
    assert (ana.asked_at, ana.remind_at, ana.expires_at) == (NOW, NOW + 5 * DAY, NOW + 7 * DAY)
    assert (letter.to_customer, letter.due_at, letter.expires_at) == (True, NOW, NOW + 7 * DAY)
    assert ana.token in json.dumps(letter.content)
    assert asks(db)["UBOB"].token not in json.dumps(letter.content)
    assert asks(db)["UBOB"].asked_at == NOW + timedelta(minutes=1), "one after the other"
    assert (kept(db, number).state, kept(db, number).ends_at) == ("running", NOW + 7 * DAY + timedelta(minutes=1))


def test_who_is_not_asked_is_written_down_with_the_reason(db):
    acme = customer(db, "Acme")
    aya = rows.contact(db, acme, "Aya")
    number = planned(db)
    assert start(db, number, COMPANY, NOW) == Started(0, 1)
    row = asks(db)[f"{number} c{aya}"]
    assert (row.state, row.reason, row.detail, row.token, row.outbox_id) == ("skipped", "unreachable", {}, None, None)
    assert letters(db) == {}
    assert kept(db, number).ends_at == NOW


def test_started_twice_nobody_is_asked_twice(db):
    customer(db, "Acme", "Ana")
    number = planned(db)
    assert [start(db, number, COMPANY, NOW) for _ in range(2)] == [Started(1, 0)] * 2
    assert len(letters(db)) == 1


def test_two_waves_at_once_ask_a_person_once(engine: Engine):
    with transaction(engine) as db:
        customer(db, "Acme", *(f"P{number}" for number in range(5)))
        numbers = [planned(db, occurrence=f"form V{number}", kind=kind) for number, kind in enumerate(("nps", "ces"))]

    def begin_one(number: int) -> None:
        with transaction(engine) as db:
            start(db, number, COMPANY, NOW)

    threads = [Thread(target=begin_one, args=(number,)) for number in numbers * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(engine) as db:
        asked = list(db.execute(select(outbox.c.destination).order_by(outbox.c.destination)).scalars())
    assert asked == [f"UP{number}" for number in range(5)]


def test_a_withdrawn_wave_asks_nobody(db):
    customer(db, "Acme", "Ana")
    number = planned(db)
    withdraw(db, number)
    assert start(db, number, COMPANY, NOW) == Started(0, 0)


def test_a_wave_that_nobody_knows_cannot_start(db):
    with pytest.raises(NotFound):
        start(db, 99, COMPANY, NOW)


def test_nobody_is_asked_in_their_night_or_on_their_weekend(db):
    customer(db, "Acme", "Ana")
    customer(db, "Nippon", "Aoi", country_code="JP")
    customer(db, "Roving", "Rob", country_code="JP")
    rows.add(db, "respondent", user_id="UROB", zone="America/New_York", seen_at=NOW)
    friday = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
    start(db, planned(db, start_at=friday), COMPANY, friday)
    assert {who: row.due_at for who, row in letters(db).items()} == {
        "UANA": friday,
        "UAOI": datetime(2026, 11, 29, 23, 0, tzinfo=UTC),
        "UROB": friday + timedelta(minutes=1),
    }


def test_nobody_is_asked_on_a_holiday_or_the_weekend_of_their_country(db):
    """It is Friday morning in Riyadh, where the week ends, and Friday is a holiday in Tokyo."""
    customer(db, "Nippon", "Aoi", country_code="JP")
    customer(db, "Najd", "Ali", country_code="SA")
    rows.add(db, "holiday", country="JP", day=date(2026, 11, 27))
    friday = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
    start(db, planned(db, start_at=friday), COMPANY, friday)
    assert {who: row.due_at for who, row in letters(db).items()} == {
        "UALI": datetime(2026, 11, 29, 5, 0, tzinfo=UTC),
        "UAOI": datetime(2026, 11, 29, 23, 0, tzinfo=UTC),
    }


def test_everybody_is_asked_in_their_language_and_in_the_companys_words(db):
    for name, language in {"Ana": "es", "Bob": "fr", "Cid": None, "Dan": "ru-RU"}.items():
        customer(db, name, name, language=language)
    reword(db, "nps", "es", "¿Qué tal con {product}?")
    company = replace(COMPANY, language="ru", surveys=SurveyPolicy(product="Orbit"))
    start(db, planned(db, wording={"en": "How is it going?"}), company, NOW)
    assert {who: row.language for who, row in asks(db).items()} == {
        "UANA": "es",
        "UBOB": "en",
        "UCID": "ru",
        "UDAN": "ru",
    }
    texts = {who: row.content["text"] for who, row in letters(db).items()}
    assert (texts["UANA"], texts["UBOB"]) == ("¿Qué tal con Orbit?", "How is it going?")
    assert "Orbit" in texts["UCID"]


@pytest.mark.parametrize("remind_after", [timedelta(), 7 * DAY], ids=["never", "as it expires"])
def test_a_reminder_that_comes_too_late_is_none(db, remind_after):
    customer(db, "Acme", "Ana")
    start(db, planned(db), replace(COMPANY, surveys=SurveyPolicy(remind_after=remind_after)), NOW)
    assert asks(db)["UANA"].remind_at is None


def test_a_shared_channel_gets_one_question_for_all(db):
    acme = customer(db, "Acme", "Ana", "Bob")
    number = planned(db, place="channel")
    assert start(db, number, COMPANY, NOW) == Started(1, 0)
    row = asks(db)["CACME"]
    assert (row.contact_id, row.occasion, list(letters(db))) == (None, f"{number} a{acme}", ["CACME"])


def test_in_a_thread_it_stands_under_the_message_that_was_chosen(db):
    customer(db, "Acme")
    start(db, planned(db, place="thread", thread="CACME 1700000000.000100"), COMPANY, NOW)
    root = db.execute(select(outbox).where(outbox.c.id == letters(db)["CACME"].thread_of)).one()
    assert (root.state, root.channel_id, root.ts) == ("sent", "CACME", "1700000000.000100")


# --- Occasions -----------------------------------------------------------------------------------------------------


@pytest.fixture
def trigger(db: Session) -> int:
    """A trigger's wave; caps are off."""
    return planned(db, occurrence="trigger ticket_resolved 2026-11", kind="csat")


FREE = replace(COMPANY, surveys=SurveyPolicy(cap_days=0, kind_caps={"csat": 0}, an_hour=60))


def happened(*tickets: int, contact: int) -> list[Occasion]:
    return [Occasion(f"ticket {ticket} c{contact}", contact, {"ticket": ticket}) for ticket in tickets]


def someone(db: Session) -> int:
    return rows.contact(db, customer(db, "Acme"), "Ana", slack_user_id="UANA")


def test_what_happened_asks_once_for_ever(db, trigger):
    ana = someone(db)
    assert ask_occasions(db, trigger, happened(1, contact=ana), FREE, NOW) == Started(1, 0)
    assert ask_occasions(db, trigger, happened(1, contact=ana), FREE, NOW) == Started(0, 0)
    later = planned(db, occurrence="trigger ticket_resolved 2026-12", kind="csat")
    assert ask_occasions(db, later, happened(1, contact=ana), FREE, NOW) == Started(0, 0)
    row = asks(db)["UANA"]
    assert (row.occasion, row.detail, row.state) == (f"ticket 1 c{ana}", {"ticket": 1}, "queued")
    assert kept(db, trigger).state == "running"


def test_two_things_at_once_ask_one_question(db, trigger):
    ana = someone(db)
    assert ask_occasions(db, trigger, happened(1, 2, contact=ana), FREE, NOW) == Started(1, 1)
    found = db.execute(select(survey_ask).where(survey_ask.c.state == "skipped")).one()
    assert (found.occasion, found.reason) == (f"ticket 2 c{ana}", "open_question")
    assert found.detail == {"ticket": 2, "kind": "csat"}


def test_caps_hold_for_what_happens_as_well(db, trigger):
    ana = someone(db)
    start(db, planned(db), COMPANY, NOW)
    assert ask_occasions(db, trigger, happened(1, contact=ana), COMPANY, NOW + 8 * DAY) == Started(0, 1)
    skipped = db.execute(select(survey_ask.c.reason).where(survey_ask.c.state == "skipped")).scalars()
    assert list(skipped) == ["asked_lately"]


def test_after_a_trigger_was_withdrawn_nobody_is_asked(db, trigger):
    ana = someone(db)
    begin(db, trigger)
    withdraw(db, trigger)
    assert ask_occasions(db, trigger, happened(1, contact=ana), FREE, NOW) == Started(0, 1)
    assert letters(db) == {}


def test_what_happened_to_nobody_known_is_left_out(db, trigger):
    assert ask_occasions(db, trigger, happened(1, contact=99), FREE, NOW) == Started(0, 0)
