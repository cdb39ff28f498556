"""The last look before a customer is asked: who they are at this moment, whether they sleep, what they speak."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.survey_gate import respondent_from
from bot.survey_rounds import go_round
from metrics.asking import Audience, To
from metrics.quiet_hours import quiet_hours_of
from storage.queries import survey_asks, survey_waves
from storage.queries.respondents import Respondent, respondent_of
from storage.queries.survey_waves import NewWave
from storage.queries.survey_wordings import reword
from storage.queries.tables import account, contact, holiday, mrr_movement, outbox, survey_ask, survey_wave, ticket
from storage.session import reading, transaction
from tests.bot.outbox import NOW, WORLD, Office
from tests.bot.surveyed import AWAKE, begun, customer, gated, read_by_otto, states, surveyed, turn
from tests.storage.queries import rows

BERLIN_NIGHT = quiet_hours_of("20:00-08:00", "sat,sun")


@pytest.fixture
def desk(engine: Engine) -> Iterator[Office]:
    with surveyed(engine) as here:
        yield here


def with_otto(**changed: Any) -> Any:
    """The world in which Otto is another."""
    users = [replace(user, **changed) if user.id == "U0OUT" else user for user in WORLD.users]
    return replace(WORLD, users=users)


def known(desk: Office) -> Respondent | None:
    with reading(desk.engine) as db:
        return respondent_of(db, "U0OUT")


def test_what_slack_says_of_a_person_is_kept_for_the_next_time(engine: Engine) -> None:
    with surveyed(engine, with_otto(locale="es-ES", tz="America/Bogota")) as desk:
        customer(desk)
        begun(desk)
        otto = Respondent("U0OUT", "T0THEM", "America/Bogota", "es", gone=False, email="otto@them.example")
        assert known(desk) == otto


def test_a_question_is_put_in_the_language_that_slack_tells(engine: Engine) -> None:
    with surveyed(engine, with_otto(locale="ru-RU")) as desk:
        customer(desk, language="en")
        begun(desk, wording={"ru": "Довольны ли вы нами?"})
        assert read_by_otto(desk) == ["Довольны ли вы нами?"]
        with reading(desk.engine) as db:
            assert db.execute(select(survey_ask.c.language)).scalar_one() == "ru"


def test_the_companys_own_usual_words_are_used_there_too(engine: Engine) -> None:
    with surveyed(engine, with_otto(locale="es-MX")) as desk:
        customer(desk, language="en")
        with transaction(desk.engine) as db:
            reword(db, "nps", "es", "¿Nos recomendaría?")
        begun(desk)
        assert read_by_otto(desk) == ["¿Nos recomendaría?"]


def test_a_language_that_we_do_not_speak_changes_nothing(engine: Engine) -> None:
    with surveyed(engine, with_otto(locale="fr-FR")) as desk:
        customer(desk, language="es")
        begun(desk)
        with reading(desk.engine) as db:
            assert db.execute(select(survey_ask.c.language)).scalar_one() == "es"


def test_whose_account_is_deactivated_is_not_asked(engine: Engine) -> None:
    with surveyed(engine, with_otto(deleted=True)) as desk:
        customer(desk)
        begun(desk)
        assert states(desk) == [("failed", "deactivated")]
        person = known(desk)
        assert person is not None
        assert person.gone


def test_nobody_is_asked_in_a_night_that_only_slack_knows_of(engine: Engine) -> None:
    """It is nine in the morning here and four where Otto lives."""
    company = replace(AWAKE, quiet=BERLIN_NIGHT)
    with surveyed(engine, with_otto(tz="America/New_York"), company) as desk:
        customer(desk)
        begun(desk)
        assert states(desk) == [("queued", None)]
        desk.clock.forward(hours=4)
        desk.work_on()
        assert states(desk) == [("sent", None)]
        with reading(desk.engine) as db:
            asked, ends = db.execute(select(survey_ask.c.asked_at, survey_ask.c.expires_at)).one()
        assert asked >= NOW + timedelta(hours=4)
        assert ends == asked + AWAKE.surveys.expire_after, "the time to answer begins when it is asked"


def test_a_channel_sleeps_as_its_accounts_country_does(engine: Engine) -> None:
    company = replace(AWAKE, quiet=BERLIN_NIGHT)
    with surveyed(engine, company=company) as desk:
        customer(desk)
        begun(desk, place="channel", start_at=NOW + timedelta(days=1))
        desk.clock.forward(days=1)
        go_round(desk.engine, company, desk.clock.now)
        with transaction(desk.engine) as db:
            db.execute(update(account).values(country_code="US"))
        desk.work_on()
        assert states(desk) == [("queued", None)]


def on_a_day_off(desk: Office, country: str, *days: date) -> None:
    """Otto's account is in a country that rests on these days, as was not known when the wave was planned."""
    with transaction(desk.engine) as db:
        db.execute(update(account).values(country_code=country))
        db.execute(insert(holiday), [{"country": country, "day": day} for day in days])


