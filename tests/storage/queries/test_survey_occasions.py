"""What has happened at customers since it was looked last, late data included; on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from metrics.triggers import all_triggers
from storage.queries.survey_occasions import LATE, RESTS_ON, Look, features, happened, points_of, seen_today
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(trigger: str, **values: Any) -> Look:
    """It was switched on a month ago and looked at an hour ago."""
    dials = {name: dial.default for name, dial in all_triggers()[trigger].dials.items()} | values.pop("dials", {})
    since, until = values.pop("since", NOW - 30 * DAY), values.pop("until", NOW)
    return Look(trigger, dials, "export", values.pop("segment", None), since, until - HOUR, until, UTC)


def subjects(db: Session, asked: Look, **values: Any) -> list[str]:
    return [one.subject for one in happened(db, asked, **values)]


def customer(db: Session, days: int = 300, **values: Any) -> int:
    id_ = rows.account(db, **values)
    rows.contact(db, id_, "Rita")
    rows.subscribe(db, id_, rows.paid(TODAY - days * DAY))
    return id_


def ticket(db: Session, account_id: int, resolved_at: datetime | None) -> int:
    key = f"T-{account_id}-{resolved_at}"
    return rows.add(
        db, "ticket", key=key, account_id=account_id, opened_at=NOW - 60 * DAY, resolved_at=resolved_at
    )  # fmt: skip


def test_every_trigger_says_on_which_data_it_rests() -> None:
    assert set(RESTS_ON) == set(all_triggers())


def test_a_ticket_is_found_once_it_is_resolved_and_as_long_as_data_may_come_late(db: Session) -> None:
    them = customer(db)
    found = [ticket(db, them, NOW - 2 * HOUR), ticket(db, them, NOW - LATE)]
    ticket(db, them, None)
    ticket(db, them, NOW + HOUR)
    ticket(db, them, NOW - LATE - 2 * HOUR)
    assert subjects(db, look("ticket_resolved")) == sorted(f"ticket {id_}" for id_ in found)
    (first, _) = happened(db, look("ticket_resolved"))
    assert (first.account_id, first.day) == (them, TODAY)
    assert first.detail == {"ticket_id": found[0], "ticket": f"T-{them}-{NOW - 2 * HOUR}",
                            "resolved_at": (NOW - 2 * HOUR).isoformat()}  # fmt: skip
    assert subjects(db, look("ticket_resolved", since=NOW - HOUR)) == [], "it was before it was switched on"
    assert subjects(db, look("ticket_resolved", segment="smb")) == []


def test_a_ticket_about_which_everything_is_decided_is_not_found_again(db: Session) -> None:
    them = customer(db)
    id_ = ticket(db, them, NOW - HOUR)
    wave = rows.survey_wave(db, created_at=NOW, start_at=NOW)
    ((contact_id, _),) = points_of(db, [them])[them]
    rows.survey_ask(db, wave, them, contact_id=contact_id, occasion=f"ticket {id_} c{contact_id}", asked_at=NOW)
    assert subjects(db, look("ticket_resolved")) == []
    rows.contact(db, them, "Somebody else")
    assert subjects(db, look("ticket_resolved")) == [f"ticket {id_}"]


def test_a_completed_onboarding_is_found_on_its_day(db: Session) -> None:
    begun = TODAY - 40 * DAY
    done = rows.account(db, onboarding_started_on=begun, activated_on=TODAY)
    rows.account(db, onboarding_started_on=begun, activated_on=TODAY + DAY)
    rows.account(db, onboarding_started_on=begun)
    rows.account(db, onboarding_started_on=begun, activated_on=TODAY - 20 * DAY)
    assert subjects(db, look("onboarding_completed")) == [f"onboarding {done}"]
    asked = look("onboarding_completed")
    assert seen_today(db, asked._replace(since=NOW)) == [f"onboarding {done}"]
    assert subjects(db, asked, seen=[f"onboarding {done}"]) == []


def test_a_first_use_is_found_some_days_later_and_never_a_second_one(db: Session) -> None:
    new, old, soon = (customer(db) for _ in range(3))
    rows.used(db, new, TODAY - 3 * DAY, feature="export")
    rows.used(db, new, TODAY - 2 * DAY, feature="export")
    rows.used(db, old, TODAY - 90 * DAY, feature="export")
    rows.used(db, old, TODAY - 3 * DAY, feature="export")
    rows.used(db, soon, TODAY - 2 * DAY, feature="export")
    rows.used(db, soon, TODAY - 9 * DAY, feature="import")
    (found,) = happened(db, look("feature_first_use"))
    assert (found.account_id, found.day) == (new, TODAY)
    assert found.detail == {"feature": "export", "day": (TODAY - 3 * DAY).isoformat()}
    assert subjects(db, look("feature_first_use", since=NOW - 2 * DAY)) == []
    assert subjects(db, look("feature_first_use")._replace(feature="")) == []
    assert features(db) == ["export", "import"]


@pytest.mark.parametrize(
    ("days", "due"),
    [(89, None), (90, TODAY), (100, TODAY - 10 * DAY), (105, None), (269, None), (270, TODAY), (452, TODAY - 2 * DAY)],
)
def test_a_customer_is_asked_after_some_days_and_each_period(db: Session, days: int, due: date | None) -> None:
    them = customer(db, days)
    expected = [] if due is None else [f"start {them} {due}"]
    assert subjects(db, look("start_nps")) == expected


def test_who_pays_nothing_any_more_has_no_anniversary(db: Session) -> None:
    gone = rows.account(db)
    rows.subscribe(db, gone, rows.paid(TODAY - 90 * DAY, TODAY - 30 * DAY))
    rows.account(db)
    assert subjects(db, look("start_nps")) == []


def test_who_has_left_is_found_and_not_who_paid_in_another_currency_or_came_back(db: Session) -> None:
    def ended(day: date, *more: Any) -> int:
        id_ = rows.account(db)
        rows.subscribe(db, id_, rows.paid(TODAY - 300 * DAY, day), *more)
        return id_

    left = ended(TODAY - 5 * DAY)
    ended(TODAY - 20 * DAY)
    ended(TODAY + DAY)
    ended(TODAY - 5 * DAY, rows.paid(TODAY - DAY, subscription="s-2"))
    ended(TODAY - 5 * DAY, rows.paid(TODAY - 300 * DAY, currency="EUR", subscription="s-2"))
    (found,) = happened(db, look("account_churned"))
    assert (found.subject, found.account_id) == (f"churn {left} {TODAY - 5 * DAY}", left)


def test_the_points_of_contact_are_told_with_the_day_they_began(db: Session) -> None:
    them = rows.account(db)
    one, two = rows.contact(db, them, "Rita", started_on=TODAY), rows.contact(db, them, "Otto", left_on=TODAY)
    rows.contact(db, them, "Kim", is_poc=False)
    assert points_of(db, [them]) == {them: [(one, TODAY), (two, None)]}
