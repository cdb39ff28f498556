"""Who has left and is not back, and who came."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from metrics.money import Rates
from metrics.types import BookFilter, Cause, EndReason, MovementKind
from storage.queries.exit_reasons import Why
from storage.queries.returns import Arrival, arrivals, lost_accounts
from storage.session import Session
from tests.storage.queries.rows import account, add, paid, subscribe, used

TODAY = date(2026, 11, 23)
RATES = Rates("USD", {"EUR": Fraction(2)}, TODAY)
YEAR = TODAY - timedelta(days=364)
BOTH = (MovementKind.NEW, MovementKind.REACTIVATION)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def left(db: Session, name: str, days: int, amount: int = 10_000, currency: str = "USD", **values: str) -> int:
    """An account that paid for a year and left so many days ago for a card that expired."""
    one = account(db, name, key=name.lower(), **values)
    reason = {"end_reason": EndReason.PAYMENT_FAILURE, "end_detail": "card expired"}
    subscribe(db, one, paid(ago(days + 365), ago(days), amount, currency, **reason))
    return one


def test_those_who_left_and_are_not_back_are_told_with_what_they_paid(db: Session) -> None:
    left(db, "Today", 0)
    left(db, "Euros", 100, 300, "EUR")
    left(db, "Year", 364)
    left(db, "Too Long", 365)
    back = account(db, "Back")
    subscribe(db, back, paid(ago(400), ago(100)), paid(ago(50), None))
    again = account(db, "Again")
    subscribe(db, again, paid(ago(400), ago(100), 100), paid(ago(50), ago(20), 200, end_reason=EndReason.VOLUNTARY))
    found = {one.who.name: one for one in lost_accounts(db, since=YEAR, until=TODAY, rates=RATES)}
    assert {name: (one.day, one.mrr) for name, one in found.items()} == {
        "Today": (TODAY, 10_000),
        "Euros": (ago(100), 600),
        "Year": (YEAR, 10_000),
        "Again": (ago(20), 200),
    }
    assert (found["Euros"].cause, found["Euros"].detail) == (Cause.PAYMENT_FAILURE, "card expired")
    assert found["Again"].cause is Cause.VOLUNTARY


def test_a_past_day_does_not_know_who_came_back_later(db: Session) -> None:
    back = account(db, "Back")
    subscribe(db, back, paid(ago(400), ago(100)), paid(ago(50), None))
    assert [one.day for one in lost_accounts(db, since=YEAR, until=ago(51), rates=RATES)] == [ago(100)]
    assert lost_accounts(db, since=YEAR, until=ago(50), rates=RATES) == []


def test_their_use_before_they_left_and_their_last_answer_are_known(db: Session) -> None:
    one = left(db, "Used", 10)
    for days in (10, 38, 39):
        used(db, one, ago(days), "a")
    used(db, one, ago(11), "a")
    used(db, one, ago(11), "b")
    for score, days in ((3, 40), (9, 30), (5, 20)):
        kind = "csat" if score == 5 else "nps"
        moment = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(days=days)
        add(db, "survey_response", key=f"r{days}", account_id=one, kind=kind, score=score, responded_at=moment)
    left(db, "Unknown", 10)
    idle = left(db, "Idle", 10)
    used(db, idle, ago(200))
    found = {each.who.name: each for each in lost_accounts(db, since=YEAR, until=TODAY, rates=RATES)}
    assert (found["Used"].used_days, found["Used"].nps) == (2, 9)
    assert (found["Unknown"].used_days, found["Unknown"].nps) == (None, None)
    assert found["Idle"].used_days == 0


def test_whoever_a_playbook_gave_up_since_is_marked(db: Session) -> None:
    given_up, before = left(db, "Given Up", 30), left(db, "Before", 30)
    for number, (one, days) in enumerate(((given_up, 5), (before, 40))):
        moment = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(days=days)
        add(
            db, "playbook_run", playbook_id="winback", title="Win back", account_id=one, owner="U1", state="done",
            outcome="lost", language="en", started_at=moment, ended_at=moment, version=number, presses={},
        )  # fmt: skip
    found = {one.who.name: one.given_up for one in lost_accounts(db, since=YEAR, until=TODAY, rates=RATES)}
    assert found == {"Given Up": True, "Before": False}


def test_a_book_narrows_it_down(db: Session) -> None:
    left(db, "One", 10, segment="smb")
    left(db, "Two", 10, segment="mid")
    smb = BookFilter(segment="smb")
    assert [one.who.key for one in lost_accounts(db, since=YEAR, until=TODAY, rates=RATES, book=smb)] == ["one"]
    assert arrivals(db, since=YEAR, until=TODAY, rates=RATES, kinds=BOTH, book=BookFilter(segment="none")) == []


def test_arrivals_are_new_or_back_with_what_they_had_left_for(db: Session) -> None:
    back = account(db, "Back", key="back")
    subscribe(
        db,
        back,
        paid(ago(400), ago(100), end_reason=EndReason.VOLUNTARY, end_detail="price"),
        paid(ago(50), None, 12_000),
    )
    subscribe(db, account(db, "New", key="new"), paid(ago(3), None, 400, "EUR"))
    found = arrivals(db, since=ago(60), until=TODAY, rates=RATES, kinds=BOTH)
    told = [(one.who.key, *one[1:]) for one in found]
    assert told == [
        ("back", ago(50), 12_000, MovementKind.REACTIVATION, ago(100), Cause.VOLUNTARY, "price", None),
        ("new", ago(3), 800, MovementKind.NEW, None, None, None, None),
    ]
    assert isinstance(found[0], Arrival)
    only = arrivals(db, since=ago(60), until=TODAY, rates=RATES, kinds=(MovementKind.NEW,))
    assert [one.who.key for one in only] == ["new"]


def test_what_somebody_told_who_was_asked_why_comes_with_them(db: Session) -> None:
    gone, back, silent = left(db, "Gone", 10), account(db, "Back", key="back"), left(db, "Silent", 10)
    subscribe(db, back, paid(ago(400), ago(100)), paid(ago(50), None))
    for one, days, choice in ((gone, 9, "price"), (back, 95, "missing"), (back, 20, "other"), (silent, 200, "price")):
        moment = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(days=days)
        key, given = f"exit {one} {days}", {"account_id": one, "kind": "exit", "choice": choice}
        add(db, "survey_response", key=key, responded_at=moment, **given)
    lost = {one.who.key: one.told for one in lost_accounts(db, since=YEAR, until=TODAY, rates=RATES)}
    assert lost == {"gone": Why(False, ago(9), "price", None), "silent": None}
    (came,) = arrivals(db, since=ago(60), until=TODAY, rates=RATES, kinds=BOTH)
    assert came.told == Why(False, ago(95), "missing", None)