@pytest.mark.parametrize("country", ["FR", "SA"])
def test_nobody_is_asked_on_a_public_holiday_of_their_country(engine: Engine, country: str) -> None:
    company = replace(AWAKE, quiet=BERLIN_NIGHT)
    with surveyed(engine, with_otto(tz="Europe/Paris"), company) as desk:
        customer(desk)
        on_a_day_off(desk, country, NOW.date())
        begun(desk)
        assert states(desk) == [("queued", None)]
        desk.clock.forward(days=1)
        desk.work_on()
        assert states(desk) == [("sent", None)]


def test_a_weekend_is_the_one_of_their_country(engine: Engine) -> None:
    """In Riyadh nobody works on Friday, and everybody on Sunday."""
    company = replace(AWAKE, quiet=BERLIN_NIGHT)
    with surveyed(engine, with_otto(tz="Asia/Riyadh"), company) as desk:
        customer(desk)
        on_a_day_off(desk, "SA", date(2000, 1, 1))
        to_friday = (4 - NOW.weekday()) % 7
        desk.clock.forward(days=to_friday)
        begun(desk)
        assert states(desk) == [("queued", None)]
        desk.clock.forward(days=1)
        desk.work_on()
        assert states(desk) == [("queued", None)]
        desk.clock.forward(days=1)
        desk.work_on()
        assert states(desk) == [("sent", None)]


def test_a_company_without_days_off_asks_on_holidays_too(engine: Engine) -> None:
    company = replace(AWAKE, quiet=quiet_hours_of("20:00-08:00", "none"))
    with surveyed(engine, with_otto(tz="Europe/Paris"), company) as desk:
        customer(desk)
        on_a_day_off(desk, "FR", NOW.date())
        begun(desk)
        assert states(desk) == [("sent", None)]


def test_a_holiday_that_outlasts_the_question_moves_its_end(engine: Engine) -> None:
    """A golden week and more: the question comes after it, with all its time."""
    company = replace(AWAKE, quiet=BERLIN_NIGHT)
    holidays = [NOW.date() + timedelta(days=number) for number in range(12)]
    with surveyed(engine, with_otto(tz="Europe/Paris"), company) as desk:
        customer(desk)
        with transaction(desk.engine) as db:
            survey_waves.add_wave(db, NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW), NOW)
        go_round(desk.engine, AWAKE, NOW)
        on_a_day_off(desk, "FR", *holidays)
        desk.work_on()
        desk.clock.forward(days=8)
        go_round(desk.engine, company, desk.clock.now)
        desk.work_on()
        assert states(desk) == [("queued", None)], "its planned end has passed, and it has not ended"
        desk.clock.forward(days=8)
        desk.work_on()
        assert states(desk) == [("sent", None)]
        with reading(desk.engine) as db:
            asked, ends = db.execute(select(survey_ask.c.asked_at, survey_ask.c.expires_at)).one()
        assert ends == asked + AWAKE.surveys.expire_after


def test_a_reminder_that_would_come_after_the_end_does_not_come(engine: Engine) -> None:
    with surveyed(engine, with_otto(tz="Europe/Paris")) as desk:
        customer(desk)
        begun(desk)
        assert len(read_by_otto(desk)) == 1
        desk.clock.forward(days=5)
        go_round(desk.engine, AWAKE, desk.clock.now)
        on_a_day_off(desk, "FR", *(NOW.date() + timedelta(days=number) for number in range(12)))
        gated(desk, replace(AWAKE, quiet=BERLIN_NIGHT)).work_on()
        assert states(desk) == [("sent", None)]
        with reading(desk.engine) as db:
            reminder = db.execute(select(outbox.c.state).where(outbox.c.purpose == survey_asks.REMINDER)).scalar_one()
        assert reminder == "failed"
        assert len(read_by_otto(desk)) == 1


def test_what_is_for_a_customer_and_no_question_is_never_sent(desk: Office) -> None:
    desk.put("all your figures", "C0SHARED", to_customer=True)
    desk.work_on()
    assert desk.states() == {"all your figures": "failed"}
    assert desk.texts("C0SHARED") == []


