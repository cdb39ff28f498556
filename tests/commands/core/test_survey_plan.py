from datetime import timedelta
from typing import Any

from commands.core.survey_plan import plan
from metrics.asking import Decision, Reason
from storage.session import Session
from tests.commands.asked_people import COMPANY, NOW, customer, kept, planned, wanted
from tests.storage.queries import rows


def asked(db: Session, **values: Any) -> list[str]:
    return [one.name for one in plan(db, wanted(**values), COMPANY, NOW).asked]


def skipped(db: Session, **values: Any) -> dict[str, Decision]:
    return {one.who.name: one.why for one in plan(db, wanted(**values), COMPANY, NOW).skipped}


def test_everybody_is_either_asked_or_not_and_then_for_a_reason(db):
    acme = customer(db, "Acme", "Ana", "Abe")
    rows.contact(db, acme, "Aya")
    rows.add(db, "survey_optout", user_id="UABE", said_at=NOW)
    assert asked(db) == ["Ana"]
    assert skipped(db) == {
        "Abe": Decision(Reason.OPTED_OUT, {"at": NOW.isoformat()}),
        "Aya": Decision(Reason.UNREACHABLE, {}),
    }


def test_a_person_at_two_accounts_is_asked_once(db):
    customer(db, "Acme", "Ana")
    customer(db, "Beta", "Ana")
    assert asked(db) == ["Ana"]
    assert skipped(db) == {"Ana": Decision(Reason.SAME_PERSON, {"account": "Acme"})}


def test_where_one_of_the_accounts_keeps_them_from_being_asked_the_other_counts(db):
    acme = customer(db, "Acme", "Ana")
    customer(db, "Beta", "Ana")
    rows.add(db, "ticket", key="T-1", account_id=acme, escalated=True, opened_at=NOW - timedelta(days=1))
    (who,) = plan(db, wanted(), COMPANY, NOW).asked
    assert who.account_name == "Beta"


def test_a_sample_is_the_same_in_the_preview_and_for_real(db):
    customer(db, "Acme", *(f"P{number:02}" for number in range(30)))
    real = plan(db, kept(db, planned(db, one_in=3)), COMPANY, NOW)
    assert real == plan(db, wanted(one_in=3), COMPANY, NOW)
    assert 0 < len(real.asked) < 30
    assert all(one.why == Decision(Reason.NOT_SAMPLED, {"one_in": 3}) for one in real.skipped)


def test_a_shared_channel_is_asked_once_whatever_the_people(db):
    customer(db, "Acme", "Ana", "Abe")
    customer(db, "Beta", slack_channel_id=None)
    customer(db, "Corp", slack_channel_id="CACME")
    assert asked(db, place="channel") == ["Acme"]
    assert skipped(db, place="channel") == {
        "Beta": Decision(Reason.UNREACHABLE, {}),
        "Corp": Decision(Reason.SAME_PERSON, {"account": "Acme"}),
    }


def test_a_thread_is_no_place_for_the_question_of_another_customer(db):
    customer(db, "Acme")
    customer(db, "Beta")
    assert asked(db, place="thread", thread="CBETA 1700000000.000100") == ["Beta"]
    assert skipped(db, place="thread", thread="CBETA 1.2") == {"Acme": Decision(Reason.UNREACHABLE, {})}
