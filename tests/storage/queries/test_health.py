"""The facts behind health scores: what they are, and that nothing from after the day gets into them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event, select, update

from metrics.account_facts import (
    AccountFacts,
    CampaignFacts,
    ContactFacts,
    ContractionFacts,
    MoneyFacts,
    QuietPoint,
    ServiceFacts,
    UsageFacts,
)
from metrics.money import Rates
from metrics.types import DataCoverage, EndReason, LeftBy, Money
from storage.queries import tables
from storage.queries.health import account_facts, data_coverage
from storage.session import Session, reading, transaction
from tests.storage.queries.rows import account, add, contact, paid, subscribe, used

TODAY = date(2026, 11, 1)
RATES = Rates("USD", {"EUR": Fraction(2)}, TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def noon(days: int) -> datetime:
    return datetime(2026, 11, 1, 12, tzinfo=UTC) - timedelta(days=days)


def facts_of(db: Session, account_id: int, as_of: date = TODAY, zone: tzinfo = UTC) -> AccountFacts:
    (found,) = account_facts(db, as_of=as_of, zone=zone, rates=RATES, account_ids=(account_id,))
    return found


def test_an_account_of_which_nothing_is_known_has_no_parts(db: Session) -> None:
    one = account(db, "Acme", key="acme", segment="smb", csm_email="ana@x.test", seats_purchased=7, renewal_on=TODAY)
    assert facts_of(db, one) == AccountFacts(
        account_id=one,
        key="acme",
        name="Acme",
        segment="smb",
        csm_email="ana@x.test",
        as_of=TODAY,
        mrr=Money(0, "USD"),
        seats_purchased=7,
        renewal_on=TODAY,
    )


# --- Which accounts ------------------------------------------------------------------------------------------------


def test_without_ids_the_customers_and_those_to_come_are_told(db: Session) -> None:
    customer = account(db, "Customer")
    subscribe(db, customer, paid(ago(100)))
    left = account(db, "Left")
    subscribe(db, left, paid(ago(100), ago(10)))
    account(db, "Onboarding", created_on=ago(5))
    account(db, "Nobody knows since when")
    account(db, "Given up", created_on=ago(5), lifecycle_stage="churned")
    account(db, "Not created yet", created_on=TODAY + timedelta(days=1))
    later = account(db, "Comes later")
    subscribe(db, later, paid(TODAY + timedelta(days=1)))
    found = [one.name for one in account_facts(db, as_of=TODAY, zone=UTC, rates=RATES)]
    assert found == ["Customer", "Onboarding", "Nobody knows since when"]
    assert [one.name for one in account_facts(db, as_of=ago(20), zone=UTC, rates=RATES)] == [
        "Customer",
        "Left",
        "Nobody knows since when",
    ]
    assert facts_of(db, left).mrr == Money(0, "USD")
    assert list(account_facts(db, as_of=TODAY, zone=UTC, rates=RATES, account_ids=())) == []


def test_one_account_and_all_get_the_same_facts_from_as_many_statements(engine: Engine) -> None:
    with transaction(engine) as db:
        ids = [account(db) for _ in range(20)]
        for number, one in enumerate(ids):
            subscribe(db, one, paid(ago(200), None, 100 + number))
            story(db, one)
    with reading(engine) as db:
        data_coverage(db, as_of=TODAY)  # a transaction begins with the first statement
        everybody = list(account_facts(db, as_of=TODAY, zone=UTC, rates=RATES))
        with counted(engine) as for_some:
            assert list(account_facts(db, as_of=TODAY, zone=UTC, rates=RATES, account_ids=ids)) == everybody
        with counted(engine) as for_two:
            assert list(account_facts(db, as_of=TODAY, zone=UTC, rates=RATES, account_ids=ids[3:5])) == everybody[3:5]
        assert facts_of(db, ids[3]) == everybody[3]
        assert len(everybody) == 20
        assert len(for_some) == len(for_two)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The number of statements that are executed, as a list of marks."""
    marks: list[str] = []

    def note(*_: Any) -> None:
        marks.append("statement")

    event.listen(engine, "before_cursor_execute", note)
    yield marks
    event.remove(engine, "before_cursor_execute", note)