def test_a_question_withdrawn_while_its_message_was_on_its_way_was_never_asked(desk: Office) -> None:
    customer(desk)
    new = NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW)
    with transaction(desk.engine) as db:
        wave_id = survey_waves.add_wave(db, new, NOW)
    go_round(desk.engine, AWAKE, NOW)
    with transaction(desk.engine) as db:
        db.execute(update(outbox).values(attempts=1))  # somebody has tried, and died
        db.execute(update(survey_wave).where(survey_wave.c.id == wave_id).values(state="withdrawn"))
    turn(desk)
    assert states(desk) == [("withdrawn", "told_by_others")]
    assert read_by_otto(desk) == []
    with reading(desk.engine) as db:
        assert db.execute(select(survey_ask.c.asked_at)).scalar_one() is None


def test_nobody_is_reminded_in_an_escalation_and_the_question_stays(desk: Office) -> None:
    contact_id = customer(desk)
    begun(desk)
    desk.clock.forward(days=5, seconds=60)
    go_round(desk.engine, AWAKE, desk.clock.now)
    escalated(desk, contact_id)
    desk.work_on()
    assert states(desk) == [("sent", None)]
    assert len(read_by_otto(desk)) == 1


def test_nobody_is_reminded_whose_account_has_left_since(desk: Office) -> None:
    contact_id = customer(desk)
    begun(desk)
    with transaction(desk.engine) as db:
        account_id = db.execute(select(contact.c.account_id).where(contact.c.id == contact_id)).scalar_one()
        paid = db.execute(select(mrr_movement.c.after).where(mrr_movement.c.account_id == account_id)).scalar_one()
        left = {"day": NOW.date() + timedelta(days=1), "currency": "EUR", "before": paid, "after": 0, "kind": "churn"}
        rows.add(db, "mrr_movement", account_id=account_id, mixed=False, **left)
    desk.clock.forward(days=5, seconds=60)
    go_round(desk.engine, AWAKE, desk.clock.now)
    desk.work_on()
    assert len(read_by_otto(desk)) == 1


def test_who_has_left_the_shared_channel_is_asked_no_more(desk: Office) -> None:
    contact_id = customer(desk)
    begun(desk)
    with transaction(desk.engine) as db:
        rows.add(db, "contact_sign", contact_id=contact_id, kind="left_channel", day=NOW.date(), told_at=NOW)
    go_round(desk.engine, AWAKE, desk.clock.now)
    assert states(desk) == [("withdrawn", "left")]


def escalated(desk: Office, contact_id: int) -> None:
    with transaction(desk.engine) as db:
        account_id = db.execute(select(contact.c.account_id).where(contact.c.id == contact_id)).scalar_one()
        db.execute(ticket.insert().values(key="t", account_id=account_id, opened_at=NOW, escalated=True))


def test_who_has_asked_for_no_more_questions_is_not_reminded(desk: Office) -> None:
    customer(desk)
    begun(desk)
    desk.clock.forward(days=5, seconds=60)
    go_round(desk.engine, AWAKE, desk.clock.now)
    with transaction(desk.engine) as db:
        db.execute(update(survey_ask).values(state="declined"))
    desk.work_on()
    assert len(read_by_otto(desk)) == 1


@pytest.mark.parametrize(
    ("told", "zone", "language"),
    [
        ({"tz": "Europe/Madrid", "locale": "es-ES"}, "Europe/Madrid", "es"),
        ({"tz": "Mars/Olympus", "locale": "de-DE"}, None, None),
        ({"tz": None, "locale": None}, None, None),
        ({}, None, None),
    ],
)
def test_slack_tells_as_much_as_it_likes(told: dict[str, Any], zone: str | None, language: str | None) -> None:
    person = respondent_from({"id": "U1", **told})
    assert (person.zone, person.language, person.gone, person.team_id) == (zone, language, False, None)


@pytest.mark.parametrize(
    ("told", "email"),
    [
        ({"profile": {"email": " Otto@Them.example "}, "is_email_confirmed": True}, "otto@them.example"),
        ({"profile": {"email": "otto@them.example"}, "is_email_confirmed": False}, None),
        ({"profile": {"email": "otto@them.example"}, "is_bot": True}, None),
        ({"profile": {"email": ""}}, None),
        ({"profile": None}, None),
    ],
)
def test_an_address_counts_where_it_is_somebodys_own(told: dict[str, Any], email: str | None) -> None:
    assert respondent_from({"id": "U1", **told}).email == email
