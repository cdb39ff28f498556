from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.asking import (
    POLICY,
    Audience,
    Candidate,
    Decision,
    Reason,
    SurveyPolicy,
    To,
    decide,
    kind_caps_of,
    sampled,
)
from metrics.surveys import all_surveys

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ANA = Candidate(
    contact_id=1,
    account_id=1,
    name="Ana",
    account_key="a-1",
    account_name="Acme",
    destination="U1",
    language=None,
    zone=None,
    country=None,
    left_on=None,
    customer=True,
    former=False,
    gone=False,
    opted_out_at=None,
    asked_at=None,
    asked_kind=None,
    asked_this_at=None,
    open_kind=None,
    escalated_ticket=None,
)
KINDS = sorted(all_surveys())
MOMENTS = st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CANDIDATES = st.builds(
    Candidate,
    contact_id=st.none() | st.integers(1, 9),
    account_id=st.integers(1, 9),
    name=st.just("Ana"),
    account_key=st.just("a-1"),
    account_name=st.just("Acme"),
    destination=st.none() | st.sampled_from(("U1", "C1")),
    language=st.none(),
    zone=st.none(),
    country=st.none(),
    left_on=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    customer=st.booleans(),
    former=st.booleans(),
    gone=st.booleans(),
    opted_out_at=MOMENTS,
    asked_at=MOMENTS,
    asked_kind=st.none() | st.sampled_from(KINDS),
    asked_this_at=MOMENTS,
    open_kind=st.none() | st.sampled_from(KINDS),
    escalated_ticket=st.none() | st.just("T-1"),
)
POLICIES = st.builds(
    SurveyPolicy,
    cap_days=st.integers(0, 730),
    kind_caps=st.dictionaries(st.sampled_from(KINDS), st.integers(0, 730)),
)


def ago(days: int) -> datetime:
    return NOW - days * DAY


@pytest.mark.parametrize(
    ("known", "decision"),
    [
        ({}, None),
        ({"left_on": NOW.date()}, Decision(Reason.LEFT, {"day": "2026-11-23"})),
        ({"left_on": NOW.date() + DAY}, None),
        ({"customer": False}, Decision(Reason.NO_CUSTOMER, {})),
        ({"gone": True}, Decision(Reason.DEACTIVATED, {})),
        ({"destination": None}, Decision(Reason.UNREACHABLE, {})),
        ({"opted_out_at": ago(400)}, Decision(Reason.OPTED_OUT, {"at": ago(400).isoformat()})),
        ({"escalated_ticket": "T-1"}, Decision(Reason.ESCALATION, {"ticket": "T-1"})),
        ({"open_kind": "ces"}, Decision(Reason.OPEN_QUESTION, {"kind": "ces"})),
        (
            {"asked_at": ago(89), "asked_kind": "csat"},
            Decision(Reason.ASKED_LATELY, {"at": ago(89).isoformat(), "kind": "csat", "days": 90}),
        ),
        ({"asked_at": ago(90), "asked_kind": "csat"}, None),
        ({"asked_at": ago(90) + timedelta(hours=8), "asked_kind": "csat"}, None),
        (
            {"asked_at": NOW + DAY, "asked_kind": "csat"},
            Decision(Reason.ASKED_LATELY, {"at": (NOW + DAY).isoformat(), "kind": "csat", "days": 90}),
        ),
        (
            {"asked_at": ago(100), "asked_kind": "nps", "asked_this_at": ago(100)},
            Decision(Reason.ASKED_THIS_LATELY, {"at": ago(100).isoformat(), "kind": "nps", "days": 180}),
        ),
        ({"asked_at": ago(180), "asked_kind": "nps", "asked_this_at": ago(180)}, None),
    ],
    ids=[
        *("nothing against it", "left today", "leaves tomorrow", "no customer", "deactivated", "not in Slack"),
        *("opted out long ago", "escalation", "open question", "day 89", "day 90", "day 90 by the calendar"),
        *("to be asked tomorrow", "own cap, day 100", "own cap, day 180"),
    ],
)
def test_nps_is_asked_of_customers_who_were_left_in_peace(known, decision):
    assert decide(ANA._replace(**known), POLICY, "nps", NOW) == decision


def test_an_exit_survey_is_for_those_who_left():
    assert decide(ANA, POLICY, "exit", NOW) == Decision(Reason.NO_CUSTOMER, {})
    assert decide(ANA._replace(customer=False, former=True), POLICY, "exit", NOW) is None


