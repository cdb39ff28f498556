from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.asking import Audience, Candidate, To
from storage.queries.survey_candidates import candidates, candidates_of
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


def customer(db: Session, name: str = "Acme", **values: object) -> int:
    account = rows.account(db, name, **{"slack_channel_id": f"C{name}", **values})
    rows.subscribe(db, account, rows.paid(date(2026, 1, 1)))
    return account


def person(db: Session, account: int, name: str, **values: object) -> int:
    return rows.contact(db, account, name, **{"slack_user_id": f"U{name}", **values})


def found(db: Session, to: To, value: str = "", kind: str = "nps", place: str = "direct") -> list[Candidate]:
    return candidates(db, Audience(to, value), kind=kind, place=place, now=NOW)


def names(db: Session, to: To, value: str = "", kind: str = "nps", place: str = "direct") -> list[str]:
    return [one.name for one in found(db, to, value, kind, place)]


def one(db: Session, contact: int, kind: str = "nps") -> Candidate:
    (who,) = candidates_of(db, [contact], kind=kind, now=NOW)
    return who


@pytest.fixture
def two(db: Session) -> Session:
    """Two customers with a point of contact each, a user and somebody who begins tomorrow; one who has left."""
    acme = customer(db, "Acme", key="acme", segment="SMB", csm_email="Eva@example.com")
    beta = customer(db, "Beta", key="beta", segment="Enterprise")
    gone = rows.account(db, "Gone", key="gone", segment="smb")
    rows.subscribe(db, gone, rows.paid(date(2025, 1, 1), date(2026, 1, 1)))
    person(db, acme, "Ana", key="ana")
    person(db, acme, "Abe", is_poc=False)
    person(db, acme, "Aya", started_on=TODAY + DAY)
    bob = person(db, beta, "Bob")
    person(db, gone, "Gus")
    rows.add(db, "saved_list", id=7, name="VIPs", owner="U1", changed_at=NOW)
    rows.add(db, "saved_contact", list_id=7, contact_id=bob)
    return db


@pytest.mark.parametrize(
    ("to", "value", "who"),
    [
        (To.CONTACT, "ana", ["Ana"]),
        (To.POINTS, "acme", ["Ana"]),
        (To.ACCOUNT, "acme", ["Abe", "Ana"]),
        (To.SEGMENT, "smb", ["Ana", "Gus"]),
        (To.CSM, "eva@example.com", ["Ana"]),
        (To.LIST, "7", ["Bob"]),
        (To.EVERYBODY, "", ["Ana", "Bob"]),
        (To.CONTACT, "nobody", []),
        (To.LIST, "8", []),
    ],
)
def test_an_audience_is_the_people_it_names(two, to, value, who):
    assert names(two, to, value) == who


@pytest.mark.parametrize(
    ("to", "value", "who"),
    [
        (To.CONTACT, "ana", ["Acme"]),
        (To.ACCOUNT, "acme", ["Acme"]),
        (To.SEGMENT, "smb", ["Acme", "Gone"]),
        (To.LIST, "7", ["Beta"]),
        (To.EVERYBODY, "", ["Acme", "Beta"]),
    ],
)
def test_in_shared_channels_an_audience_is_its_accounts_each_once(two, to, value, who):
    assert names(two, to, value, place="channel") == who


def test_everybody_is_whom_the_kind_is_for(two):
    assert names(two, To.EVERYBODY, kind="exit") == ["Gus"]


def test_a_candidate_brings_what_decides(db):
    account = customer(db, key="acme", country_code="ES", language="es")
    rows.add(db, "ticket", key="T-1", account_id=account, opened_at=NOW - DAY, escalated=True)
    ana = person(db, account, "Ana", left_on=TODAY)
    wave = rows.survey_wave(db, start_at=NOW - 9 * DAY, created_at=NOW)
    rows.survey_ask(db, wave, account, contact_id=ana, asked_at=NOW - 9 * DAY, expires_at=NOW + DAY)
    rows.add(db, "respondent", user_id="UAna", zone="Asia/Tokyo", language="ru", gone=True, seen_at=NOW)
    rows.add(db, "survey_optout", user_id="UAna", said_at=NOW - DAY)
    assert one(db, ana) == Candidate(
        contact_id=ana,
        account_id=account,
        name="Ana",
        account_key="acme",
        account_name="Acme",
        destination="UAna",
        language="ru",
        zone="Asia/Tokyo",
        country="ES",
        left_on=TODAY,
        customer=True,
        former=False,
        gone=True,
        opted_out_at=NOW - DAY,
        asked_at=NOW - 9 * DAY,
        asked_kind="nps",
        asked_this_at=NOW - 9 * DAY,
        open_kind="nps",
        escalated_ticket="T-1",
    )


def test_the_language_is_slacks_or_the_contacts_or_the_accounts(db):
    account = customer(db, language="es")
    assert one(db, person(db, account, "Ana")).language == "es"
    assert one(db, person(db, account, "Rus", language="ru")).language == "ru"
    assert one(db, person(db, customer(db, "Beta"), "Bob")).language is None


@pytest.mark.parametrize(
    ("sign", "left_on", "gone"),
    [("left_channel", TODAY - DAY, False), ("deactivated", None, True), (None, None, False)],
)
def test_slack_tells_that_somebody_has_left(db, sign, left_on, gone):
    ana = person(db, customer(db), "Ana")
    if sign:
        rows.add(db, "contact_sign", contact_id=ana, kind=sign, day=TODAY - DAY, told_at=NOW)
    assert (one(db, ana).left_on, one(db, ana).gone) == (left_on, gone)


def test_a_sign_that_slack_has_taken_back_says_nothing(db):
    ana = person(db, customer(db), "Ana")
    rows.add(db, "contact_sign", contact_id=ana, kind="deactivated", day=None, told_at=NOW)
    assert not one(db, ana).gone


