"""A survey that is being prepared, as buttons carry it, and the schedules of those that come again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.core.errors import UserError
from commands.core.survey_draft import LANGUAGES, RHYTHMS, SAMPLES, TEXT_MOST, Draft, draft_of
from commands.core.survey_recurring import next_moment, schedule_of, wave_at
from metrics.asking import Audience, To
from metrics.timetable import first_slot, instant_of, timetable_of
from storage.queries.survey_waves import NewWave
from tests.commands.asking import NOW, ask

MADRID = ZoneInfo("Europe/Madrid")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
DRAFTS = st.builds(
    Draft,
    kind=st.sampled_from(("nps", "csat", "ces", "exit")),
    audience=st.builds(Audience, st.sampled_from(To), TEXT),
    place=st.sampled_from(("direct", "channel", "thread")),
    thread=st.none() | st.just("C0123 1700000000.000100"),
    one_in=st.sampled_from(SAMPLES),
    anonymous=st.booleans(),
    name=TEXT,
    start_at=st.none() | st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    repeats=st.sampled_from(RHYTHMS),
    wording=st.dictionaries(st.sampled_from(LANGUAGES), TEXT.filter(bool)),
    stamp=TEXT,
)


@given(DRAFTS)
def test_what_a_button_carries_is_the_draft_itself(draft):
    text = draft.as_text()
    assert len(text) <= TEXT_MOST
    assert draft_of(text) == draft


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '["nps"]', '["nps",{"to":"x"},"direct",null,1,0,"",null]'])
def test_what_was_made_up_is_refused(text):
    with pytest.raises(UserError):
        draft_of(text)


def test_questions_that_do_not_fit_into_a_button_are_refused():
    draft = Draft("nps", Audience(To.EVERYBODY), wording=dict.fromkeys(LANGUAGES, '"' * 400))
    with pytest.raises(UserError, match="too long"):
        draft.as_text()


def test_a_kind_that_is_gone_is_refused():
    with pytest.raises(UserError):
        _ = Draft("mood", Audience(To.EVERYBODY)).survey


def planned(start: datetime, repeats: str, name: str = "Pulse"):
    request = replace(ask(), company=replace(ask().company, zone=MADRID))
    draft = Draft("nps", Audience(To.EVERYBODY), repeats=repeats, name=name)
    return schedule_of(draft, NewWave("form 1", "nps", draft.audience, start, name=name, one_in=3), request)._replace(
        id=7
    )


@pytest.mark.parametrize(
    ("start", "repeats", "rule"),
    [
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "weekly", "tue 09:00"),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "monthly", "day 1 09:00"),
        (datetime(2026, 12, 31, 8, 30, tzinfo=UTC), "quarterly", "last day 09:30"),
    ],
)
def test_one_that_comes_again_begins_at_its_moment_in_the_companys_zone(start, repeats, rule):
    schedule = planned(start, repeats)
    assert (schedule.rule, schedule.next_at, schedule.zone) == (rule, start, "Europe/Madrid")
    assert str(timetable_of(schedule.rule)) == rule


def test_each_moment_makes_a_wave_of_its_own_with_a_name():
    schedule = planned(datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "monthly")
    wave = wave_at(schedule, datetime.fromisoformat("2027-01-01T09:00"), NOW)
    assert wave is not None
    assert (wave.occurrence, wave.name, wave.series) == ("schedule 7 2027-01-01T09:00", "Pulse 2027-01", "schedule 7")
    assert (wave.one_in, wave.started_by, wave.start_at) == (3, "U1", NOW)
    weekly = wave_at(planned(NOW, "weekly", ""), datetime.fromisoformat("2027-01-04T09:00"), NOW)
    assert weekly is not None
    assert weekly.name == "2027-01-04"


def test_a_quarterly_one_passes_over_two_months_of_three():
    schedule = planned(datetime(2026, 11, 15, 8, 0, tzinfo=UTC), "quarterly")
    asked = [
        month for month in range(1, 13) if wave_at(schedule, datetime.fromisoformat(f"2027-{month:02}-15T09:00"), NOW)
    ]
    assert asked == [2, 5, 8, 11]


def test_the_next_moment_of_a_quarterly_one_is_the_one_that_asks():
    schedule = planned(datetime(2026, 11, 15, 8, 0, tzinfo=UTC), "quarterly")
    assert next_moment(schedule) == datetime.fromisoformat("2026-11-15T09:00")
    slot = first_slot(timetable_of(schedule.rule), schedule.next_at + timedelta(hours=1), MADRID)
    later = schedule._replace(next_slot=slot, next_at=instant_of(slot, MADRID))
    assert later.next_slot == datetime.fromisoformat("2026-12-15T09:00")
    assert next_moment(later) == datetime.fromisoformat("2027-02-15T09:00")


@pytest.mark.parametrize(("repeats", "second"), [("monthly", "2027-02-28"), ("quarterly", "2027-04-30")])
def test_begun_shortly_before_the_end_of_a_month_it_does_not_come_twice_in_it(repeats, second):
    schedule = planned(datetime(2027, 1, 29, 8, 0, tzinfo=UTC), repeats)
    assert wave_at(schedule, schedule.next_slot, NOW) is not None
    slot = first_slot(timetable_of(schedule.rule), schedule.next_at, MADRID)
    assert f"{slot:%Y-%m-%d}" == "2027-01-31"
    assert wave_at(schedule, slot, NOW) is None
    assert f"{next_moment(schedule._replace(next_slot=slot, next_at=instant_of(slot, MADRID))):%Y-%m-%d}" == second