def test_whoever_leaves_is_asked_why_whatever_they_were_asked_lately():
    left = ANA._replace(customer=False, former=True, asked_at=ago(1), asked_kind="nps")
    assert decide(left, POLICY, "exit", NOW) is None
    asked = left._replace(asked_this_at=ago(1))
    policy = SurveyPolicy(kind_caps={"exit": 30})
    assert decide(asked, policy, "exit", NOW) == Decision(
        Reason.ASKED_THIS_LATELY, {"at": ago(1).isoformat(), "kind": "exit", "days": 30}
    ), "its own cap holds where a company has set one"


def test_a_company_sets_its_own_caps():
    asked = ANA._replace(asked_at=ago(20), asked_kind="nps", asked_this_at=ago(20))
    policy = SurveyPolicy(cap_days=10, kind_caps={"nps": 20})
    assert decide(asked, policy, "nps", NOW) is None
    assert decide(asked, replace(policy, kind_caps={"nps": 21}), "nps", NOW) is not None
    assert decide(asked, replace(policy, kind_caps={"csat": 21}), "nps", NOW) is not None, "the kind's usual 180 days"


def test_what_cannot_be_changed_is_told_before_what_passes():
    all_of_it = ANA._replace(opted_out_at=NOW, escalated_ticket="T-1", open_kind="nps", asked_at=NOW, gone=True)
    assert decide(all_of_it, POLICY, "nps", NOW) == Decision(Reason.DEACTIVATED, {})


@given(CANDIDATES, POLICIES, st.sampled_from(KINDS))
def test_whoever_is_asked_has_not_been_asked_within_the_caps(who, policy, kind):
    if decide(who, policy, kind, NOW) is None:
        assert who.destination is not None
        assert who.opted_out_at is None
        assert not who.gone
        assert who.escalated_ticket is None
        assert who.open_kind is None
        assert who.left_on is None or who.left_on > NOW.date()
        cap = 0 if kind == "exit" else policy.cap_days
        for moment, days in ((who.asked_at, cap), (who.asked_this_at, policy.cap_of(kind))):
            assert moment is None or (NOW.date() - moment.date()).days >= days


@given(CANDIDATES, POLICIES, st.sampled_from(KINDS), st.sampled_from(("customer", "former", "destination")))
def test_a_reason_more_never_gets_anybody_asked(who, policy, kind, lacks):
    worse = who._replace(**{lacks: None if lacks == "destination" else False})
    if decide(who, policy, kind, NOW) is not None:
        assert decide(worse, policy, kind, NOW) is not None


@given(CANDIDATES, POLICIES, st.sampled_from(KINDS), st.integers(0, 1000))
def test_with_time_caps_only_pass(who, policy, kind, days):
    still = who._replace(left_on=None)
    if decide(still, policy, kind, NOW) is None:
        assert decide(still, policy, kind, NOW + days * DAY) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_one_in_one_is_everybody(wave, who):
    assert sampled(wave, who, 1)


@settings(max_examples=20)
@given(st.text(max_size=20), st.integers(2, 10))
def test_a_sample_is_about_one_in_so_many_and_always_the_same(wave, one_in):
    drawn = [number for number in range(2000) if sampled(wave, f"U{number}", one_in)]
    assert drawn == [number for number in range(2000) if sampled(wave, f"U{number}", one_in)]
    assert 0.6 < len(drawn) * one_in / 2000 < 1.5


def test_another_wave_asks_others():
    draws = [{number for number in range(1000) if sampled(wave, f"U{number}", 4)} for wave in ("w1", "w2")]
    assert len(draws[0] & draws[1]) < len(draws[0]) / 2


@pytest.mark.parametrize(
    ("text", "caps"), [("", {}), ("nps=180", {"nps": 180}), ("NPS=0, csat=730", {"nps": 0, "csat": 730})]
)
def test_caps_are_read(text, caps):
    assert kind_caps_of(text) == caps


@pytest.mark.parametrize("text", ["nps", "nps=", "nps=-1", "nps=731", "nps=1.5", "love=3", "nps=٣"])
def test_what_is_no_cap_is_refused(text):
    with pytest.raises(ValueError, match="such as nps=180 csat=30; kinds: ces, csat, exit, nps"):
        kind_caps_of(text)


@pytest.mark.parametrize("to", To)
def test_an_audience_survives_being_stored(to):
    assert Audience.from_json(Audience(to, "x").as_json()) == Audience(to, "x")