# --- The parts -----------------------------------------------------------------------------------------------------


def test_windows_of_usage_end_with_the_day_and_include_it(db: Session) -> None:
    one, other = account(db), account(db)
    used(db, one, ago(400), sessions=100)
    for days, user, feature in ((0, "a", "f1"), (0, "b", "f2"), (13, "a", "f3"), (14, "a", "f4"), (27, "", "")):
        used(db, one, ago(days), user, feature, sessions=1)
    for days, user in ((28, "a"), (28, "c"), (55, "d"), (56, "e"), (89, "e"), (90, "z")):
        used(db, one, ago(days), user, "f1", sessions=10)
    used(db, other, ago(80), "x", "f9")
    used(db, other, ago(90), "x", "f10")
    assert facts_of(db, one).usage == UsageFacts(
        first_on=ago(400),
        last_on=TODAY,
        active_days_28=4,
        active_days_before=2,
        sessions_28=5,
        sessions_before=30,
        sessions_90=55,
        users_28=2,
        users_before=3,
        features_14=3,
        features_tracked=5,
    )


def test_rows_of_zeros_are_no_use_and_rows_without_counts_are(db: Session) -> None:
    one = account(db)
    used(db, one, ago(3), sessions=0, events=0, minutes=0.0)
    assert facts_of(db, one).usage is None
    used(db, one, ago(5), sessions=None)
    used(db, one, ago(4), sessions=0, minutes=0.5)
    usage = facts_of(db, one).usage
    assert usage is not None
    assert (usage.first_on, usage.last_on, usage.active_days_28, usage.sessions_28) == (ago(5), ago(4), 2, 0)