def test_mail_that_came_back_tells_it_as_well(db):
    ana = person(db, customer(db), "Ana", bounced_on=TODAY - DAY)
    assert one(db, ana).left_on == TODAY - DAY


def test_what_a_person_was_asked_at_another_account_counts(db):
    acme, beta = customer(db, "Acme"), customer(db, "Beta")
    ana, same = person(db, acme, "Ana"), person(db, beta, "Ana B", slack_user_id="UAna")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, acme, contact_id=ana, kind="csat", state="answered", asked_at=NOW - DAY)
    who = one(db, same)
    assert (who.asked_at, who.asked_kind, who.asked_this_at, who.open_kind) == (NOW - DAY, "csat", None, None)


@pytest.mark.parametrize("now_called", [None, "UOther"], ids=["merged into another row", "somebody else by now"])
def test_what_a_slack_user_was_asked_counts_whatever_becomes_of_the_row(db, now_called):
    acme = customer(db, "Acme")
    before, merged = (
        person(db, acme, "Ana", slack_user_id=now_called),
        person(db, acme, "Ana Ruiz", slack_user_id="UAna"),
    )
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, acme, contact_id=before, destination="UAna", asked_at=NOW - DAY)
    who = one(db, merged)
    assert (who.asked_at, who.asked_this_at, who.open_kind) == (NOW - DAY, NOW - DAY, "nps")


@pytest.mark.parametrize(
    ("ask", "asked", "waits"),
    [
        ({"state": "queued", "asked_at": NOW + DAY}, NOW + DAY, "nps"),
        ({"state": "sent", "asked_at": NOW - DAY, "expires_at": NOW}, NOW - DAY, None),
        ({"state": "withdrawn", "asked_at": NOW - DAY}, NOW - DAY, None),
        ({"state": "withdrawn", "asked_at": None}, None, None),
        ({"state": "failed", "asked_at": NOW - DAY}, None, None),
        ({"state": "skipped", "token": None, "asked_at": None}, None, None),
    ],
    ids=["is to be sent", "has expired", "was withdrawn once sent", "was taken back before", "failed", "was skipped"],
)
def test_a_question_counts_if_it_was_or_will_be_sent(db, ask, asked, waits):
    account = customer(db)
    ana = person(db, account, "Ana")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, account, contact_id=ana, **{"decided_at": NOW, **ask})
    assert (one(db, ana).asked_at, one(db, ana).open_kind) == (asked, waits)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [({}, True), ({"kind": "csat"}, False), ({"voided_at": NOW}, False)],
    ids=["the kind", "another kind", "voided"],
)
def test_answers_from_other_tools_count_for_their_kind(db, answer, counts):
    account = customer(db)
    ana = person(db, account, "Ana")
    values = {"key": "r-1", "kind": "nps", "score": 9, "responded_at": NOW - DAY, **answer}
    rows.add(db, "survey_response", account_id=account, contact_id=ana, **values)
    assert one(db, ana).asked_this_at == (NOW - DAY if counts else None)
    assert one(db, ana).asked_at is None


def test_the_answer_to_our_own_question_does_not_count_again(db):
    account = customer(db)
    ana = person(db, account, "Ana")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    ask = rows.survey_ask(db, wave, account, contact_id=ana, state="answered", asked_at=NOW - 3 * DAY)
    values = {"key": "r-1", "kind": "nps", "score": 9, "responded_at": NOW - DAY, "ask_id": ask}
    rows.add(db, "survey_response", account_id=account, contact_id=ana, **values)
    assert one(db, ana).asked_this_at == NOW - 3 * DAY


def test_a_channel_is_asked_apart_from_the_people(db):
    account = customer(db, key="acme")
    ana = person(db, account, "Ana")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, account, asked_at=NOW - DAY, kind="csat")
    assert one(db, ana).asked_at is None
    (channel,) = found(db, To.ACCOUNT, "acme", place="channel")
    assert (channel.contact_id, channel.destination, channel.asked_at) == (None, "CAcme", NOW - DAY)
    assert (channel.asked_kind, channel.open_kind, channel.customer) == ("csat", "csat", True)


def test_a_channel_of_two_accounts_is_one_channel(db):
    acme, _ = customer(db, "Acme"), customer(db, "Acme EU", key="eu", slack_channel_id="CAcme")
    wave = rows.survey_wave(db, start_at=NOW, created_at=NOW)
    rows.survey_ask(db, wave, acme, asked_at=NOW - DAY, destination="CAcme")
    (channel,) = found(db, To.ACCOUNT, "eu", place="channel")
    assert (channel.asked_at, channel.open_kind) == (NOW - DAY, "nps")


@pytest.mark.parametrize("resolved", [None, NOW - timedelta(minutes=1)])
def test_an_escalation_lasts_until_its_ticket_is_resolved(db, resolved):
    account = customer(db)
    times = {"opened_at": NOW - DAY, "resolved_at": resolved}
    rows.add(db, "ticket", key="T-1", account_id=account, escalated=True, **times)
    rows.add(db, "ticket", key="T-2", account_id=account, escalated=False, opened_at=NOW - DAY)
    assert one(db, person(db, account, "Ana")).escalated_ticket == (None if resolved else "T-1")


def test_an_account_that_has_never_paid_has_left_if_its_stage_says_so(db):
    trial, churned = rows.account(db, "Trial"), rows.account(db, "Churned", lifecycle_stage="churned")
    who = [one(db, person(db, account, name)) for account, name in ((trial, "Tom"), (churned, "Cid"))]
    assert [(each.customer, each.former) for each in who] == [(False, False), (False, True)]
