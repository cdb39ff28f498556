"""Which stretches count for MRR, against a count of every day."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.counting import Bill, Stretch, counted, past_due
from metrics.movements import ledger
from metrics.types import Cause, ChurnDate, EndReason, Interval, LedgerRules, MovementKind, SubscriptionRow

FIRST = date(2026, 1, 1)
HORIZON = 90
TODAY = FIRST + timedelta(days=60)
DAYS = [FIRST + timedelta(days=number) for number in range(HORIZON)]
NOTICE = LedgerRules(churn_date=ChurnDate.CANCELLATION)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def row(start: int = 0, end: int | None = None, notice: int | None = None, **values: object) -> SubscriptionRow:
    found = SubscriptionRow(
        "s1", "core", "basic", 1, 10_000, "EUR", Interval.MONTH, 1, day(start),
        None if end is None else day(end), cancelled_on=None if notice is None else day(notice),
    )  # fmt: skip
    return found._replace(**values)  # type: ignore[arg-type]


def bill(due: int, paid: int | None = None) -> Bill:
    return Bill(day(due), None if paid is None else day(paid))


@st.composite
def rows(draw: st.DrawFn) -> SubscriptionRow:
    start, length = draw(st.integers(0, 60)), draw(st.none() | st.integers(0, 40))
    return row(
        start,
        None if length is None else start + length,
        draw(st.none() | st.integers(0, 80)),
        subscription=draw(st.sampled_from(("s1", "s2"))),
        amount=draw(st.sampled_from((0, 10_000, 20_000))),
        end_reason=draw(st.sampled_from((None, *EndReason))),
    )


bills = st.builds(bill, st.integers(0, 70), st.none() | st.integers(0, 85))
rules = st.builds(LedgerRules, st.just(0), st.sampled_from(ChurnDate), st.none() | st.integers(0, 20))


def counts(one: SubscriptionRow, owing: Sequence[Bill], decided: LedgerRules, when: date) -> bool:
    """Whether a row counts on a day, told from its own dates and from every bill, without any stretches."""
    if when < one.started_on or (one.ended_on is not None and when >= one.ended_on):
        return False
    noticed = decided.churn_date is ChurnDate.CANCELLATION and one.cancelled_on is not None
    if noticed and one.cancelled_on is not None and when >= one.cancelled_on:
        return False
    return not any(_owed(each, decided.past_due_days, when) for each in owing)


def _owed(one: Bill, days: int | None, when: date) -> bool:
    if days is None:
        return False
    # What has become past due by today is known; nobody knows who will pay tomorrow, so that it goes on as it is.
    known = min(when, TODAY)
    return (known - one.due_on).days > days and not (one.paid_on is not None and one.paid_on <= known)


@given(st.lists(rows(), max_size=4), st.lists(bills, max_size=4), rules)
def test_a_row_counts_on_the_days_on_which_a_count_of_every_day_counts_it(found, owing, decided):
    parts = counted(found, decided, owing, TODAY)
    for when in DAYS:
        mrr = sum(
            one.amount for one in parts if one.started_on <= when and (one.ended_on is None or when < one.ended_on)
        )
        assert mrr == sum(one.amount for one in found if counts(one, owing, decided, when)), when


@given(st.lists(rows(), max_size=4), st.lists(bills, max_size=4), rules)
def test_the_ledger_of_the_stretches_is_every_days_mrr(found, owing, decided):
    lines = ledger(counted(found, decided, owing, TODAY))
    for when in DAYS:
        stands = next((line.after for line in reversed(lines) if line.day <= when), 0)
        assert stands == sum(one.amount for one in found if counts(one, owing, decided, when)), when


@given(st.lists(bills, max_size=5), st.integers(0, 20), st.randoms())
def test_stretches_are_in_order_apart_and_begin_no_later_than_today(owing, days, chance):
    stretches = past_due(owing, days, TODAY)
    assert all(one.end is not None and one.end < other.start for one, other in pairwise(stretches))
    assert all(one.start <= TODAY and (one.end is None or one.start < one.end <= TODAY) for one in stretches)
    chance.shuffle(owing)
    assert past_due(owing, days, TODAY) == stretches


def test_by_default_rows_are_what_they_are():
    found = [row(0, 50, 20), row(50)]
    assert counted(found, LedgerRules(), [bill(0)], TODAY) == found


@pytest.mark.parametrize(
    ("one", "end"),
    [
        (row(0, 50, 20), 20),
        (row(0, None, 20), 20),
        (row(0, 20, 20), 20),
        (row(0, 15), 15),
        (row(0), None),
    ],
)
def test_by_the_day_of_notice_a_row_ends_that_day(one, end):
    (found,) = counted([one], NOTICE, [], TODAY)
    assert found == one._replace(ended_on=None if end is None else day(end))


def test_notice_before_the_start_leaves_nothing():
    assert ledger(counted([row(10, 50, 5)], NOTICE, [], TODAY)) == ()


def test_a_bill_is_past_due_from_the_day_after_so_many_days_until_it_is_paid():
    assert past_due([bill(10, 40)], 7, TODAY) == (Stretch(day(18), day(40)),)
    assert past_due([bill(10, 18)], 7, TODAY) == ()
    assert past_due([bill(10, 61)], 7, TODAY) == (Stretch(day(18), None),)  # that it will be paid is not known today
    assert past_due([bill(53)], 7, TODAY) == ()
    assert past_due([bill(52)], 7, TODAY) == (Stretch(TODAY, None),)


def test_a_customer_who_does_not_pay_churns_involuntarily_and_comes_back_by_paying():
    stays = row(0, None, None, end_reason=None)
    lines = ledger(counted([stays], LedgerRules(past_due_days=7), [bill(10, 40)], TODAY))
    assert [(line.day, line.kind, line.cause) for line in lines] == [
        (day(0), MovementKind.NEW, None),
        (day(18), MovementKind.CHURN, Cause.PAYMENT_FAILURE),
        (day(40), MovementKind.REACTIVATION, None),
    ]


def test_an_end_while_nothing_was_paid_is_not_told_again():
    leaves = row(0, 30, None, end_reason=EndReason.VOLUNTARY, end_detail="went to a rival")
    lines = ledger(counted([leaves], LedgerRules(past_due_days=7), [bill(10, 40)], TODAY))
    assert [(line.day, line.cause, line.detail) for line in lines[1:]] == [(day(18), Cause.PAYMENT_FAILURE, None)]


def test_grace_days_bridge_what_was_unpaid_for_a_short_time():
    decided = LedgerRules(grace_days=3, past_due_days=7)
    lines = ledger(counted([row()], decided, [bill(10, 21)], TODAY), grace_days=3)
    assert [line.kind for line in lines] == [MovementKind.NEW]
