from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from storage.models.data_load import DataLoad
from storage.models.usage_day import UsageDay
from storage.queries.freshness import imported_on, last_days, subscriptions_imported_on, usage_until
from storage.session import Session
from tests.storage.queries import rows


def test_an_empty_store_knows_neither(db: Session) -> None:
    assert usage_until(db, as_of=date(2026, 11, 23)) is None
    assert subscriptions_imported_on(db, zone=UTC) is None


def test_usage_goes_until_the_last_day_of_anybody_by_then(db: Session) -> None:
    db.add_all([UsageDay(day=date(2026, 11, day), feature="") for day in (1, 20, 24)])
    db.flush()
    assert usage_until(db, as_of=date(2026, 11, 23)) == date(2026, 11, 20)


def test_the_day_of_an_import_is_that_of_the_companys_zone(db: Session) -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    db.add_all([DataLoad(entity="subscriptions", loaded_at=late), DataLoad(entity="usage", loaded_at=late)])
    db.flush()
    assert subscriptions_imported_on(db, zone=ZoneInfo("Europe/Madrid")) == date(2026, 11, 23)


def test_what_never_came_in_has_no_day(db: Session) -> None:
    db.add(DataLoad(entity="tickets", loaded_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)))
    db.flush()
    found = imported_on(db, ("tickets", "leads"), zone=UTC)
    assert found == {"tickets": date(2026, 11, 22), "leads": None}


def test_survey_answers_come_in_through_our_own_questions_too(db: Session) -> None:
    def heard() -> date | None:
        return imported_on(db, ("survey_responses",), zone=UTC)["survey_responses"]

    at = datetime(2026, 11, 2, 12, tzinfo=UTC)
    wave, account = rows.survey_wave(db, start_at=at, created_at=at), rows.account(db)
    rows.survey_ask(db, wave, account, state="queued", asked_at=at)
    assert heard() is None
    ask = rows.survey_ask(db, wave, account, asked_at=at)
    assert heard() == at.date()
    later = {"responded_at": at.replace(day=5), "ask_id": ask}
    rows.add(db, "survey_response", key="r-1", account_id=account, kind="nps", score=9, **later)
    assert heard() == date(2026, 11, 5)
    db.add(DataLoad(entity="survey_responses", loaded_at=at.replace(day=4)))
    db.flush()
    assert heard() == date(2026, 11, 5)


def test_what_is_no_feed_has_a_last_day_too(db: Session) -> None:
    assert last_days(db, as_of=date(2026, 11, 23)) == {}
    for day in (1, 20, 24):
        rows.add(db, "fx_rate", currency="EUR", day=date(2026, 11, day), rate="1.1")
        rows.add(db, "lead", key=f"l-{day}", created_on=date(2026, 11, day))
    last = date(2026, 11, 20)
    assert last_days(db, as_of=date(2026, 11, 23)) == {"fx_rates": last, "leads": last}