def test_use_that_ended_long_ago_is_known(db: Session) -> None:
    one = account(db)
    used(db, one, ago(300))
    assert facts_of(db, one).usage == UsageFacts(ago(300), ago(300), 0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_people_are_counted_as_they_were_on_the_day(db: Session) -> None:
    one = account(db)
    contact(db, one, "Here", key="here", role="champion", started_on=ago(400))
    contact(db, one, "Left", left_on=ago(89), role="decision_maker")
    contact(db, one, "Left Last", left_on=ago(2))
    contact(db, one, "Long Gone", left_on=ago(90))
    contact(db, one, "Leaves Tomorrow", left_on=TODAY + timedelta(days=1), email="l@x.test", started_on=TODAY)
    contact(db, one, "Comes Tomorrow", started_on=TODAY + timedelta(days=1))
    contact(db, one, "User", is_poc=False, role="champion")
    people = ContactFacts(2, 2, 2, 1, ago(2), "Left Last", None)
    assert facts_of(db, one).contacts == people
    used(db, one, ago(27), "L@x.test")
    used(db, one, ago(28), "here")
    assert facts_of(db, one).contacts == people._replace(points_active_28=1)
    silent = facts_of(db, one, as_of=TODAY + timedelta(days=200)).contacts
    assert silent is not None
    assert silent.points_active_28 == 0


def test_a_champion_who_left_is_named_without_being_a_point_of_contact(db: Session) -> None:
    one = account(db)
    contact(db, one, "Champion", left_on=ago(2), is_poc=False, role="champion")
    contact(db, one, "Nobody", left_on=ago(1), is_poc=False)
    assert facts_of(db, one).contacts == ContactFacts(0, 0, 0, 1, ago(2), "Champion", None)


def test_an_answer_shows_who_is_active(db: Session) -> None:
    one = account(db)
    person = contact(db, one, "Quiet")
    answer(db, one, "nps", 9, noon(40), contact_id=person)
    contacts = facts_of(db, one).contacts
    assert contacts is not None
    assert contacts.points_active_28 == 0
    answer(db, one, "ces", 4, noon(27), contact_id=person)
    contacts = facts_of(db, one).contacts
    assert contacts is not None
    assert contacts.points_active_28 == 1


def answer(db: Session, account_id: int, kind: str, score: int, moment: datetime, **values: Any) -> None:
    key = f"r-{account_id}-{kind}-{score}-{moment.isoformat()}"
    add(db, "survey_response", key=key, account_id=account_id, kind=kind, score=score, responded_at=moment, **values)


def test_of_each_contact_and_kind_the_latest_answer_counts(db: Session) -> None:
    one = account(db)
    ana, bo = contact(db, one, "Ana"), contact(db, one, "Bo")
    answer(db, one, "nps", 2, noon(100), contact_id=ana)
    answer(db, one, "nps", 9, noon(10), contact_id=ana)
    answer(db, one, "csat", 5, noon(10), contact_id=ana)
    answer(db, one, "nps", 6, noon(20), contact_id=bo, comment="Too dear")
    answer(db, one, "ces", 1, noon(30))
    answer(db, one, "ces", 3, noon(29))
    answer(db, one, "nps", 0, noon(181))
    voice = facts_of(db, one).voice
    assert voice is not None
    assert voice[:5] == (2, 1, 1, 3, 9)
    assert [(low.kind, low.score, low.on, low.comment, low.who) for low in voice.low] == [
        ("nps", 6, ago(20), "Too dear", "Bo"),
        ("ces", 1, ago(30), None, None),
    ]
    assert [(high.contact_id, high.who, high.on) for high in voice.promoting] == [(ana, "Ana", ago(10))]


def test_low_answers_count_until_their_author_gives_a_better_one(db: Session) -> None:
    one = account(db)
    ana = contact(db, one, "Ana")
    for days, score in ((50, 3), (40, 8), (30, 2), (20, 6)):
        answer(db, one, "nps", score, noon(days), contact_id=ana)
    answer(db, one, "csat", 2, noon(15), contact_id=ana)
    answer(db, one, "nps", 0, noon(10), contact_id=ana, voided_at=noon(9))
    voice = facts_of(db, one).voice
    assert voice is not None
    assert [(low.kind, low.score) for low in voice.low] == [("csat", 2), ("nps", 6), ("nps", 2)]


def test_what_an_account_did_in_public_last_is_known(db: Session) -> None:
    one = account(db)
    assert facts_of(db, one).advocated_on is None
    for days in (40, 20, -3):
        add(db, "advocacy", key=f"ad-{days}", account_id=one, kind="review", day=ago(days))
    assert facts_of(db, one).advocated_on == ago(20)


def test_tickets_are_open_until_they_were_resolved(db: Session) -> None:
    one, quiet = account(db), account(db)
    assert facts_of(db, quiet).service is None
    rows: list[dict[str, Any]] = [
        {"opened_at": noon(1)},
        {"opened_at": noon(27), "resolved_at": noon(26), "escalated": True},
        {"opened_at": noon(28), "resolved_at": noon(-1), "escalated": True},
        {"opened_at": noon(111), "escalated": True},
        {"opened_at": noon(112), "resolved_at": noon(1)},
        {"opened_at": noon(-1)},
    ]
    for number, row in enumerate(rows):
        add(db, "ticket", key=f"t-{number}", account_id=one, **row)
    assert facts_of(db, one).service == ServiceFacts(2, 2, 3, 2, 2, ago(111))
    assert facts_of(db, quiet).service == ServiceFacts(0, 0, 0, 0, 0, None)


def test_a_moment_belongs_to_the_day_it_falls_on_where_the_company_is(db: Session) -> None:
    one, tokyo = account(db), ZoneInfo("Asia/Tokyo")
    add(db, "ticket", key="t", account_id=one, opened_at=datetime(2026, 10, 31, 16, tzinfo=UTC), escalated=True)
    assert facts_of(db, one, as_of=ago(1)).service == ServiceFacts(1, 0, 1, 1, 1, ago(1))
    assert facts_of(db, one, as_of=ago(1), zone=tokyo).service is None
    assert facts_of(db, one, zone=tokyo).service == ServiceFacts(1, 0, 1, 1, 1, TODAY)


def invoice(db: Session, account_id: int, key: str, **values: Any) -> None:
    add(db, "invoice", **{"key": key, "account_id": account_id, "amount": 100, "currency": "EUR", **values})


def test_invoices_are_unpaid_until_they_were_paid(db: Session) -> None:
    one = account(db)
    assert facts_of(db, one).money is None
    invoice(db, one, "paid", due_on=ago(20), paid_on=ago(20), status="paid")
    invoice(db, one, "paid later", due_on=ago(30), paid_on=TODAY + timedelta(days=1), status="paid")
    invoice(db, one, "failed", due_on=ago(9), failed_on=ago(8), status="failed", amount=700)
    invoice(db, one, "failed, day unknown", due_on=ago(12), status="failed", amount=50)
    invoice(db, one, "failed, paid since", due_on=ago(9), failed_on=ago(8), paid_on=ago(1), status="paid")
    invoice(db, one, "fails tomorrow", due_on=ago(1), failed_on=TODAY + timedelta(days=1), status="failed")
    invoice(db, one, "void", due_on=ago(90), failed_on=ago(89), status="void")
    invoice(db, one, "refunded", due_on=ago(95), status="refunded")
    invoice(db, one, "old", due_on=ago(365), paid_on=ago(365), status="paid")
    invoice(db, one, "not due", due_on=TODAY + timedelta(days=3), status="open")
    money = facts_of(db, one).money
    assert money == MoneyFacts(7, 2, Money(750, "EUR"), ago(12), 30)


def test_failures_in_several_currencies_are_told_in_the_companys(db: Session) -> None:
    one = account(db)
    invoice(db, one, "a", due_on=ago(9), status="failed", amount=700)
    invoice(db, one, "b", due_on=ago(9), status="failed", amount=50, currency="USD")
    money = facts_of(db, one).money
    assert money is not None
    assert money.failed_amount == Money(1_450, "USD")


def test_contraction_is_of_ninety_days_at_the_reports_rates(db: Session) -> None:
    one = account(db)
    subscribe(
        db,
        one,
        paid(ago(300), ago(100), 1_000, "EUR"),
        paid(ago(100), ago(80), 900, "EUR"),
        paid(ago(80), ago(50), 800, "EUR"),
        paid(ago(50), ago(40), 1_000, "USD", end_reason=EndReason.VOLUNTARY),
        paid(ago(30), None, 500, "USD"),
    )
    found = facts_of(db, one)
    assert found.mrr == Money(500, "USD")
    assert found.contraction == ContractionFacts(lost_90=200 + 600, mrr_before_90=1_800)


def campaign(db: Session, account_id: int | None, days: int, opened: int | None, sent: int | None = 5) -> None:
    add(db, "campaign", key=f"c-{account_id}-{days}", day=ago(days), account_id=account_id, sent=sent, opened=opened)


def test_campaigns_are_those_of_a_year_whose_openings_are_counted(db: Session) -> None:
    one, silent, other = account(db), account(db), account(db)
    for days, opened in ((-1, 3), (0, 0), (89, 2), (90, 1), (120, 0), (364, 4), (365, 9)):
        campaign(db, one, days, opened)
    campaign(db, one, 5, None)
    campaign(db, one, 6, 0, sent=None)
    campaign(db, None, 7, 3)
    campaign(db, silent, 400, 3)
    campaign(db, other, 10, 0)
    assert facts_of(db, one).campaigns == CampaignFacts(2, 1, 2, ago(89))
    assert facts_of(db, silent).campaigns is None
    assert facts_of(db, other).campaigns == CampaignFacts(1, 0, 0, None)


# --- Nothing leaks in ----------------------------------------------------------------------------------------------


def story(db: Session, one: int) -> None:
    """Something of everything, before TODAY and on it."""
    contact_id = contact(db, one, "Ana", key=f"ana-{one}", left_on=ago(3))
    contact(db, one, "Bo")
    for days in (0, 5, 40, 89):
        used(db, one, ago(days), f"ana-{one}", "f1")
    answer(db, one, "nps", 3, noon(2), contact_id=contact_id)
    add(db, "ticket", key=f"t-{one}", account_id=one, opened_at=noon(6), resolved_at=noon(1), escalated=True)
    invoice(db, one, f"i-{one}", due_on=ago(12), failed_on=ago(10), paid_on=ago(4), status="paid")
    campaign(db, one, 5, 1)


def test_a_past_day_looks_as_it_did_before_what_came_later(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(ago(200), ago(7), 1_000), paid(ago(7), None, 600))
    first = ago(11)
    contact_id = contact(db, one, "Ana", key="ana")
    used(db, one, ago(40), "ana", "f1")
    add(db, "ticket", key="t", account_id=one, opened_at=noon(12))
    invoice(db, one, "i", due_on=ago(12), status="open")
    before = facts_of(db, one, as_of=first)
    run = db.connection().execute
    run(update(tables.contact).where(tables.contact.c.id == contact_id).values(left_on=ago(10)))
    run(update(tables.ticket).values(resolved_at=noon(3)))
    run(update(tables.invoice).values(paid_on=ago(2), failed_on=ago(10), status="paid"))
    used(db, one, ago(10), "ana", "f2")
    answer(db, one, "nps", 1, noon(10), contact_id=contact_id)
    add(db, "ticket", key="t2", account_id=one, opened_at=noon(10), escalated=True)
    campaign(db, one, 10, 1)
    assert facts_of(db, one, as_of=first) == before
    assert facts_of(db, one) != before
    assert before.mrr == Money(1_000, "USD")


# --- Coverage ------------------------------------------------------------------------------------------------------


def test_coverage_counts_customers_with_usage_and_says_until_when(db: Session) -> None:
    assert data_coverage(db, as_of=TODAY) == DataCoverage(0, 0, None, None)
    recent, stale, never, gone = (account(db) for _ in range(4))
    for one in (recent, stale, never):
        subscribe(db, one, paid(ago(200)))
    subscribe(db, gone, paid(ago(200), ago(100)))
    used(db, recent, ago(89))
    used(db, stale, ago(90))
    used(db, gone, ago(2))
    used(db, gone, TODAY + timedelta(days=1))
    add(db, "data_load", entity="subscriptions", loaded_at=datetime(2026, 10, 31, 20, tzinfo=UTC))
    assert data_coverage(db, as_of=TODAY) == DataCoverage(3, 1, ago(2), ago(1))
    assert data_coverage(db, as_of=TODAY, zone=ZoneInfo("Asia/Tokyo")).revenue_until == TODAY


# --- Who left without the data saying so ---------------------------------------------------------------------------


def sign(db: Session, contact_id: int, kind: str, day: date | None) -> None:
    add(db, "contact_sign", contact_id=contact_id, kind=kind, day=day, told_at=noon(0))


def contacts_of(db: Session, account_id: int, as_of: date = TODAY) -> ContactFacts:
    found = facts_of(db, account_id, as_of=as_of).contacts
    assert found is not None
    return found


def test_whoever_bounces_has_left_since_that_day(db: Session) -> None:
    one = account(db)
    contact(db, one, "Here")
    contact(db, one, "Bounced", bounced_on=ago(5), role="champion")
    contact(db, one, "Bounced Long Ago", bounced_on=ago(90))
    contact(db, one, "Bounces Tomorrow", bounced_on=TODAY + timedelta(days=1))
    assert contacts_of(db, one) == ContactFacts(2, 1, 0, 1, ago(5), "Bounced", None, LeftBy.BOUNCED)
    assert contacts_of(db, one, ago(6))[:4] == (3, 1, 1, 0)


def test_a_bounce_is_outlived_by_being_seen_or_starting_after_it(db: Session) -> None:
    one = account(db)
    contact(db, one, "Seen", key="seen", bounced_on=ago(20))
    answers = contact(db, one, "Answers", bounced_on=ago(20))
    contact(db, one, "Anew", bounced_on=ago(20), started_on=ago(10))
    contact(db, one, "Seen Before", key="before", bounced_on=ago(20))
    used(db, one, ago(19), "seen")
    used(db, one, ago(20), "before")
    answer(db, one, "nps", 9, noon(19), contact_id=answers)
    assert contacts_of(db, one) == ContactFacts(3, 1, 0, 0, ago(20), "Seen Before", 2, LeftBy.BOUNCED)
    assert contacts_of(db, one, ago(20)).points_left_90 == 3  # nobody had been seen after it


def test_the_data_comes_first_then_the_earliest_sign(db: Session) -> None:
    one = account(db)
    said = contact(db, one, "Said", left_on=ago(3), bounced_on=ago(30))
    sign(db, said, "deactivated", ago(40))
    several = contact(db, one, "Several", bounced_on=ago(8))
    sign(db, several, "deactivated", ago(9))
    sign(db, several, "left_channel", ago(7))
    assert contacts_of(db, one) == ContactFacts(0, 2, 0, 0, ago(3), "Said", None, LeftBy.SAID)
    assert contacts_of(db, one, ago(4)) == ContactFacts(0, 2, 0, 0, ago(9), "Several", None, LeftBy.DEACTIVATED)


def test_a_sign_that_slack_took_back_counts_no_more_and_use_does_not_undo_one(db: Session) -> None:
    one = account(db)
    back = contact(db, one, "Back")
    sign(db, back, "left_channel", None)
    gone = contact(db, one, "Gone", key="gone")
    sign(db, gone, "left_channel", ago(6))
    used(db, one, ago(1), "gone")
    assert contacts_of(db, one) == ContactFacts(1, 1, 0, 0, ago(6), "Gone", 0, LeftBy.LEFT_CHANNEL)


def test_whoever_is_nobody_we_would_miss_leaves_without_a_word(db: Session) -> None:
    one = account(db)
    contact(db, one, "User", is_poc=False, role="user", bounced_on=ago(5))
    assert contacts_of(db, one) == ContactFacts(0, 0, 0, 0, None, None, None)


def test_those_who_fell_silent_while_their_account_goes_on_are_known_with_their_habit(db: Session) -> None:
    one = account(db)
    for name in ("Silent", "Active", "Never", "Answers"):
        contact(db, one, name, key=name.lower(), email=f"{name.lower()}@x.test")
    contact(db, one, "Bounced", key="bounced", bounced_on=ago(28))
    for days in range(28, 60):
        used(db, one, ago(days), "SILENT@x.test")
        used(db, one, ago(days), "answers")
        used(db, one, ago(days), "bounced")
    for days in range(28):
        used(db, one, ago(days), "active")
    (person,) = db.execute(select(tables.contact.c.id).where(tables.contact.c.name == "Answers")).scalars()
    answer(db, one, "csat", 4, noon(3), contact_id=person)
    found = contacts_of(db, one)
    assert found.quiet == (QuietPoint("Silent", champion=False, last_seen_on=ago(28), active_days=32),)
    assert (found.points, found.points_active_28) == (4, 2)
    assert contacts_of(db, one, ago(1)).quiet == ()
    idle = account(db)
    contact(db, idle, "Silent", key="idle")
    for days in range(28, 60):
        used(db, idle, ago(days), "idle")
    assert contacts_of(db, idle).quiet == ()


def test_what_was_paid_after_it_had_failed_is_known_for_a_fortnight(db: Session) -> None:
    one = account(db)
    invoice(db, one, "a", due_on=ago(30), failed_on=ago(20), paid_on=ago(5), status="paid")
    invoice(db, one, "b", due_on=ago(30), failed_on=ago(20), paid_on=ago(7), status="paid")
    invoice(db, one, "in time", due_on=ago(3), paid_on=ago(3), status="paid")

    def paid_on(as_of: date = TODAY) -> date | None:
        money = facts_of(db, one, as_of=as_of).money
        assert money is not None
        return money.recovered_on

    assert paid_on() == ago(5)
    assert paid_on(ago(6)) is None  # the other one is still open
    assert paid_on(TODAY + timedelta(days=9)) is None
